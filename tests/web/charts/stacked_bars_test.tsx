/** Tests of `web/charts/stacked_bars.tsx`. */

import assert from "node:assert/strict";
import { StackedBars } from "../../../web/charts/stacked_bars.tsx";

const STEPS = ["1 Mar", "2 Mar", "3 Mar", "4 Mar"];
const SERIES = [
  { name: "low", values: [4, 0, null, 2] },
  { name: "high", values: [4, 6, null, 0] },
];

Deno.test("StackedBars() lays one series upon the other", () => {
  const html = render(SERIES);

  // Of 160 in height, 8 is the top.
  assert.match(html, /<path class="s1" d="M64.2 160v-80h51.6v80zM604.2 160v-40h51.6v40z"/);
  assert.match(html, /<path class="s2" d="M64.2 80v-80h51.6v80zM244.2 160v-120h51.6v120z"/);
});

Deno.test("StackedBars() tells what each bar holds, the highest part first", () => {
  const html = render(SERIES);

  assert.deepEqual(
    [...html.matchAll(/<title>([^<]*)</g)].map(([, text]) => text),
    ["1 Mar: high $4, low $4", "2 Mar: high $6", "4 Mar: low $2"],
  );
});

Deno.test("StackedBars() tells a value in other words, where it has some", () => {
  const html = render([{ name: "low", values: [4, 0, null, 2], texts: ["≥$4", "", "", "$2"] }]);

  assert.match(html, /<title>1 Mar: low ≥\$4</);
});

Deno.test("StackedBars() says what it shows, and names its top and some steps", () => {
  const html = render(SERIES);

  assert.match(html, /role="img" aria-label="Cost by day"/);
  assert.match(html, /<span class="top">\$8<\/span><span>\$4<\/span><span>\$0</);
  const [, axis] = html.split('<div class="axis');
  assert.deepEqual(
    [...axis!.matchAll(/<span>([^<]*)</g)].map(([, text]) => text),
    ["1 Mar", "4 Mar"],
  );
});

Deno.test("StackedBars() stays within its frame, whatever the number of steps", () => {
  const steps = Array.from({ length: 90 }, (_, i) => `t${i}`);
  const html = render([{ name: "one", values: steps.map((_, i) => i) }], steps);

  const ends = [...html.matchAll(/M([\d.]+) [\d.]+v-[\d.]+h([\d.]+)/g)]
    .map(([, x, width]) => Number(x) + Number(width));
  assert.ok(ends.length > 80 && ends.every((end) => end <= 720));
});

Deno.test("StackedBars() draws nothing and divides by nothing, when all is zero", () => {
  const html = render([{ name: "one", values: [0, 0, 0, 0] }]);

  assert.doesNotMatch(html, /NaN|class="s1"|<title>/);
});

function render(
  series: Parameters<typeof StackedBars>[0]["series"],
  steps: readonly string[] = STEPS,
): string {
  const format = (value: number) => `$${value}`;
  return String(
    <StackedBars label="Cost by day" steps={steps} series={series} format={format} />,
  );
}
