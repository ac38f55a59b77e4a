/** Tests of `web/parts/card.tsx`. */

import assert from "node:assert/strict";
import { Card, type CardProps } from "../../../web/parts/card.tsx";

Deno.test("Card() takes its title, its unit and what it means from the catalogue", () => {
  const html = render({ metric: "cost_usd", value: 12.5 });

  assert.match(html, /<div class="card" title="What the responses cost[^"]*"><dt>Cost<\/dt>/);
  assert.match(html, /data-metric="cost_usd" data-unit="usd" data-prefix="">\$12.50</);
});

Deno.test("Card() says by how much a number grew or fell, and whether that is good", () => {
  const change = (more: Partial<CardProps>) =>
    /<small class="([\w ]+)">([^<]*)</.exec(render({ metric: "error_rate", value: 0.1, ...more }))
      ?.slice(1);

  assert.deepEqual(change({ change: 0.02, better: "less" }), ["change bad", "▲ 2.0 pt"]);
  assert.deepEqual(change({ change: -0.02, better: "less" }), ["change good", "▼ 2.0 pt"]);
  assert.deepEqual(change({ change: 0.02, better: "more" }), ["change good", "▲ 2.0 pt"]);
  assert.deepEqual(change({ change: 0.02 }), ["change", "▲ 2.0 pt"]);
  assert.deepEqual(change({ change: 0.0001, better: "more" }), ["change", "no change"]);
  assert.equal(change({ change: null }), undefined);
});

Deno.test("Card() shows a dash, when the number is not known, and no course of nothing", () => {
  const html = render({ metric: "cache_hit_rate", value: null, course: [null, null] });

  assert.match(html, />–<\/span><\/dd>/);
});

Deno.test("Card() marks a lower bound, and draws the course", () => {
  const html = render({ metric: "sessions", value: 3, isLowerBound: true, course: [1, 2] });

  assert.match(html, /data-prefix="≥">≥3</);
  assert.match(html, /<svg class="sparkline"/);
});

function render(props: CardProps): string {
  return String(<Card {...props} />);
}
