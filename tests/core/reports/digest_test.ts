/** Tests of `core/reports/digest.ts`. */

import assert from "node:assert/strict";
import { USAGE_COUNTS } from "../../../core/session_counts.ts";
import {
  addDigest,
  addUsage,
  emptyDigest,
  joinedHours,
  USAGE_COLUMNS,
} from "../../../core/reports/digest.ts";

Deno.test("addDigest() adds up what both are of, and keeps what one is of", () => {
  const a = emptyDigest(), b = emptyDigest();
  a.inputs.set(1, [2]);
  b.inputs.set(1, [3]).set(4, [5]);
  b.durations.set(0, [[7, 1]]);
  b.sessions.inputs.push([9]);
  b.words.set(3, 1);
  b.activeMs = 6;

  addDigest(a, b);
  addDigest(a, b);

  assert.deepEqual([...a.inputs], [[1, [8]], [4, [10]]]);
  assert.deepEqual(a.durations.get(0), [[7, 1], [7, 1]]);
  assert.deepEqual([a.sessions.inputs, a.words.get(3), a.activeMs], [[[9], [9]], 2, 12]);
  // What was added stays as it was.
  assert.deepEqual([...b.inputs], [[1, [3]], [4, [5]]]);
});

Deno.test("addUsage() adds up counts, and takes the greater of peaks", () => {
  const usage = USAGE_COLUMNS.map(() => 2);

  addUsage(usage, USAGE_COLUMNS.map((_, i) => i % 2 === 0 ? 1 : 3));

  const peaks = usage.slice(USAGE_COUNTS.length);
  assert.ok(usage.slice(0, USAGE_COUNTS.length).every((count) => count === 3 || count === 5));
  assert.ok(peaks.length > 0 && peaks.every((peak) => peak === 2 || peak === 3));
});

Deno.test("joinedHours() adds up an hour that stands in several lists", () => {
  const [one, other] = [new Map([[0, [1, 0, 1]]]), new Map([[0, [2, 1, 0]], [9, [1, 0, 0]]])];

  assert.deepEqual(joinedHours([one, other]), [new Map([[0, [3, 1, 1]], [9, [1, 0, 0]]])]);
  assert.deepEqual([one.get(0), joinedHours([one])[0] === one], [[1, 0, 1], true]);
});
