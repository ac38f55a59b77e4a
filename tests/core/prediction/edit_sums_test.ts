/** Tests of `core/prediction/edit_sums.ts`. */

import assert from "node:assert/strict";
import { addPatterns, sumEdits } from "../../../core/prediction/edit_sums.ts";
import { madeUpEdits } from "./made_up_edits.ts";

const edits = madeUpEdits({ seed: 1, sessions: 2, edits: 40, chance: () => 0.5 });
const [one, other] = [edits.slice(0, 40), edits.slice(40)];

Deno.test("sumEdits() counts what is alike, and tells when and how it went of late", () => {
  const { patterns, n, good, from, to, recent } = sumEdits(one);
  const [first] = patterns;
  const alike = one.filter(({ features }) =>
    JSON.stringify(features) === JSON.stringify(first!.features)
  );

  assert.deepEqual([n, good], [40, one.filter(({ label }) => label).length]);
  assert.deepEqual([from, to], [one[0]!.at, one.at(-1)!.at]);
  assert.deepEqual([first!.n, first!.good], [
    alike.length,
    alike.filter(({ label }) => label).length,
  ]);
  assert.equal(patterns.reduce((sum, pattern) => sum + pattern.n, 0), 40);
  assert.ok(["all_good", "mostly_good", "mostly_bad"].includes(recent));
});

Deno.test("sumEdits() of nothing is nothing", () => {
  assert.deepEqual(sumEdits([]), {
    patterns: [],
    n: 0,
    good: 0,
    from: 0,
    to: 0,
    recent: "first",
  });
});

Deno.test("addPatterns() gives what summing all at once gives, whatever comes first", () => {
  const [a, b] = [sumEdits(one).patterns, sumEdits(other).patterns];

  assert.deepEqual(addPatterns([...a, ...b]), sumEdits(edits).patterns);
  assert.deepEqual(addPatterns([...b, ...a]), sumEdits(edits).patterns);
});
