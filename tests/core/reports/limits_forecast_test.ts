/** Tests of `core/reports/limits_forecast.ts`, against numbers reckoned by hand, and by chance. */

import assert from "node:assert/strict";
import { foretell, hourlyPace, ratioOf } from "../../../core/reports/limits_forecast.ts";

const HOUR = 3_600_000;

function points(...used: number[]) {
  return used.map((one, i) => ({ at: i * HOUR, used: one }));
}

function atEnd(forecast: ReturnType<typeof foretell>) {
  const { value, low, high } = forecast!.course.at(-1)!;
  return [value, low, high, forecast!.n];
}

Deno.test("foretell() goes on at its pace, exactly where nothing strays from it", () => {
  // Ten percent an hour: at 0.3 after three hours, so 0.5 after five.
  const even = foretell(points(0, 0.1, 0.2, 0.3), 5 * HOUR);
  assert.deepEqual(atEnd(even), [0.5, 0.5, 0.5, 3]);
  assert.deepEqual(even!.course[0], { at: 3 * HOUR, value: 0.3, low: 0.3, high: 0.3 });
  assert.deepEqual([even!.full_at, even!.full_at_earliest, even!.full_at_latest], [
    null,
    null,
    null,
  ]);

  const full = foretell(points(0, 0.25, 0.5, 0.75), 5 * HOUR);
  assert.deepEqual([full?.full_at, full?.full_at_latest], [4 * HOUR, 4 * HOUR]);
});

Deno.test("foretell() is less sure of what strays, and the less the further it is off", () => {
  // Steps of 0.06, 0.16, 0.06 an hour: pace 0.28 ÷ 3; strays 0.00666…, over 3 − 3 ÷ 3 hours;
  // two hours on: √(0.00333 × 2 × (1 + 2 ÷ 3)) × 4.3027.
  const forecast = foretell(points(0.01, 0.07, 0.23, 0.29), 5 * HOUR);
  const [value, low, high] = atEnd(forecast) as [number, number, number];
  const reach = 4.30265 * Math.sqrt(0.02 / 3 / 2 * 2 * (1 + 2 / 3));

  assert.ok(Math.abs(value - (0.29 + 2 * 0.28 / 3)) < 1e-5, String(value));
  assert.ok(Math.abs(high - (value + reach)) < 1e-4, String(high));
  assert.equal(low, 0.29);
  const widths = forecast!.course.map((step) => step.high - step.low);
  assert.deepEqual(widths, widths.toSorted((a, b) => a - b));
});

Deno.test("foretell() takes the greatest share that was seen before for one that falls", () => {
  const [value, low, , n] = atEnd(foretell(points(0.1, 0.3, 0.2, 0.4, 0.5, 0.5), 6 * HOUR));

  assert.deepEqual([value, low, n], [0.58, 0.5, 4]);
});

Deno.test("foretell() says nothing of too little, or of what has ended", () => {
  assert.equal(foretell(points(0, 0.1, 0.2), 5 * HOUR), null);
  assert.equal(foretell([], 5 * HOUR), null);
  assert.equal(foretell(points(0.2, 0.2, 0.2, 0.2), 5 * HOUR), null);
  assert.equal(foretell(points(0, 0.1, 0.2, 0.3), 3 * HOUR), null);
  const short = points(0, 0.1, 0.2, 0.3).map(({ at, used }) => ({ at: at / 1000, used }));
  assert.equal(foretell(short, 5 * HOUR), null);
});

/** A window of 300 minutes in which bursts come by chance, of which the client rounds. */
function windowBy(chance: () => number) {
  const shown: { at: number; used: number }[] = [];
  let used = 0;
  for (let minute = 0; minute <= 300; minute++) {
    if (chance() < 0.5) used += -Math.log(1 - chance()) * 0.004;
    shown.push({ at: minute * 60_000, used: Math.floor(used * 100) / 100 });
  }
  return shown;
}

Deno.test("foretell() holds what comes in about 95 of 100 windows of steady work", () => {
  let seed = 7;
  const chance = () => (seed = seed * 48_271 % 2_147_483_647) / 2_147_483_647;
  const held = Array.from({ length: 400 }, () => windowBy(chance)).map((shown) => {
    const [, low, high] = atEnd(foretell(shown.slice(0, 121), 300 * 60_000));
    const end = shown.at(-1)!.used;
    return end >= low! - 0.01 && end <= high! + 0.01;
  }).filter(Boolean).length;

  assert.ok(held >= 0.92 * 400 && held < 400, String(held));
});

Deno.test("hourlyPace() tells what an hour takes, with its interval", () => {
  assert.deepEqual(hourlyPace(points(0, 2, 4, 6)), { value: 2, low: 2, high: 2, n: 3 });
  const { value, low, high } = hourlyPace(points(0, 1, 3, 4))!;
  assert.ok(low! < value && value < high!);
  assert.equal(hourlyPace(points(1, 2)), null);
});

Deno.test("ratioOf() has an interval from two steps on", () => {
  assert.equal(ratioOf([]), null);
  assert.deepEqual(ratioOf([{ took: 14, part: 2 }]), { value: 7, low: null, high: null, n: 1 });
  // 20 of 4; strays −1, 1, −1, 1: ± 3.1824 × √(4 ÷ 3 × 4) ÷ 4.
  const { value, low, high, n } = ratioOf([4, 6, 4, 6].map((took) => ({ took, part: 1 })))!;
  const reach = 3.1824 * Math.sqrt(16 / 3) / 4;
  assert.deepEqual([value, n], [5, 4]);
  assert.ok(Math.abs(high! - (5 + reach)) < 0.03, String(high));
  assert.ok(Math.abs(low! - (5 - reach)) < 0.03, String(low));
});
