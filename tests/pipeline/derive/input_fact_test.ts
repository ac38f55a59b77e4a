/** Tests of `pipeline/derive/input_fact.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { EVENT_TYPES } from "../../../core/event.ts";
import type { SafeText } from "../../../core/privacy.ts";
import {
  type InputFact,
  mergeInputs,
  toldInputs,
  UNCOUNTED,
} from "../../../pipeline/derive/input_fact.ts";
import { makeEvent, makePrompt, NOON } from "../../helpers/events.ts";
import { assertLaws, bit, few } from "./laws.ts";

const PLAIN = {
  loose: 0,
  untimed: 0,
  characters: null,
  words: null,
  tokens_before: null,
  tokens_after: null,
} as const;

const inputs: fc.Arbitrary<InputFact> = fc.record(
  {
    session: few,
    at: few,
    kind: fc.integer({ min: -1, max: 2 }),
    loose: bit,
    untimed: bit,
    characters: fc.option(few),
    words: fc.option(few),
    tokens_before: fc.option(few),
    tokens_after: fc.option(few),
  },
  { noNullPrototype: true },
);

Deno.test("mergeInputs() does not care for order, grouping and repetition", () => {
  assertLaws(inputs, mergeInputs);
});

Deno.test("mergeInputs() keeps the earlier moment and the given owner", () => {
  const merged = mergeInputs(
    { session: 5, at: 10, kind: 0, ...PLAIN },
    { session: 3, at: 12, kind: 0, ...PLAIN },
    3,
  );

  assert.deepEqual(merged, { session: 3, at: 10, kind: 0, ...PLAIN });
});

Deno.test("toldInputs() tells of a plain prompt once", () => {
  const [[, fact], ...more] = told(makePrompt({ id: "p1" }));

  assert.deepEqual(fact, {
    session: 1,
    at: NOON,
    kind: EVENT_TYPES.indexOf("user_prompt"),
    ...PLAIN,
    characters: 14,
    words: 3,
  });
  assert.deepEqual(more, []);
});

Deno.test("toldInputs() tells what is loose and what has no time of its own", () => {
  const [[, fact]] = told(makeEvent("user_prompt", { id: "a" }, { loose: true, untimed: true }));

  assert.deepEqual([fact.loose, fact.untimed], [1, 1]);
});

Deno.test("mergeInputs() knows a size that one telling knows", () => {
  const base = { session: 1, at: 5, kind: 0, ...PLAIN };
  const merged = mergeInputs({ ...base, words: 3 }, { ...base, tokens_before: 9 }, 1);

  assert.deepEqual([merged.words, merged.tokens_before, merged.tokens_after], [3, 9, null]);
});

Deno.test("mergeInputs() takes what is told for itself before what is loose", () => {
  const base = { session: 1, at: 5, kind: 0, ...PLAIN, untimed: 1 };
  const merged = mergeInputs({ ...base, loose: 1 }, { ...base, loose: 0, untimed: 0 }, 1);

  assert.deepEqual([merged.loose, merged.untimed], [0, 0]);
});

Deno.test("toldInputs() counts a typed command once, whichever of its lines comes first", () => {
  const ids = { prompt_id: "p-1" as SafeText };
  const prompt = told(makeEvent("user_prompt", { id: "a" }, { ...ids, slash: true }));
  const command = told(makeEvent("slash_command", { id: "b" }, ids));
  const [[key, typed]] = prompt;
  const twin = command.find(([other]) => other === key)![1];

  for (const pair of [[typed, twin], [twin, typed]] as const) {
    assert.equal(mergeInputs(pair[0], pair[1], 1).kind, UNCOUNTED);
  }
  assert.equal(command[0]![1].kind, EVENT_TYPES.indexOf("slash_command"));
});

Deno.test("toldInputs() lets a prompt without a slash be, though a command has its id", () => {
  const ids = { prompt_id: "p-1" as SafeText };
  const [[key]] = told(makeEvent("user_prompt", { id: "a" }, ids));
  const command = told(makeEvent("slash_command", { id: "b" }, ids));

  assert.ok(!command.some(([other]) => other === key));
});

function told(event: Parameters<typeof toldInputs>[0]) {
  return toldInputs(event, 1) as [[number, InputFact], ...[number, InputFact][]];
}
