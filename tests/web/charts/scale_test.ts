/** Tests of `web/charts/scale.ts`. */

import assert from "node:assert/strict";
import * as fc from "fast-check";
import { heatClass, niceTop, seriesClass, short } from "../../../web/charts/scale.ts";

Deno.test("seriesClass() has a colour for six series, and one for all others", () => {
  assert.deepEqual([0, 5, 6, 40].map(seriesClass), ["s1", "s6", "s-other", "s-other"]);
});

Deno.test("heatClass() is 0 for nothing alone, and 5 for the most", () => {
  assert.deepEqual(
    [null, 0, 0.01, 20, 20.1, 100, 250].map((value) => heatClass(value, 100)),
    ["h0", "h0", "h1", "h1", "h2", "h5", "h5"],
  );
  assert.equal(heatClass(3, 0), "h0");
});

Deno.test("niceTop() is a round number that is not below, and less than twice as much", () => {
  fc.assert(fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (value) => {
    const top = niceTop(value);
    assert.ok(top >= value * 0.9999 && top < value * 2.0001, `${value} ${top}`);
  }));
  assert.deepEqual([0, 4.8, 1234, 0.07].map(niceTop), [1, 6, 2000, 0.08]);
});

Deno.test("short() keeps one digit after the point", () => {
  assert.deepEqual([1, 1.25, 0.04, -3.14159].map(short), ["1", "1.3", "0", "-3.1"]);
});
