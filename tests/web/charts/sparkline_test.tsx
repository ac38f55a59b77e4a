/** Tests of `web/charts/sparkline.tsx`. */

import assert from "node:assert/strict";
import { Sparkline } from "../../../web/charts/sparkline.tsx";

Deno.test("Sparkline() goes from left to right, the most at the top", () => {
  assert.match(render([0, 10, 5]), /<path d="M0 22L48 2L96 12"/);
});

Deno.test("Sparkline() goes from what is known to what is known next", () => {
  assert.match(render([null, 1, 1, null, 1]), /d="M24 2L48 2L96 2"/);
});

Deno.test("Sparkline() is not drawn of less than two numbers", () => {
  assert.deepEqual([[], [3], [null, 3, null]].map(render), ["", "", ""]);
});

Deno.test("Sparkline() is a line at the bottom, when all is nothing", () => {
  assert.match(render([0, 0]), /d="M0 22L96 22"/);
});

function render(values: readonly (number | null)[]): string {
  return String(<>{Sparkline({ values })}</>);
}
