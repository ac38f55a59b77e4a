/** Tests of `core/reports/digest_parts.ts`. */

import assert from "node:assert/strict";
import { CALL_COUNTS } from "../../../core/fates.ts";
import { emptyDigest } from "../../../core/reports/digest.ts";
import {
  isGroup,
  isNamed,
  listsOf,
  modelNumber,
  ofModel,
  sessionCounter,
  sharesOf,
  splitDigest,
  toolsOf,
} from "../../../core/reports/digest_parts.ts";
import { MODEL_COUNTS } from "../../../core/session_counts.ts";

const WORDS = new Map([[1, "Edit"], [2, "Bash"], [3, "opus"], [4, "haiku"], [5, "ts"]]);
const KINDS = new Map([
  [10, { tool: 1, model: 3, mode: 0, extension: 5 }],
  [11, { tool: 2, model: 4, mode: 0, extension: 0 }],
  // What no call was made for, and a share of a call that stands elsewhere.
  [12, { tool: 0, model: 3, mode: 0, extension: 0 }],
  [13, { tool: 1, model: 4, mode: 0, extension: 0 }],
]);

function digest() {
  const digest = emptyDigest();
  digest.calls.set(10, counts({ uses: 2, lines_added: 7 })).set(11, counts({ uses: 1 }))
    .set(12, counts({ cost_talk: 9 })).set(13, counts({ cost_calls_ok: 4 }));
  digest.models.set(3, MODEL_COUNTS.map(() => 1));
  digest.sessions.calls.set(10, [[1, 2]]).set(11, [[2, 3]]);
  digest.sessions.models.set(3, [[1]]);
  digest.tools.set(1, [[5, 1]]).set(2, [[6, 1]]);
  return digest;
}

Deno.test("toolsOf() tells of calls, and of no share alone", () => {
  const tools = toolsOf(digest().calls, KINDS, WORDS);
  assert.deepEqual([...tools.keys()], ["Bash", "Edit"]);
  assert.deepEqual([tools.get("Edit")!.uses, tools.get("Edit")!.lines_added], [2, 7]);
  assert.deepEqual([...toolsOf(digest().calls, KINDS, WORDS, "extension").keys()], ["ts"]);
});

Deno.test("sharesOf() leaves talk out, where calls alone are meant", () => {
  const { cost_talk, cost_calls_ok } = sharesOf(digest().calls, KINDS);
  assert.deepEqual([cost_talk, cost_calls_ok], [9, 4]);
  assert.equal(sharesOf(digest().calls, KINDS, true).cost_talk, 0);
});

Deno.test("ofModel() keeps what is of the model", () => {
  const { calls, models, sessions } = ofModel(digest(), modelNumber("haiku", WORDS), KINDS);
  assert.deepEqual([[...calls.keys()], models.size], [[11, 13], 0]);
  assert.deepEqual([...sessions.calls.keys()], [11]);
  assert.equal(modelNumber("unheard", WORDS), -1);
});

Deno.test("splitDigest() has each call in one group, with its sessions and times", () => {
  const name = (number: number) => WORDS.get(number) ?? "unknown";
  const tools = splitDigest(digest(), KINDS, "tool", name);
  assert.deepEqual([...tools.keys()], ["Edit", "Bash"]);
  assert.deepEqual([...tools.get("Edit")!.calls.keys()], [10, 13]);
  assert.deepEqual(tools.get("Bash")!.tools.get(2), [[6, 1]]);
  const models = splitDigest(digest(), KINDS, "model", name);
  assert.deepEqual([...models.get("opus")!.calls.keys()], [10, 12]);
  assert.equal(models.get("opus")!.models.size, 1);
  assert.deepEqual([...splitDigest(digest(), KINDS, "mode", name).keys()], ["unknown"]);
});

Deno.test("isGroup() is false, when only shares or times that nobody tells are there", () => {
  const shares = emptyDigest();
  shares.calls.set(13, counts({ cost_calls_ok: 4 })).set(12, counts({ cost_talk: 4 }));
  assert.equal(isGroup(shares, KINDS, true, true), false);
  shares.isTimed = true;
  assert.deepEqual([isGroup(shares, KINDS, true, true), isGroup(shares, KINDS, true, false)], [
    true,
    false,
  ]);
  assert.equal(isGroup(digest(), KINDS, false, false), true);
});

Deno.test("isNamed() is false, while a kind or a word of it is not known", () => {
  const without = <T>(names: ReadonlyMap<number, T>, gone: number) =>
    new Map([...names].filter(([number]) => number !== gone));

  assert.equal(isNamed(digest(), KINDS, WORDS), true);
  assert.equal(isNamed(digest(), without(KINDS, 13), WORDS), false);
  // A tool, a model of responses, an extension; that of another model says nothing.
  const known = [1, 3, 5, 4].map((gone) => isNamed(digest(), KINDS, without(WORDS, gone)));
  assert.deepEqual(known, [false, false, false, true]);
});

Deno.test("sessionCounter() counts each session of a group once", () => {
  const count = sessionCounter();
  assert.equal(count(listsOf(digest(), true)), 3);
  assert.equal(count([[5000], [5000, 1]]), 2);
  assert.equal(count([[5000]]), 1);
});

function counts(given: Readonly<Record<string, number>>): number[] {
  return CALL_COUNTS.map((name) => given[name] ?? 0);
}
