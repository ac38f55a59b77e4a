/** Tests of `core/format.ts`: how numbers look to people. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  changeText,
  formatAgo,
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatLatency,
  formatMoney,
  formatRatio,
  formatShare,
} from "../../core/format.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

Deno.test("formatCounted() names one thing, and several", () => {
  assert.equal(formatCounted(1, "day"), "1 day");
  assert.equal(formatCounted(0, "day"), "0 days");
  assert.equal(formatCounted(12_345, "line"), "12.3k lines");
});

Deno.test("formatCount() shows every digit below ten thousand, then three or four", () => {
  const shown = {
    0: "0",
    7: "7",
    1234: "1,234",
    9999: "9,999",
    10_000: "10.0k",
    12_345: "12.3k",
    99_949: "99.9k",
    99_950: "100k",
    999_499: "999k",
    999_500: "1.0M",
    1_234_567: "1.2M",
    123_456_789: "123M",
    3_400_000_000: "3.4G",
  };

  for (const [count, text] of Object.entries(shown)) assert.equal(formatCount(+count), text);
});

Deno.test("formatCount() keeps the sign, when a change goes down", () => {
  assert.equal(formatCount(-1234), "-1,234");
  assert.equal(formatCount(-12_345), "-12.3k");
});

Deno.test("formatCount() shows a dash for a number that is not known", () => {
  assert.equal(formatCount(null), "–");
  assert.equal(formatCount(undefined), "–");
});

Deno.test("formatCount() never shows a greater number as a smaller one", () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), fc.nat(2_000_000_000), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];

      assert.ok(readCount(formatCount(less)) <= readCount(formatCount(more)));
    }),
    fcRuns(),
  );
});

Deno.test("formatCount() stays within a twentieth of the number, in seven characters", () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (count) => {
      const text = formatCount(count);

      assert.ok(Math.abs(readCount(text) - count) <= count / 20, text);
      assert.ok(text.length <= 7);
    }),
    fcRuns(),
  );
});

Deno.test("formatMoney() shows cents where they tell something", () => {
  const texts = [0, 0.0041, 0.05, 12.345, 999.4, 1234.5, -3.2, null].map(formatMoney);

  assert.deepEqual(texts, [
    "$0.00",
    "$0.004",
    "$0.05",
    "$12.35",
    "$999.40",
    "$1,235",
    "−$3.20",
    "–",
  ]);
});

Deno.test("formatShare() shows percent with one digit, and a dash for what is not known", () => {
  assert.equal(formatShare(0.8312), "83.1 %");
  assert.equal(formatShare(0), "0.0 %");
  assert.equal(formatShare(1), "100.0 %");
  assert.equal(formatShare(null), "–");
  assert.equal(formatShare(undefined), "–");
});

Deno.test("formatBytes() changes to the next unit, before a number has four digits", () => {
  const shown = {
    0: "0 B",
    512: "512 B",
    999: "999 B",
    1000: "1.0 kB",
    1500: "1.5 kB",
    99_949: "99.9 kB",
    99_950: "100 kB",
    999_499: "999 kB",
    999_500: "1.0 MB",
    1_500_000: "1.5 MB",
    2e9: "2.0 GB",
    5e15: "5000 TB",
  };

  for (const [bytes, text] of Object.entries(shown)) assert.equal(formatBytes(+bytes), text);
});

Deno.test("formatBytes() never shows a greater size as a smaller one, in eight characters", () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), fc.nat(2_000_000_000), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map(formatBytes) as [string, string];

      assert.ok(readBytes(less) <= readBytes(more), `${less} and ${more}`);
      assert.ok(more.length <= 8);
    }),
    fcRuns(),
  );
});

Deno.test("formatDuration() never shows a longer time as shorter, in eleven characters", () => {
  fc.assert(
    fc.property(fc.nat(90 * DAY_MS), fc.nat(90 * DAY_MS), (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map(formatDuration) as [
        string,
        string,
      ];

      assert.ok(readDuration(less) <= readDuration(more), `${less} and ${more}`);
      assert.ok(more.length <= 11);
    }),
    fcRuns(),
  );
});

Deno.test("formatDuration() shows the two greatest units", () => {
  const shown = [
    [0, "0 s"],
    [42_400, "42 s"],
    [59_600, "1 min"],
    [3 * MINUTE_MS, "3 min"],
    [59.5 * MINUTE_MS, "1 h 00 min"],
    [2 * HOUR_MS + 5 * MINUTE_MS, "2 h 05 min"],
    [DAY_MS - 1000, "1 d 0 h"],
    [3 * DAY_MS + 4 * HOUR_MS, "3 d 4 h"],
  ] as const;

  for (const [durationMs, text] of shown) assert.equal(formatDuration(durationMs), text);
});

Deno.test("formatAgo() tells how long ago a moment was", () => {
  const shown = [
    [0, "now"],
    [44_000, "now"],
    [45_000, "1 min ago"],
    [5 * MINUTE_MS, "5 min ago"],
    [59 * MINUTE_MS, "59 min ago"],
    [HOUR_MS, "1 h ago"],
    [23 * HOUR_MS, "23 h ago"],
    [3 * DAY_MS, "3 d ago"],
  ] as const;

  for (const [agoMs, text] of shown) assert.equal(formatAgo(DAY_MS, DAY_MS + agoMs), text);
});

Deno.test("formatAgo() says now, when a moment lies ahead", () => {
  assert.equal(formatAgo(5000, 0), "now");
});

Deno.test("formatAgo() never calls a number of minutes or hours a whole greater unit", () => {
  fc.assert(
    fc.property(fc.nat(30 * DAY_MS), (agoMs) => {
      const text = formatAgo(0, agoMs);

      assert.doesNotMatch(text, /^(60 min|24 h|0 )/);
    }),
    fcRuns(),
  );
});

function readCount(text: string): number {
  const unit = { k: 1e3, M: 1e6, G: 1e9 }[text.at(-1)!] ?? 1;
  return parseFloat(text.replaceAll(",", "")) * unit;
}

function readBytes(text: string): number {
  const [size, unit] = text.split(" ") as [string, string];
  return Number(size) * 1000 ** ["B", "kB", "MB", "GB", "TB"].indexOf(unit);
}

function readDuration(text: string): number {
  const seconds = { s: 1, min: 60, h: 3600, d: 86_400 } as Record<string, number>;
  return [...text.matchAll(/(\d+) (s|min|h|d)/g)]
    .reduce((sum, [, count, unit]) => sum + Number(count) * seconds[unit!]!, 0);
}

Deno.test("formatLatency() shows what a moment, a second and a minute take", () => {
  const shown = [
    [0, "0 ms"],
    [145.4, "145 ms"],
    [999, "999 ms"],
    [1234, "1.2 s"],
    [9949, "9.9 s"],
    [9950, "10 s"],
    [3 * MINUTE_MS, "3 min"],
    [null, "–"],
    [undefined, "–"],
  ] as const;
  for (const [ms, text] of shown) assert.equal(formatLatency(ms), text);
});

Deno.test("formatRatio() shows as many digits as say something", () => {
  const shown = [0.0766, 0, 3.456, 117.2, 4567.8, 45_678, -0.5, null].map(formatRatio);

  assert.deepEqual(shown, ["0.077", "0", "3.5", "117", "4,568", "45.7k", "-0.5", "–"]);
});

Deno.test("changeText() says whether a number grew, fell or stayed", () => {
  const shown = [2, -2, 0, null, undefined].map((by) => changeText(by, String));

  assert.deepEqual(shown, ["▲ 2", "▼ 2", "=", "–", "–"]);
});
