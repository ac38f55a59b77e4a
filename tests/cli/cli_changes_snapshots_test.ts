/**
 * Tests of what the commands print that change something, at every width. Paths of this machine
 * stand as words, and what takes time or room as `#`.
 */

import { systemClock } from "../../core/clock.ts";
import { NOON } from "../helpers/events.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { runHere } from "./recorded_io.ts";
import { SNAPSHOT_WIDTHS } from "./snapshot_stage.ts";
import { checkLines, checkSnapshot } from "./snapshots.ts";

const CLOCK = { ...systemClock, now: () => NOON };
/** By the file that keeps them, one after the other on a machine of their own. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  sync: ["sync", "sync", "sync --platform cursor", "sync --json"],
  install: [
    "install claude-code --all --dry-run",
    "install claude-code",
    "install claude-code",
    "uninstall claude-code",
    "uninstall claude-code",
    "install claude-cod",
  ],
  service: ["service install --dry-run", "service uninstall", "service"],
  worker: ["worker", "worker --role capture", "worker --role dig"],
  background: ["stop", "status --json", "logs"],
  upkeep: [
    "sync -q",
    "rebuild",
    "archive --older-than 1d",
    "backup copy.tar.gz",
    "restore copy.tar.gz --dry-run",
    "purge --all --dry-run",
    "purge --all",
    "purge --all --yes",
    "restore copy.tar.gz",
    "restore copy.tar.gz --force",
    "dlq list",
  ],
};
/** What no manager of services is asked for, and no Redis. */
const NOTHING_AROUND = { PATH: undefined, BLUEPLANE_PORT: "0" };

async function run(machine: Machine, call: string, columns: number): Promise<string> {
  const args = call.split(" ").map((word) =>
    word === "copy.tar.gz" ? `${machine.user}/${word}` : word
  );
  const env = { ...NOTHING_AROUND, COLUMNS: String(columns) };
  const { code, stdout, stderr } = await runHere(machine, args, { columns, env, clock: CLOCK });
  const text = [[machine.home, "HOME"], [machine.claude, "CLAUDE"], [machine.user, "USER"]]
    .reduce((text, [path, word]) => text.replaceAll(path!, word!), stdout + stderr)
    .replaceAll(/\d{4}-\d\d-\d\dT?[\d:.]*Z?/g, "YYYY-MM-DD")
    .replaceAll(/"(duration_ms|bytes)": \d+/g, '"$1": #')
    .replaceAll(/\d+(?:[.,]\d+)* (ms|s|[kKM]?i?B|bytes)\b/g, "# $1");
  return `${text}exit code ${code}\n`;
}

Deno.test({
  name: "runCli() tells what it changed as it was looked at, at 60, 80 and 160",
  // Elsewhere the paths are longer, and so break elsewhere.
  ignore: Deno.build.os !== "linux",
  async fn(t) {
    for (const [name, calls] of Object.entries(CALLS)) {
      await t.step(name, async () => {
        let all = "";
        for (const width of SNAPSHOT_WIDTHS) {
          using machine = tempMachine();
          new Transcript(machine.claude, { session: 1, startedAt: NOON - 3_600_000 }).prompt()
            .response({ tool: "Edit", output: 300 }).result().response({ output: 900 });
          for (const call of calls) {
            const text = await run(machine, call, width);
            // An error is one line, however long; what would be written is shown as it is.
            const table = text.replaceAll(/^(error|warning|note): .*$/gm, "");
            if (!call.includes("--dry-run")) checkLines(call, table, width);
            all += `$ blueplane ${call}  # ${width} columns\n${text}\n`;
          }
        }
        checkSnapshot(name, all);
      });
    }
  },
});
