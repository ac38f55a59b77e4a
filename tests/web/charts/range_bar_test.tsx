/** Tests of `web/charts/range_bar.tsx`. */

import assert from "node:assert/strict";
import { RangeBar, rangeScale } from "../../../web/charts/range_bar.tsx";

const TIMES = { p50: 100, p95: 1000, p99: 10_000, min: 1, mean: 300, max: 10_000, n: 9 };

Deno.test("rangeScale() holds all, and is never without width", () => {
  assert.deepEqual(rangeScale([TIMES, { ...TIMES, p50: 20 }]), { low: 20, high: 10_000 });
  const zero = { p50: 0, p95: 0, p99: 0, min: 0, mean: 0, max: 0, n: 1 };
  assert.deepEqual(rangeScale([zero]), { low: 1, high: 10 });
});

Deno.test("RangeBar() puts equal factors at equal distances", () => {
  const html = String(<RangeBar times={TIMES} scale={{ low: 100, high: 10_000 }} />);

  const [, reach] = /class="reach" d="M4 6H(\d+)/.exec(html)!;
  const [, most] = /class="most" d="M4 6H(\d+)"/.exec(html)!;
  assert.equal(Number(most) - 4, (Number(reach) - 4) / 2);
  assert.match(html, /aria-hidden="true"/);
  assert.match(html, /<circle class="middle" cx="4"/);
});
