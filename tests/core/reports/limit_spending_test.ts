/** Tests of `core/reports/limit_spending.ts`. */

import assert from "node:assert/strict";
import { readPerPercent } from "../../../core/reports/limit_spending.ts";
import { makePrompt, makeResponse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const MINUTE = 60_000;

function points(...used: number[]) {
  return used.map((one, i) => ({ at: NOON + i * MINUTE, used: one }));
}

function answers(...inputs: number[]) {
  const at = (i: number) => NOON + (i + 0.5) * MINUTE;
  return [
    makePrompt({ id: "p", at: NOON }),
    ...inputs.flatMap((input, i) =>
      input === 0 ? [] : [makeResponse({ id: `m${i}`, at: at(i), input, output: 0 })]
    ),
  ];
}

Deno.test("readPerPercent() leaves out steps in which nothing was answered here", async () => {
  await using home = await filledHome(answers(200, 0, 400, 200));
  const { tokens_per_percent: tokens } = readPerPercent(
    home.db,
    "claude_code",
    [points(0.1, 0.12, 0.3, 0.34, 0.36)],
  );

  // 800 for 2, 4 and 2 percent; what went without an answer, 18 percent, was used elsewhere.
  assert.deepEqual(tokens, { value: 100, low: 100, high: 100, n: 3 });
});

Deno.test("readPerPercent() waits for a percent, and is silent of fewer than five", async () => {
  await using home = await filledHome(answers(50, 50, 50, 50, 100, 100));
  const of = (...used: number[]) =>
    readPerPercent(home.db, "claude_code", [points(...used)]).tokens_per_percent;

  assert.equal(of(0.1, 0.102, 0.109, 0.11, 0.12)?.n, undefined);
  assert.deepEqual(of(0.1, 0.105, 0.11, 0.115, 0.12, 0.13, 0.15)?.n, 4);
});

Deno.test("readPerPercent() counts a platform's own answers, and windows one by one", async () => {
  await using home = await filledHome([
    ...answers(500),
    makeResponse({ id: "c", at: NOON + 1, input: 9, platform: "cursor", session: "c1" }),
  ]);
  const window = points(0.1, 0.15);

  assert.deepEqual(
    readPerPercent(home.db, "claude_code", [window, window]).tokens_per_percent,
    { value: 100, low: 100, high: 100, n: 2 },
  );
  assert.equal(readPerPercent(home.db, "claude_code", []).tokens_per_percent, null);
});
