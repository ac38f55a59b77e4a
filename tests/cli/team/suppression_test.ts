/** Tests of what must not be shown. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { hiddenOf, MemberSet } from "../../../cli/team/suppression.ts";

const ALL = 20;

function setOf(members: readonly number[]): MemberSet {
  const set = new MemberSet(ALL);
  for (const member of members) set.add(member);
  return set;
}

Deno.test("MemberSet.join() counts each member once", () => {
  const set = setOf([1, 2, 2, 19]);

  equal(set.size, 3);
  set.join(setOf([2, 3]));
  equal(set.size, 4);
});

Deno.test("hiddenOf() hides what is small, and one more where that could be told then", () => {
  const [small, large, larger] = [setOf([1]), setOf([1, 2, 3]), setOf([4, 5, 6, 7])];

  deepEqual([...hiddenOf([large, larger], 3)], []);
  deepEqual([...hiddenOf([larger, small, large], 3)].sort(), [1, 2]);
  deepEqual([...hiddenOf([larger, large], 3, setOf([9]))], [1]);
  deepEqual([...hiddenOf([larger, large], 3, setOf([9, 10, 11]))], []);
  deepEqual([...hiddenOf([], 3)], []);
});

Deno.test("hiddenOf() leaves nothing that could be told of fewer members", () => {
  const member = fc.integer({ min: 0, max: ALL - 1 });
  const parts = fc.array(fc.array(member, { maxLength: 8 }), { maxLength: 8 });
  fc.assert(fc.property(parts, fc.integer({ min: 2, max: 6 }), (members, least) => {
    const sets = members.map(setOf);

    const hidden = hiddenOf(sets, least);

    const shown = sets.filter((_, i) => !hidden.has(i));
    ok(shown.every(({ size }) => size >= least));
    const together = setOf([...hidden].flatMap((i) => members[i]!));
    ok(hidden.size === 0 || shown.length === 0 || together.size >= least);
  }));
});
