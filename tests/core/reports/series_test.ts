/** Tests of numbers over time. */

import { deepEqual } from "node:assert/strict";
import { readSeries } from "../../../core/reports/series.ts";
import { makePrompt, makeResponse, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome, OPUS } from "../../helpers/filled_home.ts";

const DAY_MS = 86_400_000;

Deno.test("readSeries() puts what happened into buckets of its tier", async () => {
  const at = (seconds: number) => ({ session: "s", at: NOON + seconds * 1000 });
  await using home = await filledHome([
    makePrompt({ id: "1", ...at(0) }),
    makeResponse({ id: "2", message: "m1", model: OPUS, output: 7, ...at(59) }),
    makeResponse({ id: "3", message: "m2", model: OPUS, output: 5, ...at(60) }),
    makeToolUse({ id: "4", use: "u1", ...at(60) }),
    makePrompt({ id: "5", ...at(-301) }),
  ]);
  const of = (tier: 60 | 300) => {
    const series = readSeries(home.db, { tier, now: home.clock.now(), filter: {} });
    const { user_prompts, tokens_output, tool_uses, assistant_messages } = series;
    return { user_prompts, tokens_output, tool_uses, assistant_messages };
  };

  deepEqual(of(60), {
    user_prompts: [[NOON - 360_000, 1], [NOON, 1]],
    tokens_output: [[NOON, 7], [NOON + 60_000, 5]],
    tool_uses: [[NOON + 60_000, 1]],
    assistant_messages: [[NOON, 1], [NOON + 60_000, 1]],
  });
  deepEqual(of(300), {
    user_prompts: [[NOON - 600_000, 1], [NOON, 1]],
    tokens_output: [[NOON, 12]],
    tool_uses: [[NOON, 1]],
    assistant_messages: [[NOON, 2]],
  });
});

Deno.test("readSeries() goes back as far as its tier does, and no further", async () => {
  const ago = (days: number) => NOON + 3_600_000 - days * DAY_MS;
  await using home = await filledHome(
    [0.5, 2, 6, 8, 29, 31].map((days, i) =>
      makePrompt({ id: `p${i}`, session: `s${i}`, at: ago(days) })
    ),
  );
  const counts = ([60, 300, 900] as const).map((tier) =>
    readSeries(home.db, { tier, now: home.clock.now(), filter: {} }).user_prompts.length
  );
  deepEqual(counts, [1, 3, 5]);
});
