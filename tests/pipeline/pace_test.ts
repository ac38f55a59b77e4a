/** Tests of `pipeline/pace.ts`. */

import assert from "node:assert/strict";
import { Pace } from "../../pipeline/pace.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

Deno.test("Pace.units() is one, while nothing is known", () => {
  assert.equal(new Pace(new VirtualClock(), 100).units, 1);
});

Deno.test("Pace.run() takes as much as fits in a slice, when work is cheap", async () => {
  const clock = new VirtualClock(), pace = new Pace(clock, 100);

  for (let i = 0; i < 100; i++) await pace.run(workOf(clock, 1));

  // Five milliseconds hold five units, and never more.
  assert.ok(pace.units === 4 || pace.units === 5, `${pace.units} units`);
});

Deno.test("Pace.run() takes one at a time, when that takes all the time there is", async () => {
  const clock = new VirtualClock(), pace = new Pace(clock, 100);
  for (let i = 0; i < 50; i++) await pace.run(workOf(clock, 0));

  for (let i = 0; i < 50; i++) await pace.run(workOf(clock, 20));

  assert.equal(pace.units, 1);
});

Deno.test("Pace.run() takes less at once, when work was dear but for a moment", async () => {
  const clock = new VirtualClock(), pace = new Pace(clock, 100);
  for (let i = 0; i < 100; i++) await pace.run(workOf(clock, 1));

  await pace.run(workOf(clock, 4));
  const after = pace.units;
  for (let i = 0; i < 9; i++) await pace.run(workOf(clock, 1));

  assert.deepEqual([after, pace.units], [1, 2]);
});

Deno.test("Pace.run() never takes more than the most, however cheap it is", async () => {
  const clock = new VirtualClock(), pace = new Pace(clock, 8);

  for (let i = 0; i < 50; i++) await pace.run(workOf(clock, 0));

  assert.equal(pace.units, 8);
});

Deno.test("Pace.run() says whether there was work, and learns nothing of none", async () => {
  const clock = new VirtualClock(), pace = new Pace(clock, 8);
  const nothing = async () => {
    clock.advance(1000);
    return 0;
  };

  assert.equal(await pace.run(workOf(clock, 0)), true);
  const before = pace.units;
  assert.equal(await pace.run(nothing), false);
  assert.equal(pace.units, before);
});

Deno.test("Pace.run() does not take work for free, when the clock is set back", async () => {
  const clock = new VirtualClock(), pace = new Pace(clock, 1000);
  for (let i = 0; i < 50; i++) await pace.run(workOf(clock, 5));

  await pace.run(workOf(clock, -3_600_000));

  assert.equal(pace.units, 1);
});

/** Work that takes so long for each unit. */
function workOf(clock: VirtualClock, unitMs: number) {
  return async (units: number) => {
    clock.advance(units * unitMs);
    return units;
  };
}
