/** Tests of the status line as the client runs it: the command in its settings, by a shell. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  binaryPath,
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { Findings } from "./findings.ts";
import { run } from "./piped_run.ts";

const MARK = "QZ@7X canary";

/** As the client gives it, with a marker wherever a text is. */
function payload(session: string, percent: number): string {
  return JSON.stringify({
    session_id: session,
    session_name: MARK,
    transcript_path: `/home/${MARK}/a.jsonl`,
    cwd: `/home/${MARK}`,
    model: { id: `claude-opus-4-6 ${MARK}`, display_name: MARK },
    workspace: { current_dir: MARK, project_dir: MARK, added_dirs: [MARK], repo: { name: MARK } },
    version: `2.1.330 ${MARK}`,
    output_style: { name: MARK },
    agent: { name: MARK },
    [MARK]: MARK,
    cost: { total_cost_usd: 1.25, total_lines_added: MARK },
    context_window: { context_window_size: 1000, current_usage: { input_tokens: 420 } },
    rate_limits: {
      five_hour: { used_percentage: percent, resets_at: Math.floor(Date.now() / 1000) + 7200 },
      seven_day: { used_percentage: 61, resets_at: MARK },
      [MARK]: { used_percentage: 1, resets_at: MARK },
    },
  });
}

function limits(machine: Machine): unknown[][] {
  const db = new DatabaseSync(`${machine.home}/telemetry.db`, { readOnly: true });
  try {
    return db.prepare(
      "select w.text, used from limit_uses l join words w on w.id = l.name order by 1, 2",
    ).all().map((row) => Object.values(row));
  } finally {
    db.close();
  }
}

Deno.test("blueplane statusline shows, keeps and gives away nothing but numbers", async () => {
  using machine = tempMachine();
  const findings = new Findings();
  const transcript = new Transcript(machine.claude).prompt().response({ output: 100_000 });
  await runBinary(machine, ["install", "claude-code", "--statusline"]);
  const text = Deno.readTextFileSync(`${machine.claude}/settings.json`);
  const { statusLine } = JSON.parse(text) as { statusLine: { command: string } };
  equal(statusLine.command, `${binaryPath()} --home ${machine.home} statusline`);
  const show = async (percent: number) => {
    const given = payload(transcript.sessionId, percent);
    const env = { ...machine.env, COLUMNS: "120", NO_COLOR: "1" };
    const shell = await run({ ...machine, env }, "sh", ["-c", statusLine.command], given);
    deepEqual([shell.code, shell.stderr], [0, ""]);
    findings.look("the line", shell.stdout);
    return shell.stdout;
  };

  match(await show(23.5), /^other · session \$1\.25 · context 42% · 5h 24% \(2 h .* · 7d 61%\n$/);
  const { server } = await startServe(machine);
  await using _server = server;
  await until("what it saw is stored", () => limits(machine).length === 2);
  match(await show(24), /today \$2\.50/);
  await server.stop("SIGTERM");

  deepEqual(limits(machine), [["five_hour", 235], ["seven_day", 610]]);
  await runBinary(machine, ["analyze", "last", "--json"]);
  findings.lookAtFiles(machine.home);
  ok(findings.lookAtBlocks(machine.home) >= 3);
  deepEqual(findings.found, []);
  await runBinary(machine, ["uninstall", "claude-code", "--statusline"]);
  equal(
    [...Deno.readDirSync(machine.claude)].some(({ name }) => name === "settings.json"),
    false,
  );
});
