/** Tests of `core/reports/outcome_cost.ts`: what is known of what the cost went to. */

import assert from "node:assert/strict";
import { noShares, outcomeCostOf, type Shares } from "../../../core/reports/outcome_cost.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { keptNowhere, makeResponse, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

const KNOWN = { cost_usd: 0.0021, searches: 0, areTokensKnown: true };

Deno.test("outcomeCostOf() tells each part, and what was wasted of the whole", () => {
  const told = outcomeCostOf(
    shares({
      cost_edits_accepted: 1000,
      cost_edits_rejected: 100,
      cost_refused_by_person: 200,
      cost_refused_by_rule: 400,
      cost_calls_failed: 300,
      cost_edits_undone: 50,
      cost_talk: 50,
      lines_accepted: 10,
      lines_auto: 11,
    }),
    KNOWN,
  );

  assert.equal(told.cost_rejected_usd, 0.0003);
  assert.equal(told.cost_failed_usd, 0.0003);
  assert.equal(told.cost_undone_usd, 0.00005);
  assert.equal(told.wasted_cost_share, 0.309524);
  assert.equal(told.cost_per_accepted_line_usd, 0.00021);
  assert.equal(told.cost_per_kept_line_usd, 0.0001);
  assert.deepEqual([told.priced_lines_accepted, told.priced_lines_kept], [10, 21]);
});

Deno.test("outcomeCostOf() has searches beside a response as a part of their own", () => {
  const told = outcomeCostOf(shares({ cost_talk: 100 }), { ...KNOWN, searches: 2 });

  assert.deepEqual(told.cost_by_outcome_usd, { talk: 0.0001, web_searches: 0.02 });
});

Deno.test("outcomeCostOf() holds lines and waste against one whole, searches in it", () => {
  const told = outcomeCostOf(
    shares({ cost_edits_accepted: 15_000, cost_calls_failed: 5000, lines_accepted: 10 }),
    { cost_usd: 0.04, searches: 2, areTokensKnown: true },
  );

  assert.equal(told.wasted_cost_share, 0.125);
  assert.equal(told.cost_per_accepted_line_usd, 0.004);
  assert.equal(told.cost_per_kept_line_usd, 0.004);
});

Deno.test("outcomeCostOf() knows no part, when no call of it names its response", () => {
  const told = outcomeCostOf(shares({ cost_unlinked: 500 }), KNOWN);

  assert.deepEqual(told.cost_by_outcome_usd, { unlinked: 0.0005 });
  assert.deepEqual(
    [told.cost_rejected_usd, told.wasted_cost_share, told.failed_tokens, told.priced_lines_kept],
    [null, null, null, null],
  );
});

Deno.test("outcomeCostOf() leaves what is not linked out of shares and lines", () => {
  const told = outcomeCostOf(
    shares({ cost_unlinked: 500, cost_edits_accepted: 300, cost_calls_failed: 100 }),
    KNOWN,
  );

  assert.equal(told.wasted_cost_share, 0.25);
  assert.equal(told.cost_per_accepted_line_usd, null);
});

Deno.test("outcomeCostOf() is null for all, when no cost and no tokens are known", () => {
  const unknown = { cost_usd: null, searches: 0, areTokensKnown: false };

  for (const told of [outcomeCostOf(noShares(), unknown), outcomeCostOf(null, KNOWN)]) {
    assert.deepEqual(new Set(Object.values(told)), new Set([null]));
  }
});

Deno.test("readShares() tells null, never 0, of an assistant that keeps no tokens", async () => {
  await using home = await filledHome([
    keptNowhere(),
    makeToolUse({ id: "u", use: "u", platform: "cursor", message: "untold" }),
  ]);
  const period = { from: undefined, to: NOON + 7_200_000 };

  const { totals } = reportMetrics(home.db, { period, now: home.clock.now() });

  assert.equal(totals.tool_uses, 1);
  assert.deepEqual([totals.cost_rejected_usd, totals.cost_by_outcome_usd], [null, null]);
  assert.equal(totals.failed_tokens, null);
});

Deno.test("readShares() follows the part of a period in which the response stands", async () => {
  const at = NOON - 20 * 60_000;
  await using home = await filledHome([
    makeResponse({ id: "m", at, output: 2, calls: 1 }),
    makeToolUse({ id: "u", use: "u", at: NOON, message: "m" }),
  ]);
  const ask = (from: number, to: number) =>
    reportMetrics(home.db, { period: { from, to }, now: home.clock.now() }).totals;

  const before = ask(at, at + 60_000), after = ask(NOON, NOON + 60_000);

  assert.deepEqual([before.cost_usd, before.cost_by_outcome_usd, before.tool_uses], [
    0.00005,
    { unfinished: 0.00005 },
    0,
  ]);
  assert.deepEqual([after.cost_usd, after.cost_by_outcome_usd, after.tool_uses], [0, {}, 1]);
});

function shares(told: Partial<Shares>): Shares {
  return { ...noShares(), ...told };
}
