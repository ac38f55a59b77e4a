/** Tests of `pipeline/slice.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { nextTurn, runSlice, type SliceParts } from "../../pipeline/slice.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

/** A step of the work. */
const STEP_MS = 2;
const LENGTH_MS = 150;

Deno.test("runSlice() commits all steps at once, and the sums with them", async () => {
  using work = openWork(5);

  const steps = await work.run();

  assert.equal(steps, 5);
  assert.deepEqual(work.told, ["begin", "settle", "commit"]);
  assert.deepEqual(work.rows(), 5);
});

Deno.test("runSlice() ends after its time", async () => {
  using long = openWork(1000);

  assert.equal(await long.run(), LENGTH_MS / STEP_MS);
});

Deno.test("runSlice() ends soon, when somebody waits, unless much does", async () => {
  for (const [isBusy, stepsMax] of [[false, 5], [true, LENGTH_MS / STEP_MS]] as const) {
    using work = openWork(1000);
    setImmediate(() => work.isWanted = true);

    const steps = await work.run(isBusy);

    assert.ok(steps <= stepsMax && (steps > 5) === isBusy, `${steps} steps`);
  }
});

Deno.test("runSlice() takes every step back, when one fails, and forgets them", async () => {
  using work = openWork(5, { failsAt: 3 });

  await assert.rejects(() => work.run(), RangeError);

  assert.deepEqual(work.told, ["begin", "rollback", "forget"]);
  assert.equal(work.rows(), 0);
});

Deno.test("runSlice() takes every step back, when sums cannot be written", async () => {
  using work = openWork(5, { settles: false });

  await assert.rejects(() => work.run(), RangeError);

  assert.equal(work.rows(), 0);
  assert.equal(work.told.at(-1), "forget");
});

Deno.test("runSlice() lets be heard who asks for facts, when it ends with these", async () => {
  const heard: boolean[] = [];
  for (const hasFactsAlone of [true, false]) {
    // The clock looks at no turn so soon.
    using work = openWork(2, { hasFactsAlone });
    let hasCome = false;
    setImmediate(() => hasCome = true);
    await work.run();
    heard.push(hasCome);
    await nextTurn();
  }

  assert.deepEqual(heard, [true, false]);
});

Deno.test("nextTurn() lets what has come in the meantime go before", async () => {
  let hasCome = false;
  setImmediate(() => hasCome = true);

  await nextTurn();

  assert.ok(hasCome);
});

/** So many steps, each of which writes a row. */
function openWork(left: number, { failsAt = 0, settles = true, hasFactsAlone = false } = {}) {
  const db = openWriter(":memory:"), clock = new VirtualClock(), told: string[] = [];
  db.exec("create table steps (n integer)");
  const exec = db.exec.bind(db);
  db.exec = (sql) => {
    told.push(sql.split(" ")[0]!);
    exec(sql);
  };
  let steps = 0;
  const work = {
    told,
    isWanted: false,
    run: (isBusy = false) => runSlice(parts, LENGTH_MS, isBusy),
    rows: () => db.prepare("select count(*) as n from steps").get()!.n,
    [Symbol.dispose]: () => db.close(),
  };
  const parts: SliceParts = {
    db,
    clock,
    slow: {
      begin() {},
      settle() {
        if (!settles) throw new RangeError("Cannot write sums: for once");
        told.push("settle");
      },
      forget: () => void told.push("forget"),
      hasFactsAlone,
    },
    isWanted: () => work.isWanted,
    async step() {
      if (steps === left) return false;
      if (++steps === failsAt) throw new RangeError("Cannot work: for once");
      db.prepare("insert into steps values (?)").run(steps);
      clock.advance(STEP_MS);
      return true;
    },
  };
  return work;
}
