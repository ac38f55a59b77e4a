/** Tests of `core/reports/joined_digests.ts`. */

import assert from "node:assert/strict";
import { asKept, type Digest, emptyDigest } from "../../../core/reports/digest.ts";
import type { Digests } from "../../../core/reports/digest_rows.ts";
import { addNamed, type DigestLists, joinNamed } from "../../../core/reports/joined_digests.ts";

Deno.test("joinNamed() gives out what is alone, and adds nothing to what is kept", () => {
  const [one, other] = [asKept(withPrompts(1)), asKept(withPrompts(2))];

  const alone = join([["a", one]]);
  const both = join([["a", one], ["b", one], ["a", other], ["a", other]]);

  assert.equal(alone.get("a"), one);
  assert.deepEqual([...both].map(([name, digest]) => [name, prompts(digest)]), [
    ["a", 5],
    ["b", 1],
  ]);
  assert.deepEqual([one, other].map(prompts), [1, 2]);
});

Deno.test("joinNamed() gives the same of the same kept digests, of others another", () => {
  const [one, other, third] = [1, 2, 4].map((count) => asKept(withPrompts(count)));
  const all = [["a", one!], ["a", other!]] as const;
  const first = join(all).get("a")!;
  const more = join([...all, ["a", third!]]).get("a")!;

  assert.equal(join(all).get("a"), first);
  assert.notEqual(more, first);
  assert.deepEqual([first, more].map(prompts), [3, 7]);
  // What may still grow is no one's but who asked.
  const growing = [...all, ["a", withPrompts(8)]] as const;
  assert.notEqual(join(growing).get("a"), join(growing).get("a"));
});

Deno.test("joinNamed() adds to what rows told of the same name", () => {
  const rows = withPrompts(3), digests: Digests = new Map([["a", rows]]);

  join([["a", asKept(withPrompts(1))]], digests);

  assert.equal(digests.get("a"), rows);
  assert.equal(prompts(rows), 4);
});

function join(
  named: readonly (readonly [string, Digest])[],
  digests: Digests = new Map(),
): Digests {
  const lists: DigestLists = new Map();
  for (const [name, digest] of named) addNamed(lists, name, digest);
  joinNamed(digests, lists);
  return digests;
}

function withPrompts(count: number): Digest {
  const digest = emptyDigest();
  digest.inputs.set(0, [count]);
  return digest;
}

function prompts(digest: Digest): number {
  return digest.inputs.get(0)![0]!;
}
