/** Tests of `core/reports/status_numbers.ts`: the same numbers as every other report's. */

import assert from "node:assert/strict";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { readKeptStatus, readStatusNumbers } from "../../../core/reports/status_numbers.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { filledHome, knownEvents } from "../../helpers/filled_home.ts";

const HOUR_MS = 3_600_000;
const QUERY = {
  platform: "claude_code",
  sessionId: "alpha",
  midnight: NOON - 12 * HOUR_MS,
  now: NOON + HOUR_MS,
};

Deno.test("readStatusNumbers() has the numbers of the report of the day and session", async () => {
  await using home = await filledHome();
  const { midnight, now } = QUERY;

  const numbers = readStatusNumbers(home.db, QUERY);

  const day = reportMetrics(home.db, { period: { from: midnight, to: now }, now });
  const period = { from: undefined, to: now + 1 };
  const session = reportMetrics(home.db, { period, now, session: "alpha" });
  assert.ok(day.totals.cost_usd! > session.totals.cost_usd!);
  assert.equal(numbers.today.cost_usd, day.totals.cost_usd);
  assert.equal(numbers.session?.cost_usd, session.totals.cost_usd);
  assert.equal(numbers.session?.cost_is_lower_bound, true);
  assert.ok(numbers.acceptance);
  assert.deepEqual(numbers.acceptance, day.rates.acceptance);
});

Deno.test("readStatusNumbers() does not know a session without a response", async () => {
  await using home = await filledHome();

  for (const sessionId of [undefined, "nobody", "notes"]) {
    assert.equal(readStatusNumbers(home.db, { ...QUERY, sessionId }).session, null);
  }
});

Deno.test("readKeptStatus() tells what was kept last of a session", async () => {
  const state = (at: number, tokens: number) =>
    makeEvent("status_seen", { id: `s${at}`, at, session: "alpha" }, { context_tokens: tokens });
  await using home = await filledHome([...knownEvents(), state(NOON, 9), state(NOON + 5, 3)]);

  assert.deepEqual(readKeptStatus(home.db, "claude_code", "alpha"), {
    at: NOON + 5,
    gauges: { context_tokens: 3 },
  });
  assert.equal(readKeptStatus(home.db, "claude_code", "beta"), undefined);
  assert.equal(readKeptStatus(home.db, "cursor", "alpha"), undefined);
});
