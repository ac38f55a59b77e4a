/** Tests of how capture reads one large file: who waits is told, and may stop it. */

import assert from "node:assert/strict";
import { Capture, type ReadProgress } from "../../capture/capture.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { makeStage, never } from "./source_stage.ts";

Deno.test("Capture.catchUp() tells how far it has come in a large file", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", quiet(3670));
  const told: ReadProgress[] = [];
  const sources = [stage.open().source], clock = new VirtualClock();
  const onProgress = (progress: ReadProgress) => told.push(progress);

  await new Capture({ sources, clock, onProgress }).catchUp(never);

  const shares = told.map(({ bytesDone, bytesTotal }) => bytesDone / bytesTotal);
  assert.deepEqual(shares.map((share) => Math.floor(share * 10)), [2, 5, 8, 10]);
  assert.deepEqual(told.map(({ filesDone }) => filesDone), [0, 0, 0, 1]);
});

Deno.test("Capture.catchUp() stops in a large file that tells nothing, when aborted", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", quiet(8000));
  const stop = new AbortController();
  const capture = new Capture({ sources: [stage.open().source], clock: new VirtualClock() });
  setImmediate(() => stop.abort());

  const totals = await capture.catchUp(stop.signal);

  const bytes = totals.values().reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(bytes > 0 && bytes < 8000 * 1000, String(bytes));
});

/** Lines that tell nothing, of a thousand bytes each. */
function quiet(lines: number): string {
  return `${"x".repeat(999)}\n`.repeat(lines);
}
