/** Tests of `core/reports/digest_text.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { CALL_COUNTS } from "../../../core/fates.ts";
import { emptyDigest, joinedHours, USAGE_COLUMNS } from "../../../core/reports/digest.ts";
import { addDigestTexts, digestTexts } from "../../../core/reports/digest_text.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const count = fc.integer({ min: -3, max: 1e12 });
const calls = fc.uniqueArray(
  fc.tuple(
    fc.nat(),
    fc.array(count, { minLength: CALL_COUNTS.length, maxLength: CALL_COUNTS.length }),
  ),
  { selector: ([kind]) => kind, maxLength: 4 },
);
const sessions = fc.uniqueArray(fc.nat(), { maxLength: 6 });

Deno.test("addDigestTexts() gives what digestTexts() was given", () => {
  fc.assert(
    fc.property(calls, sessions, fc.uniqueArray(count), (rows, numbers, hours) => {
      const digest = emptyDigest(), read = emptyDigest();
      for (const [kind, counts] of rows) {
        digest.calls.set(kind, counts);
        digest.sessions.calls.set(kind, [numbers, numbers.slice(1)]);
        digest.tools.set(kind, [[-1, 3, 8, 1], [4, 2]]);
      }
      // Each hour stands in two lists.
      for (const list of [hours, hours.slice(1)]) {
        digest.hours.push(new Map(list.map((hour) => [hour, [1, 0, 2]])));
      }
      digest.usage[USAGE_COLUMNS.length - 1] = 5;
      digest.words.set(3, 1).set(2, 9);
      digest.overlap = { most: 2, sum_ms: 9, busy_ms: 7, overlap_ms: 2 };
      digest.isTimed = numbers.length > 0;

      addDigestTexts(read, digestTexts(digest));

      assert.deepEqual(digestTexts(read), digestTexts(digest));
      assert.deepEqual(read.calls, digest.calls);
      const all = joinedHours(digest.hours).filter(({ size }) => size > 0);
      assert.deepEqual(read.hours, all);
      assert.deepEqual([read.usage, read.overlap], [digest.usage, digest.overlap]);
      const listed = numbers.toSorted((a, b) => a - b);
      for (const [kind] of rows) assert.deepEqual(read.sessions.calls.get(kind), [listed]);
    }),
    fcRuns(),
  );
});

Deno.test("addDigestTexts() reads no part that was left out", () => {
  const digest = emptyDigest(), read = emptyDigest();
  digest.errors.set(1, [1]);
  digest.durations.set(0, [[1, 1]]);
  digest.inputs.set(2, [4]);

  addDigestTexts(read, { ...digestTexts(digest), whole: "", durations: "", tools: "" });

  assert.deepEqual([read.errors.size, read.durations.size, [...read.inputs]], [0, 0, [[2, [4]]]]);
});
