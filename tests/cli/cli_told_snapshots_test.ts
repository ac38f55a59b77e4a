/**
 * Tests of what the commands print that learn from many sessions, and those that tell of the
 * machine itself, at every width. Numbers of the machine, as of bytes, stand as `#`.
 */

import { systemClock } from "../../core/clock.ts";
import { mendModes } from "../../cli/doctor/home_check.ts";
import { homeAt } from "../../core/home.ts";
import { LogFile } from "../../core/log_file.ts";
import { alikeSessions } from "../helpers/alike_sessions.ts";
import { NOON } from "../helpers/events.ts";
import { tellHome } from "../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Story } from "../helpers/story.ts";
import { runHere } from "./recorded_io.ts";
import { checkLines, checkSnapshot } from "./snapshots.ts";
import { SNAPSHOT_WIDTHS } from "./snapshot_stage.ts";

const HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
const CLOCK = { ...systemClock, now: () => NOON + HOUR_MS };
const STATUS = JSON.stringify({
  session_id: "code-0",
  model: { id: "claude-opus-4-6" },
  version: "2.1.330",
  cost: { total_cost_usd: 1.25 },
  context_window: { context_window_size: 1000, current_usage: { input_tokens: 420 } },
  rate_limits: { five_hour: { used_percentage: 23.5, resets_at: NOON / 1000 + 7500 } },
});

/** By the file that keeps them; those behind it have numbers that differ between machines. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  acceptance: [
    "acceptance -p 30d",
    "acceptance -p all --by tool",
    "acceptance -p all --by extension",
  ],
  similar: ["similar last -n 3", "similar --task tests -n 3"],
  predict: ["predict", "predict --tool Write --session last"],
  errors: ["errors -p all", "errors -p all --tool Edit"],
  insights_many: ["insights -n 4", "insights --type errors -p 7d"],
  statusline: ["statusline"],
  logs: ["logs -n 2"],
  status: ["status"],
  doctor: ["doctor"],
  privacy_audit: ["privacy audit -q"],
};
const OF_THE_MACHINE: ReadonlySet<string> = new Set(["status", "doctor", "privacy_audit"]);
const FORMATS = [
  "acceptance -p all --by tool -f markdown",
  "similar last -n 2 -f csv",
  "predict -f markdown",
  "errors -p all -f markdown",
  "export --what events -f csv -p 1h",
  "export --what events -f markdown -p 1h",
  "config list -f csv",
  "config list -f markdown",
  "completions fish",
];
const FORMATS_OF_THE_MACHINE = ["status -f csv", "status -f markdown", "doctor -f markdown"];

/** Sessions of which many went well, and some did not. */
async function toldMachine(): Promise<Machine> {
  const machine = tempMachine();
  Deno.mkdirSync(`${machine.home}/logs`, { recursive: true, mode: 0o700 });
  Deno.writeFileSync(`${machine.home}/install.key`, new Uint8Array(32).fill(7), { mode: 0o600 });
  const edits = Array.from(
    { length: 12 },
    (_, i) =>
      new Story(`edits-${i}`, { at: NOON - i * DAY_MS }).prompt().times(
        8,
        (story, k) =>
          story.call(k % 4 === 0 ? "Write" : "Edit", {
            file: `${k}`,
            outcome: k % 4 === 0 ? "rejected" : "ok",
          }),
      ),
  );
  const events = [...alikeSessions(), ...edits].flatMap((story) => story.events);
  await tellHome(machine.home, ...events);
  const log = new LogFile(`${machine.home}/logs/serve.log`, CLOCK);
  log.write("start", "blueplane listens at http://127.0.0.1:7531");
  log.write("warning", "Cannot read a file: it is not readable; it is tried again");
  log.write("end", "ended by SIGTERM");
  // As a command of its own would have left them.
  mendModes(homeAt(machine.home));
  return machine;
}

/** A path of this machine is as long as its temporary folder's. */
async function run(machine: Machine, call: string, columns: number, isOfMachine = false) {
  const env = { COLUMNS: String(columns), ...(isOfMachine ? { BLUEPLANE_PORT: "0" } : {}) };
  const { stdout, stderr } = await runHere(machine, ["--no-sync", ...call.split(" ")], {
    columns,
    env,
    clock: CLOCK,
    stdin: call === "statusline" ? STATUS : "",
  });
  // What is a local moment is another one in each zone.
  const text = (stdout + stderr).replaceAll("\r\n", "\n")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "YYYY-MM-DD HH:MM:SS")
    .replaceAll(/since \d{4}-\d\d-\d\d/g, "since YYYY-MM-DD");
  if (!isOfMachine) return text;
  // Paths and settings stand below what doctor finds.
  const short = call.startsWith("doctor") ? text.replaceAll(/^ {4}.*\n/gm, "") : text;
  return short.replaceAll(/\d+(?:[.,]\d+)*/g, "#");
}

Deno.test("runCli() prints what it learnt and what it is as it was looked at", async (t) => {
  using machine = await toldMachine();
  for (const [name, calls] of Object.entries(CALLS)) {
    await t.step(name, async () => {
      let all = "";
      for (const width of SNAPSHOT_WIDTHS) {
        for (const call of calls) {
          const text = await run(machine, call, width, OF_THE_MACHINE.has(name));
          // A line of the log is as long as it is.
          if (name !== "logs") checkLines(call, text, width);
          all += `$ blueplane ${call}  # ${width} columns\n${text}\n`;
        }
      }
      checkSnapshot(name, all);
    });
  }
  await t.step("formats for other programs", async () => {
    let all = "";
    for (const call of [...FORMATS, ...FORMATS_OF_THE_MACHINE]) {
      const text = await run(machine, call, 20, FORMATS_OF_THE_MACHINE.includes(call));
      all += `$ blueplane ${call}\n${text}\n`;
    }
    checkSnapshot("told_formats", all);
  });
});
