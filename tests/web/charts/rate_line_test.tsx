/** Tests of `web/charts/rate_line.tsx`. */

import assert from "node:assert/strict";
import { wilsonRate } from "../../../core/reports/rates.ts";
import { RateLine } from "../../../web/charts/rate_line.tsx";

Deno.test("RateLine() has a point and an interval for each rate, and none without cases", () => {
  const rates = [wilsonRate(1, 2), null, wilsonRate(4, 4)];
  const html = String(
    <RateLine label="Accepted" steps={["1 Jan", "2 Jan", "3 Jan"]} rates={rates} />,
  );

  assert.match(html, /<path class="line" d="M120 70L600 4"/);
  assert.match(html, /<path class="dots" d="M120 70h.01M600 4h.01"/);
  const [, band] = /<path class="band" d="([^"]*)"/.exec(html)!;
  assert.equal(band!.match(/M/g)?.length, 2);
  assert.match(html, /aria-label="Accepted"/);
});

Deno.test("RateLine() draws a single step", () => {
  const html = String(<RateLine label="Accepted" steps={["1 Jan"]} rates={[wilsonRate(1, 1)]} />);

  assert.equal(html.match(/<span>1 Jan<\/span>/g)?.length, 1);
  assert.doesNotMatch(html, /NaN|undefined/);
});
