/** Tests of `pipeline/derive/usage/prompt_usage.ts`. */

import assert from "node:assert/strict";
import { watchOperations, watchPrompts } from "../../../../pipeline/derive/usage/prompt_usage.ts";
import { NOON } from "../../../helpers/events.ts";
import { call, input, response, shownTo } from "./shown.ts";

Deno.test("watchPrompts() puts prompts into bands, and leaves out what has no size", () => {
  const sized = (words: number) => input("user_prompt", { words, characters: 5 * words });
  const { counts } = shownTo(watchPrompts, [
    ...[19, 20, 100, 101].map(sized),
    input("queued_prompt"),
    input("slash_command", { words: 1, characters: 5 }),
  ]);

  assert.deepEqual(counts, {
    prompts: 5,
    prompts_measured: 4,
    prompt_words: 240,
    prompt_characters: 1200,
    prompts_short: 1,
    prompts_middling: 2,
    prompts_long: 1,
    prompt_gaps_over_30s: 4,
  });
});

Deno.test("watchPrompts() tells gaps between what is timed", () => {
  const at = (seconds: number, timed = true) =>
    input("user_prompt", { at: NOON + 1000 * seconds, timed });
  const { counts } = shownTo(watchPrompts, [at(0), at(9), at(20, false), at(39), at(70)]);

  assert.deepEqual(counts, {
    prompts: 5,
    prompt_gaps_under_10s: 1,
    prompt_gaps_under_30s: 1,
    prompt_gaps_over_30s: 1,
  });
});

Deno.test("watchOperations() counts what is typed, responses and calls", () => {
  const { counts, session } = shownTo(watchOperations, [
    input("user_prompt"),
    input("bash_input"),
    input("interruption"),
    response({ side: true }),
    call("Bash", { outcome: null }),
  ]);

  assert.deepEqual(counts, { operations: 4, operations_a_minute: 1 });
  assert.deepEqual(session, { operations: 4 });
});
