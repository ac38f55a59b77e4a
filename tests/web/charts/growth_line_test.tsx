/** Tests of `web/charts/growth_line.tsx`. */

import assert from "node:assert/strict";
import { GrowthLine } from "../../../web/charts/growth_line.tsx";

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

function render(values: readonly number[]): string {
  const ends = ["09:00", "10:00"] as const;
  return String(
    <GrowthLine label="Cost so far" values={values} ends={ends} format={(usd) => `$${usd}`} />,
  );
}
