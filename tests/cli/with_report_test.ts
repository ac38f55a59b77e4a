/** Tests of what reports say beside their numbers. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { Globals } from "../../cli/cli.ts";
import { noteCoverage, printJson, withReport } from "../../cli/with_report.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo } from "./recorded_io.ts";

const GLOBALS: Globals = { color: true, sync: true };

Deno.test("withReport() gives what is up to date, and the names of projects", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { cwd: "/home/ada/engine" }).prompt();
  const io = recordedIo(machine, []);

  const code = await withReport(io, GLOBALS, {}, ({ db, labels, coverage }) => {
    const counted = db.prepare("select count(*) as n from sessions").get();
    printJson(io, { ...counted, names: [...labels.values()], coverage });
  });

  const coverage = { files_done: 1, files_total: 1 };
  deepEqual([code, JSON.parse(io.stdout.text)], [0, { n: 1, names: ["engine"], coverage }]);
});

Deno.test("noteCoverage() speaks on stderr, only of what is missing, and not with --quiet", () => {
  using machine = tempMachine();
  const noted = (done: number, globals = GLOBALS, blocks = 0) => {
    const io = recordedIo(machine, []);
    noteCoverage(io, globals, {
      files_done: done,
      files_total: 9,
      rebuild_blocks_done: 0,
      rebuild_blocks_total: blocks,
    });
    equal(io.stdout.text, "");
    return io.stderr.text;
  };
  match(noted(3), /^note: 3 of 9 files are read so far\n$/);
  equal(noted(9), "");
  equal(
    noted(9, GLOBALS, 4),
    "note: a rebuild is not done: 0 of 4 blocks are derived again so far; " +
      "until all are, numbers grow\n",
  );
  equal(noted(3, { ...GLOBALS, quiet: true }), "");
});
