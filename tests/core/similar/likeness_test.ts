/** Tests of `core/similar/likeness.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  comparable,
  likenessParts,
  type Scales,
  scalesOf,
  similarityTo,
  sortedLogs,
} from "../../../core/similar/likeness.ts";
import { MIXES, type SessionVector, SIZES } from "../../../core/similar/session_vectors.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
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

/** How much two sessions are alike. */
function alike(a: SessionVector, b: SessionVector, scales: Scales): number | undefined {
  return similarityTo(comparable(a), scales)(comparable(b));
}

Deno.test("similarityTo() is from 0 to 1, the same both ways, and 1 of a session itself", () => {
  fc.assert(
    fc.property(fc.array(vector, { minLength: 2, maxLength: 6 }), (sessions) => {
      const scales = scalesOf(sortedLogs(sessions.map(comparable)));
      const [a, b] = sessions as [SessionVector, SessionVector];
      const there = alike(a, b, scales);
      const back = alike(b, a, scales);
      assert.equal(there === undefined, back === undefined);
      if (there !== undefined) {
        assert.ok(there >= 0 && there <= 1);
        assert.ok(Math.abs(there - back!) < 1e-9);
      }
      assert.ok(Math.abs((alike(a, a, scales) ?? 1) - 1) < 1e-9);
    }),
    fcRuns(),
  );
});

Deno.test("similarityTo() leaves out none but those that are less alike than is asked for", () => {
  fc.assert(
    fc.property(vector, vector, fc.float({ min: 0, max: 1, noNaN: true }), (a, b, least) => {
      const scales = scalesOf(sortedLogs([a, b].map(comparable)));
      const [like, other] = [similarityTo(comparable(a), scales), comparable(b)];
      const similarity = like(other), told = like(other, least);
      if (told === undefined) assert.ok(similarity === undefined || similarity < least);
      else assert.equal(told, similarity);
    }),
    fcRuns(),
  );
});

Deno.test("likenessParts() compares shares, not counts, and names what both have", () => {
  const of = (pairs: [string, number][]) =>
    vectorSketch({ mixes: { extensions: new Map(pairs) } });
  const scales = scalesOf(sortedLogs([]));
  const like = (a: [string, number][], b: [string, number][]) =>
    likenessParts(comparable(of(a)), comparable(of(b)), scales)[0]!;

  const same = like([["ts", 30], ["md", 10]], [["ts", 3], ["md", 1]]);
  assert.deepEqual([same.part, same.most], ["extensions", ["ts", "md"]]);
  assert.ok(Math.abs(same.similarity - 1) < 1e-12);
  assert.deepEqual(like([["ts", 1]], [["md", 1]]), {
    part: "extensions",
    similarity: 0,
    most: [],
  });
  // √(1 · ¼)
  assert.equal(like([["ts", 1]], [["ts", 1], ["md", 3]]).similarity, 0.5);
});

Deno.test("similarityTo() leaves out what is not known, and what neither has", () => {
  const unknown = vectorSketch({ mixes: { commands: null }, sizes: { tokens: null, calls: 5 } });
  const known = vectorSketch({
    mixes: { commands: new Map([["test", 1]]) },
    sizes: { tokens: 9, calls: 5 },
  });

  const scales = scalesOf(sortedLogs([comparable(known), comparable(unknown)]));
  const parts = likenessParts(comparable(unknown), comparable(known), scales);

  assert.deepEqual(parts, [{ part: "size", similarity: 1, most: ["calls"] }]);
  assert.equal(alike(unknown, known, scales), 1);
  assert.equal(alike(vectorSketch(), vectorSketch(), scales), undefined);
});

Deno.test("scalesOf() is the median and the middle half of the logarithms", () => {
  const sizes = [0, 1, 3, 7, 15].map((calls) => vectorSketch({ sizes: { calls } }));
  const { calls, lines } = scalesOf(sortedLogs(sizes.map(comparable)));

  assert.ok(Math.abs(calls.median - Math.log(4)) < 1e-12);
  assert.ok(Math.abs(calls.range - Math.log(8 / 2)) < 1e-12);
  assert.deepEqual(lines, { median: 0, range: 1 });
});
