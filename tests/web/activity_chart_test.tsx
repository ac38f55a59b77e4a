/** Tests of `web/activity_chart.tsx`: bars and a table with the same numbers. */

import assert from "node:assert/strict";
import type { MetricsGroup } from "../../core/reports/groups.ts";
import { ratesOf, totalsOf } from "../../core/reports/totals.ts";
import { inputCounts } from "../../core/reports/sums.ts";
import { MODEL_COUNTS } from "../../core/session_counts.ts";
import { ActivityChart } from "../../web/activity_chart.tsx";

Deno.test("ActivityChart() draws a bar for each group, as high as its output", () => {
  const html = render([["2026-03-01T10", 50], ["2026-03-01T11", 100], ["2026-03-01T12", 0]]);

  assert.deepEqual(barsOf(html).map(({ height }) => height), [60, 120, 1]);
  assert.deepEqual(barsOf(html).map(({ y }) => y), [60, 0, 119]);
});

Deno.test("ActivityChart() has the numbers of its bars as a table and as titles", () => {
  const html = render([["2026-03-01", 12_345], ["2026-03-02", 7]]);

  assert.match(html, /<title>2026-03-01: 12.3k<\/title>/);
  assert.match(html, /<td>2026-03-01<\/td><td class="number">12.3k<\/td>/);
  assert.match(html, /<td>2026-03-02<\/td><td class="number">7<\/td>/);
});

Deno.test("ActivityChart() says what it shows to those who do not see it", () => {
  const html = render([["2026-03-01", 5], ["2026-03-04", 9]]);

  assert.match(
    html,
    /role="img" aria-label="Output tokens from 2026-03-01 to 2026-03-04, peak 9"/,
  );
});

Deno.test("ActivityChart() marks what is a lower bound, and so its peak", () => {
  const open = groupOf("2026-03-02", 12, { messages: 1, messages_without_stop_reason: 1 });

  const html = String(<ActivityChart groups={[groupOf("2026-03-01", 5), open]} />);

  assert.match(html, /<td>2026-03-01<\/td><td class="number">5<\/td>/);
  assert.match(html, /<td>2026-03-02<\/td><td class="number">≥12<\/td>/);
  assert.match(html, /<span>peak ≥12<\/span>/);
});

Deno.test("ActivityChart() says so, when no output is known", () => {
  const group = groupOf("2026-03-01", 5);
  const totals = { ...group.totals, tokens: { ...group.totals.tokens, output: null } };

  const html = String(<ActivityChart groups={[{ ...group, totals }]} />);

  assert.match(html, /<td>2026-03-01<\/td><td class="number">–<\/td>/);
  assert.match(html, /<span>no output is known<\/span>/);
});

Deno.test("ActivityChart() says that there is nothing, when there are no groups", () => {
  assert.equal(render([]), `<p class="empty">Nothing in this period.</p>`);
});

Deno.test("ActivityChart() keeps the latest ninety, within its width", () => {
  const html = render(
    Array.from({ length: 200 }, (_, i) => [`t${String(i).padStart(3, "0")}`, i]),
  );
  const bars = barsOf(html);

  assert.equal(bars.length, 90);
  assert.match(html, /from t110 to t199/);
  assert.ok(bars.every(({ x, width }) => x >= 0 && width >= 1 && x + width <= 720));
});

Deno.test("ActivityChart() draws flat bars, when nothing was written", () => {
  const html = render([["2026-03-01", 0], ["2026-03-02", 0]]);

  assert.deepEqual(barsOf(html).map(({ height }) => height), [1, 1]);
  assert.doesNotMatch(html, /NaN/);
});

function render(groups: readonly (readonly [string, number])[]): string {
  return String(<ActivityChart groups={groups.map(([key, output]) => groupOf(key, output))} />);
}

function groupOf(
  key: string,
  output: number,
  more: Partial<Record<typeof MODEL_COUNTS[number], number>> = {},
): MetricsGroup {
  const none = Object.fromEntries(MODEL_COUNTS.map((name) => [name, 0]));
  const models = new Map([[
    "m",
    { ...none, output, ...more } as Record<typeof MODEL_COUNTS[number], number>,
  ]]);
  const totals = totalsOf({
    models,
    untold: null,
    estimatedMicros: null,
    hunks: null,
    shares: null,
    tools: new Map(),
    inputs: inputCounts([]),
    errors: null,
    activity: null,
    agents: null,
    sessions: 0,
  });
  return { key, totals, rates: ratesOf(totals) } as MetricsGroup;
}

function barsOf(html: string): { x: number; y: number; width: number; height: number }[] {
  return [...html.matchAll(/<rect ([^>]*)>/g)].map(([, attributes]) => {
    const read = (name: string) =>
      Number(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes!)![1]);
    return { x: read("x"), y: read("y"), width: read("width"), height: read("height") };
  });
}
