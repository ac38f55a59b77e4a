/** Tests of `web/charts/fan_line.tsx`. */

import assert from "node:assert/strict";
import { FanLine } from "../../../web/charts/fan_line.tsx";

const PLACE = { label: "Used", from: 0, to: 100, ends: ["a", "b"] as const };
const SEEN = [{ at: 0, used: 0 }, { at: 50, used: 0.5 }];

Deno.test("FanLine() has the steps that were seen, and the fan behind them", () => {
  const course = [
    { at: 50, used: 0.5, low: 0.5, high: 0.5 },
    { at: 100, used: 0.75, low: 0.5, high: 1.5 },
  ];
  const html = String(<FanLine {...PLACE} seen={SEEN} course={course} />);

  assert.match(html, /<path class="line" d="M0 136H360V70"/);
  assert.match(html, /<path class="course" d="M360 70L720 37"/);
  // What is more than all is cut off.
  assert.match(html, /<path class="area" d="M360 70L720 4L720 70L360 70z"/);
  assert.match(html, /aria-label="Used"/);
});

Deno.test("FanLine() has no fan where nothing is foretold", () => {
  const html = String(<FanLine {...PLACE} seen={SEEN} course={[]} />);

  assert.doesNotMatch(html, /class="area"|NaN|undefined/);
});
