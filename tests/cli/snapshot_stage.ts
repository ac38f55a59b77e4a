/**
 * A machine with a fixed key, clock and history, and every call whose output is kept in
 * `tests/fixtures/snapshots`. Its times are local, of a season in which few zones change their
 * clocks: the output is the same in all of them.
 */

import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { tellHome } from "../helpers/filled_home.ts";
import { keptNowhere } from "../helpers/events.ts";
import { type ResponseSketch, Transcript } from "../helpers/transcripts.ts";
import { bury } from "./bury.ts";
import { runHere } from "./recorded_io.ts";
import { nextTurn } from "../../pipeline/slice.ts";

/** When all of it is looked at. */
export const SNAPSHOT_NOW = new Date(2026, 1, 18, 15).getTime();

/** So wide are the terminals. */
export const SNAPSHOT_WIDTHS = [60, 80, 160] as const;

/** The calls that are made at every width, by the file that keeps them. */
export const SNAPSHOT_CALLS: Readonly<Record<string, readonly string[]>> = {
  metrics: ["metrics", "metrics -p 7d", "metrics -p 1h --model claude-opus-4-6"],
  metrics_groups: [
    "metrics -p 30d --group-by model",
    "metrics -p 30d --group-by tool",
    "metrics -p 30d --group-by project",
    "metrics -p all --group-by platform",
    "metrics -p 7d --group-by day",
    "metrics -p 24h --group-by hour",
    "metrics -p 30d --group-by weekday",
  ],
  metrics_charts: [
    "metrics -f chart",
    "metrics -f chart -p 30d",
    "metrics -f chart -p all --metric cost_usd",
    "metrics -f chart -p 30d --group-by model",
    "metrics -f chart -p 30d --group-by tool --metric error_rate",
    "metrics -f chart -p all --group-by day --metric tokens_output",
    "metrics -f chart -p 30d --group-by weekday --metric tool_uses",
  ],
  metrics_list: ["metrics --list"],
  sessions: [
    "sessions -n 5",
    "sessions --sort cost -n 3 --offset 1",
    "sessions --min-acceptance 0.5",
    "sessions -f chart --sort tools -n 4",
  ],
  analyze: ["analyze 00000001", "analyze 00000001 -f chart", "analyze s-cursor"],
  insights: ["insights"],
  dlq: ["dlq list", "dlq show 2"],
  config: ["config list"],
};

/** Calls that print formats for other programs, which no width changes. */
export const SNAPSHOT_FORMATS = [
  "metrics -p 7d -f markdown",
  "metrics -p 30d --group-by model -f csv",
  "sessions -n 2 -f csv",
  "sessions -n 2 -f markdown",
  "analyze 00000001 -f markdown",
  "analyze 00000001 --tools -f csv",
  "insights -f markdown",
  "dlq list -f markdown",
];

/** Calls to which there is nothing to tell, on a machine without any history. */
export const SNAPSHOT_EMPTY = [
  "metrics",
  "metrics -f chart",
  "metrics -p 7d --group-by tool",
  "metrics -p 7d --group-by day -f chart",
  "sessions",
  "sessions -f chart",
  "insights",
  "status",
  "dlq list",
];

/** Moments of UTC are others in each zone. */
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;

/** The machine, with all of it read. */
export async function snapshotMachine(): Promise<Machine> {
  const machine = tempMachine();
  Deno.mkdirSync(machine.home, { recursive: true, mode: 0o700 });
  Deno.writeFileSync(`${machine.home}/install.key`, new Uint8Array(32).fill(7), { mode: 0o600 });
  const at = SNAPSHOT_NOW - 3 * DAY_MS;
  await tellHome(
    machine.home,
    keptNowhere({ id: "s", session: "s-cursor", platform: "cursor", at }),
  );
  writeHistory(machine.claude);
  await runAt(machine, "sync", 80);
  bury(machine, SNAPSHOT_NOW - HOUR_MS);
  return machine;
}

/** What a call writes at a width. */
export async function runAt(machine: Machine, call: string, columns: number): Promise<string> {
  const args = call === "sync" ? ["sync"] : ["--no-sync", ...call.split(" ")];
  const clock = { now: () => SNAPSHOT_NOW, sleep: nextTurn };
  const { stdout, stderr } = await runHere(machine, args, { columns, clock });
  return (stdout + stderr).replaceAll(MOMENT, "YYYY-MM-DDTHH:MM:SS.sssZ");
}

function writeHistory(claude: string): void {
  const ago = (days: number, hours = 0) => SNAPSHOT_NOW - days * DAY_MS - hours * HOUR_MS;
  longSession(new Transcript(claude, { session: 1, startedAt: ago(0, 2) }));
  const places = [
    "/home/ada/engine",
    "/home/ada/an-exceedingly-long-name-of-a-project-that-somebody-chose",
    "/home/ada/日本語プロジェクト",
  ];
  for (let i = 0; i < 12; i++) {
    const startedAt = ago(i * 3 + 1, i % 4), cwd = places[i % places.length]!;
    const transcript = new Transcript(claude, { session: i + 2, startedAt, cwd }).prompt();
    for (let turn = 0; turn <= i % 5; turn++) edit(transcript, i % 3 !== 1 || turn > 0, 900 * i);
    answer(transcript, { model: i % 2 ? "claude-haiku-4-5" : "claude-opus-4-6", output: 12_000 });
  }
}

/** Three turns, of which one failed again and again, with an MCP tool and an edit refused. */
function longSession(transcript: Transcript): void {
  transcript.prompt();
  edit(transcript, true, 4000);
  transcript.response({ tool: "mcp__github__create_issue", output: 300 }).result();
  for (let i = 0; i < 4; i++) {
    transcript.response({ tool: "Bash", output: 800 })
      .result({ content: "Exit code 1", isError: true });
  }
  answer(transcript, { output: 2500 });
  transcript.prompt();
  edit(transcript, false, 1500);
  transcript.prompt();
  transcript.response({
    tool: "Read",
    output: 200,
    input: { file_path: "/home/ada/engine/b.go" },
  })
    .result();
  answer(transcript, { output: 5200 });
}

function edit(transcript: Transcript, isAccepted: boolean, output: number): void {
  transcript.response({ tool: "Edit", output, input: { file_path: "/home/ada/engine/a.ts" } });
  if (isAccepted) {
    transcript.result({ toolUseResult: { structuredPatch: [{ lines: ["+a", "+b", "-c"] }] } });
  } else {
    transcript.result({
      content: "The user doesn't want to proceed with this tool use. The tool use was rejected " +
        "(eg. if it was a file edit, the new_string was NOT written to the file). STOP what you " +
        "are doing and wait for the user to tell you how to proceed.",
      isError: true,
      toolUseResult: "Error: The user doesn't want to proceed with this tool use.",
    });
  }
}

function answer(transcript: Transcript, sketch: ResponseSketch): void {
  transcript.response(sketch);
}
