/** Tests of `web/parts/share_bars.tsx`. */

import assert from "node:assert/strict";
import { ShareBars, type ShareRow } from "../../../web/parts/share_bars.tsx";

Deno.test("ShareBars() draws a bar as long as its share, and its interval", () => {
  const html = render([{ name: "Edit", share: 0.25, low: 0.2, high: 0.31, cells: ["25 %"] }]);

  assert.match(html, /<th scope="row">Edit<\/th>/);
  assert.match(html, /<rect class="s1" width="25" height="10"/);
  assert.match(html, /<path class="interval" d="M20 5H31"/);
  assert.match(html, /<td class="number">25 %<\/td>/);
});

Deno.test("ShareBars() draws no bar of what is not known, and no interval of nothing", () => {
  const html = render([{ name: "Edit", share: null, cells: ["–"] }]);

  assert.doesNotMatch(html, /class="s1"|interval|NaN/);
});

Deno.test("ShareBars() gives each row the colour of its place, when it is told to", () => {
  const rows = ["a", "b"].map((name) => ({ name, share: 0.5, cells: [] }));

  assert.match(
    String(<ShareBars caption="x" columns={["Name"]} rows={rows} isColoured />),
    /class="s1".*class="s2"/,
  );
});

Deno.test("ShareBars() says that there is nothing", () => {
  assert.equal(render([]), '<p class="empty">Nothing in this period.</p>');
});

function render(rows: readonly ShareRow[]): string {
  return String(<ShareBars caption="Tools" columns={["Tool", "Share"]} rows={rows} />);
}
