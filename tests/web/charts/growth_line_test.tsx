/** Tests of `web/charts/growth_line.tsx`. */

import assert from "node:assert/strict";
import type { Interval } from "../../../web/charts/folded_time.ts";
import { GrowthLine } from "../../../web/charts/growth_line.tsx";

const MINUTE_MS = 60_000;

Deno.test("GrowthLine() begins with nothing and ends at the top", () => {
  const html = render([0, 5, 10]);

  assert.match(html, /<path class="line" d="M0 120L240 120L480 60L720 0"/);
  assert.match(html, /role="img" aria-label="Cost so far"/);
  assert.match(
    html,
    /class="top">\$10<\/span><span>\$5<\/span><span>\$0<.*<span>09:00<\/span><span>10:00<\/span>/,
  );
});

Deno.test("GrowthLine() stays at the bottom, when nothing grew", () => {
  assert.match(render([0, 0]), /d="M0 120L360 120L720 120"/);
  assert.doesNotMatch(render([]), /NaN/);
});

Deno.test("GrowthLine() folds pauses as the timeline does", () => {
  const busy = [[0, MINUTE_MS], [61 * MINUTE_MS, 62 * MINUTE_MS]] as const;

  const html = render([0, 5, 10], busy, 62 * MINUTE_MS);

  // The hour between takes a fiftieth of the width.
  assert.match(html, /<path class="fold" d="M352.8 0h14.4v120h-14.4z"/);
  assert.match(html, /<path class="line" d="M0 120L357.5 120L362.5 60L720 0"/);
});

function render(
  values: readonly number[],
  busy: readonly Interval[] = [],
  length = MINUTE_MS,
): string {
  const points = values.map((value, i) => ({ at: (i + 1) / values.length * length, value }));
  return String(
    <GrowthLine
      label="Cost so far"
      points={points}
      stretch={[0, length]}
      busy={busy}
      ends={["09:00", "10:00"]}
      format={(usd) => `$${usd}`}
    />,
  );
}
