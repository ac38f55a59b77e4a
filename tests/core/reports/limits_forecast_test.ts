/** Tests of `core/reports/limits_forecast.ts`, against numbers reckoned by hand. */

import assert from "node:assert/strict";
import { forecastLimit, meanOf } from "../../../core/reports/limits_forecast.ts";

const HOUR = 3_600_000;

function points(...used: number[]) {
  return used.map((one, i) => ({ at: i * HOUR, used: one }));
}

Deno.test("forecastLimit() goes on along the line, exactly where nothing strays from it", () => {
  // Ten percent an hour: at 0.3 after three hours, so 0.5 after five.
  assert.deepEqual(forecastLimit(points(0, 0.1, 0.2, 0.3), 5 * HOUR, 5 * HOUR), {
    at_reset: { value: 0.5, low: 0.5, high: 0.5, n: 4 },
    full_at: null,
    full_at_earliest: null,
  });
  const full = forecastLimit(points(0, 0.25, 0.5, 0.75), 5 * HOUR, 5 * HOUR);
  assert.deepEqual([full?.at_reset.value, full?.full_at], [1.25, 4 * HOUR]);
});

Deno.test("forecastLimit() is less sure of what strays", () => {
  // The line: slope 0.1 an hour; residuals 0.01, −0.03, 0.03, −0.01: s² = 0.002 ÷ 2, Sxx = 5 h²,
  // so the slope's error is √(0.001 ÷ 5) and t with 2 degrees is 4.3027: ± 0.06085 an hour.
  const { at_reset } = forecastLimit(points(0.01, 0.07, 0.23, 0.29), 5 * HOUR, 5 * HOUR)!;

  assert.equal(at_reset.value, 0.49);
  assert.ok(Math.abs(at_reset.high! - (0.49 + 2 * 0.06085)) < 1e-4, String(at_reset.high));
  assert.ok(Math.abs(at_reset.low! - (0.49 - 2 * 0.06085)) < 1e-4, String(at_reset.low));
});

Deno.test("forecastLimit() never foretells that something is given back", () => {
  const { at_reset, full_at } = forecastLimit(points(0.5, 0.4, 0.45, 0.4), 5 * HOUR, 5 * HOUR)!;

  assert.deepEqual([at_reset.value, at_reset.low, full_at], [0.4, 0.4, null]);
});

Deno.test("forecastLimit() says nothing of too little, or of what has ended", () => {
  assert.equal(forecastLimit(points(0, 0.1, 0.2), 5 * HOUR, 5 * HOUR), null);
  assert.equal(forecastLimit([], 5 * HOUR, 5 * HOUR), null);
  assert.equal(forecastLimit(points(0, 0.1, 0.2, 0.3), 3 * HOUR, 5 * HOUR), null);
  const short = points(0, 0.1, 0.2, 0.3).map(({ at, used }) => ({ at: at / 1000, used }));
  assert.equal(forecastLimit(short, 5 * HOUR, 5 * HOUR), null);
});

Deno.test("meanOf() has an interval by Student's t from two observations on", () => {
  assert.equal(meanOf([]), null);
  assert.deepEqual(meanOf([7]), { value: 7, low: null, high: null, n: 1 });
  // Mean 4, s² = 1, t with 4 degrees is 2.7764: ± 2.7764 × √(2.5 ÷ 5).
  const { value, low, high } = meanOf([2, 3, 4, 5, 6])!;
  assert.equal(value, 4);
  assert.ok(Math.abs(high! - (4 + 2.7764 * Math.sqrt(0.5))) < 0.01, String(high));
  assert.ok(Math.abs(low! - (4 - 2.7764 * Math.sqrt(0.5))) < 0.01, String(low));
});
