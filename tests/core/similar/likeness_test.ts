/** Tests of `core/similar/likeness.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { likenessOf, scalesOf } from "../../../core/similar/likeness.ts";
import { MIXES, type SessionVector, SIZES } from "../../../core/similar/session_vectors.ts";
import { fcRuns } from "../fc_runs.ts";
import { vectorSketch } from "./vector_sketch.ts";

const mix = fc.option(
  fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.integer({ min: 1, max: 50 })))
    .map((pairs) => new Map(pairs)),
  { freq: 5 },
);
const size = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { freq: 5 });
const vector = fc.record({
  mixes: fc.record(Object.fromEntries(MIXES.map((name) => [name, mix]))),
  sizes: fc.record(Object.fromEntries(SIZES.map((name) => [name, size]))),
}).map((sketch) => vectorSketch(sketch as Parameters<typeof vectorSketch>[0]));

Deno.test("likenessOf() is from 0 to 1, the same both ways, and 1 of a session itself", () => {
  fc.assert(
    fc.property(fc.array(vector, { minLength: 2, maxLength: 6 }), (sessions) => {
      const scales = scalesOf(sessions);
      const [a, b] = sessions as [SessionVector, SessionVector];
      const there = likenessOf(a, b, scales)?.similarity;
      const back = likenessOf(b, a, scales)?.similarity;
      assert.equal(there === undefined, back === undefined);
      if (there !== undefined) {
        assert.ok(there >= 0 && there <= 1);
        assert.ok(Math.abs(there - back!) < 1e-9);
      }
      assert.ok(Math.abs((likenessOf(a, a, scales)?.similarity ?? 1) - 1) < 1e-9);
    }),
    fcRuns(),
  );
});

Deno.test("likenessOf() compares shares, not counts, and names what both have", () => {
  const of = (pairs: [string, number][]) =>
    vectorSketch({ mixes: { extensions: new Map(pairs) } });
  const scales = scalesOf([]);
  const like = (a: [string, number][], b: [string, number][]) =>
    likenessOf(of(a), of(b), scales)!.parts[0]!;

  assert.deepEqual(like([["ts", 30], ["md", 10]], [["ts", 3], ["md", 1]]), {
    part: "extensions",
    similarity: 1,
    most: ["ts", "md"],
  });
  assert.deepEqual(like([["ts", 1]], [["md", 1]]), {
    part: "extensions",
    similarity: 0,
    most: [],
  });
  // √(1 · ¼)
  assert.equal(like([["ts", 1]], [["ts", 1], ["md", 3]]).similarity, 0.5);
});

Deno.test("likenessOf() leaves out what is not known, and what neither has", () => {
  const unknown = vectorSketch({ mixes: { commands: null }, sizes: { tokens: null, calls: 5 } });
  const known = vectorSketch({
    mixes: { commands: new Map([["test", 1]]) },
    sizes: { tokens: 9, calls: 5 },
  });

  const { similarity, parts } = likenessOf(unknown, known, scalesOf([known, unknown]))!;

  assert.deepEqual([similarity, parts.map(({ part }) => part)], [1, ["size"]]);
  assert.equal(likenessOf(vectorSketch(), vectorSketch(), scalesOf([])), undefined);
});

Deno.test("scalesOf() is the median and the middle half of the logarithms", () => {
  const sizes = [0, 1, 3, 7, 15].map((calls) => vectorSketch({ sizes: { calls } }));
  const { calls, lines } = scalesOf(sizes);

  assert.ok(Math.abs(calls.median - Math.log(4)) < 1e-12);
  assert.ok(Math.abs(calls.range - Math.log(8 / 2)) < 1e-12);
  assert.deepEqual(lines, { median: 0, range: 1 });
});
