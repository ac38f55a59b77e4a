/** The laws that merging must keep, so that no order of arrival shows in a fact. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { fcRuns } from "../../helpers/fc_runs.ts";

/** A fact's owner and place in a domain so small that ties are frequent. */
export const few = fc.nat({ max: 2 });

/** 0 or 1. */
export const bit = fc.nat({ max: 1 });

/** The number of a word. */
export const word = fc.integer({ min: 1, max: 3 });

/** Orders words by their number, what is not known last. */
export function compareNumbers(a: number | null, b: number | null): number {
  return (a ?? 99) - (b ?? 99);
}

/** Any two ways to merge the same set of tellings give the same fact. */
export function assertLaws<T extends { session: number }>(
  facts: fc.Arbitrary<T>,
  merge: (a: T, b: T, session: number) => T,
): void {
  const join = (a: T, b: T) => merge(a, b, Math.min(a.session, b.session));
  fc.assert(
    fc.property(facts, facts, facts, (a, b, c) => {
      assert.deepEqual(join(a, a), a, "idempotent");
      assert.deepEqual(join(a, b), join(b, a), "commutative");
      assert.deepEqual(join(join(a, b), c), join(a, join(b, c)), "associative");
      assert.deepEqual(join(join(a, b), b), join(a, b), "absorbs what it holds");
    }),
    { numRuns: 40 * fcRuns(60).numRuns },
  );
}
