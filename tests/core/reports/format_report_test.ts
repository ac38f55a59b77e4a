/** Tests of `core/reports/format_report.ts`: what could not be understood. */

import assert from "node:assert/strict";
import type { Checkpoint } from "../../../core/checkpoints.ts";
import { formatFindings, readDrift } from "../../../core/reports/format_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { makeCheckpoint } from "../../pipeline/port_contract.ts";

Deno.test("readDrift() sums up names over files, the most frequent first", async () => {
  const drift = await driftOf(
    { drift: '{"line_type:new":2,"field.user:newField":1}' },
    { drift: '{"line_type:new":3,"line:glued":1}' },
    {},
  );

  assert.deepEqual(drift.map(({ kind, name, count, files }) => [kind, name, count, files]), [
    ["line_type", "new", 5, 2],
    ["field.user", "newField", 1, 1],
    ["line", "glued", 1, 1],
  ]);
  assert.equal(drift[0]!.platform, "claude_code");
});

Deno.test("formatFindings() are well, when all is known and whole", async () => {
  const [lines, format] = await findingsOf({ lines: 10 });

  assert.deepEqual([lines!.severity, format!.severity], ["ok", "ok"]);
  assert.match(lines!.title, /^10 lines read, 0 of them broken$/);
});

Deno.test("formatFindings() note a few broken lines, and warn of many", async () => {
  const [few] = await findingsOf({ lines: 1000, linesMalformed: 1, drift: '{"line:glued":4}' });
  const [many] = await findingsOf({ lines: 10, linesMalformed: 1 });

  assert.deepEqual([few!.severity, few!.numbers!.lines_glued], ["note", 4]);
  assert.deepEqual([many!.severity, many!.numbers!.lines_malformed], ["warning", 1]);
});

Deno.test("formatFindings() count names that are not known, and no odd lines", async () => {
  const drift = '{"line_type:new":2,"field.user:newField":1,"line:glued":9}';
  const [, format] = await findingsOf({ lines: 10, linesUnknown: 2, drift });

  assert.equal(format!.severity, "note");
  assert.deepEqual(format!.numbers, { names_unknown: 2, sights: 3, lines_unknown: 2 });
});

async function driftOf(...files: readonly Partial<Checkpoint>[]) {
  await using home = await filledHome([]);
  const checkpoints = files.map((file, i) => makeCheckpoint({ id: `f${i}`, ...file }));
  await home.pipeline.accept([], checkpoints);
  return readDrift(home.db);
}

async function findingsOf(file: Partial<Checkpoint>) {
  await using home = await filledHome([]);
  await home.pipeline.accept([], [makeCheckpoint(file)]);
  return formatFindings(home.db, readDrift(home.db));
}
