/** Tests of `cli/status_text.ts`: what a status line says in the room that it has. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { statusText, type StatusView } from "../../cli/status_text.ts";
import { type Paint, visibleWidth } from "../../cli/table.ts";
import type { SafeText } from "../../core/privacy.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { NOON } from "../helpers/events.ts";

function plain(text: string): string {
  return text;
}
const PLAIN: Paint = { dim: plain, bold: plain, green: plain, red: plain, yellow: plain };
const NAMED: Paint = {
  ...PLAIN,
  green: (text) => `\x1b[32m${text}\x1b[39m`,
  yellow: (text) => `\x1b[33m${text}\x1b[39m`,
  red: (text) => `\x1b[31m${text}\x1b[39m`,
};
const COST = { cost_is_lower_bound: false, cost_coverage: 1 };
const FULL: StatusView = {
  now: NOON,
  status: {
    sessionId: "s1" as SafeText,
    model: "claude-opus-5-5" as SafeText,
    version: undefined,
    costUsd: 1.23,
    linesAdded: 1,
    linesRemoved: 1,
    contextTokens: 84_000,
    contextLimit: 200_000,
    contextUsed: 0.42,
    limits: [
      { name: "five_hour", used: 0.235, resetsAt: NOON + 7_500_000 },
      { name: "seven_day", used: 0.95, resetsAt: undefined },
    ],
  },
  numbers: {
    session: { ...COST, cost_usd: 1.3 },
    today: { ...COST, cost_usd: 4.56, cost_is_lower_bound: true },
    acceptance: { value: 0.87, n: 23, low: 0.7, high: 0.95 },
  },
};

Deno.test("statusText() tells everything where there is room", () => {
  assert.equal(
    statusText(FULL, 200, PLAIN),
    "claude-opus-5-5 · session $1.23 ($1.30 counted) · today ≥$4.56 · context 42% · " +
      "accepted 87% of 23 · 5h 24% (2 h 05 min left) · 7d 95%",
  );
});

Deno.test("statusText() leaves out the limit of a window that is over", () => {
  const over = { ...FULL, now: NOON + 7_500_000 };

  assert.match(statusText(FULL, 200, PLAIN), /5h 24%/);
  assert.match(statusText(over, 200, PLAIN), /accepted 87% of 23 · 7d 95%$/);
});

Deno.test("statusText() says less, then fewer things, where there is little room", () => {
  assert.equal(
    statusText(FULL, 125, PLAIN),
    "claude-opus-5-5 · session $1.23 ($1.30 counted) · today ≥$4.56 · context 42% · acc 87% · " +
      "5h 24% (2 h 05 min left) · 7d 95%",
  );
  assert.equal(
    statusText(FULL, 60, PLAIN),
    "$1.23 · today ≥$4.56 · ctx 42% · acc 87% · 5h 24% · 7d 95%",
  );
  assert.equal(statusText(FULL, 50, PLAIN), "$1.23 · today ≥$4.56 · ctx 42% · 5h 24% · 7d 95%");
  assert.equal(statusText(FULL, 18, PLAIN), "$1.23 · ctx 42%");
  assert.equal(statusText(FULL, 4, PLAIN), "$1.…");
});

Deno.test("statusText() is never wider than the room", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), fc.boolean(), (columns, colour) => {
      const text = statusText(FULL, columns, colour ? NAMED : PLAIN);
      assert.ok(visibleWidth(text) <= columns && text !== "");
    }),
    fcRuns(),
  );
});

Deno.test("statusText() warns by colour of what is used up", () => {
  const text = statusText(FULL, 200, NAMED);

  assert.ok(text.includes("context \x1b[32m42%"));
  assert.ok(text.includes("7d \x1b[31m95%"));
});

Deno.test("statusText() leaves out what is not known, and says nothing twice", () => {
  const { status, numbers } = FULL;
  const same = { ...numbers!, session: { ...COST, cost_usd: 1.232 }, acceptance: null };
  const bare = { ...status!, model: undefined, contextUsed: undefined, limits: [] };

  assert.equal(
    statusText({ now: NOON, status: bare, numbers: same }, 200, PLAIN),
    "session $1.23 · today ≥$4.56",
  );
  assert.equal(statusText({ now: NOON, status: undefined, numbers: undefined }, 80, PLAIN), "");
});

Deno.test("statusText() marks costs of tokens that have no price", () => {
  const cost = { ...COST, cost_usd: 0.09, cost_coverage: 0.091 };
  const numbers = { session: cost, today: cost, acceptance: null };

  assert.equal(
    statusText({ now: NOON, status: undefined, numbers }, 80, PLAIN),
    "session ≥$0.09 · today ≥$0.09",
  );
});
