/** Tests of `pipeline/derive/sum_table.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { CALL_COUNTS } from "../../../core/fates.ts";
import { TIERS } from "../../../core/session_counts.ts";
import { bucketOf, shareBuckets, SumTable } from "../../../pipeline/derive/sum_table.ts";
import { NOON } from "../../helpers/events.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const at = NOON + 61_234;

Deno.test("SumTable.add() adds to every tier, each with its own bucket", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);

  sums.add({ session: 1, member: 2, at, now: at }, { count: 3 }, 1);
  sums.flush();

  assert.deepEqual(read(db), [
    "0/0=3",
    `60/${NOON + 60_000}=3`,
    `300/${NOON}=3`,
    `900/${NOON}=3`,
  ]);
});

Deno.test("SumTable.add() leaves out tiers that keep the time no longer", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);

  sums.add({ session: 1, member: 2, at, now: at + 2 * DAY_MS }, { count: 1 }, 1);
  sums.add({ session: 2, member: 2, at, now: at + 9 * DAY_MS }, { count: 1 }, 1);
  sums.flush();

  assert.deepEqual(read(db, 1), ["0/0=1", `300/${NOON}=1`, `900/${NOON}=1`]);
  assert.deepEqual(read(db, 2), ["0/0=1", `900/${NOON}=1`]);
});

Deno.test("SumTable.flush() adds to what is there and removes rows that became zero", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);
  const where = { session: 1, member: 2, at, now: at };
  sums.add(where, { count: 3 }, 1);
  sums.flush();

  sums.add(where, { count: 2 }, -1);
  sums.flush();
  const left = read(db);
  sums.add(where, { count: 1 }, -1);
  sums.flush();

  assert.ok(left.every((row) => row.endsWith("=1")));
  assert.deepEqual(read(db), []);
});

Deno.test("SumTable.flush() keeps a row, when only some of its counts became zero", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "call_sums", CALL_COUNTS, "kind");
  const nothing = Object.fromEntries(CALL_COUNTS.map((name) => [name, 0])) as Record<
    typeof CALL_COUNTS[number],
    number
  >;
  const where = { session: 1, member: 2, at, now: at };
  // What is left out is 0.
  sums.add(where, { uses: 2, ok: 1, lines_added: 5 }, 1);
  sums.flush();

  sums.add(where, { ...nothing, uses: 1, ok: 1, lines_added: 5 }, -1);
  sums.flush();

  const rows = db.prepare("select uses, ok, lines_added from call_sums").all();
  assert.equal(rows.length, TIERS.length);
  assert.deepEqual({ ...rows[0] }, { uses: 1, ok: 0, lines_added: 0 });
});

Deno.test("shareBuckets() is true of moments that every tier puts together", () => {
  const minute = 60_000;

  assert.ok(shareBuckets(NOON, NOON + minute - 1));
  assert.ok(!shareBuckets(NOON, NOON + minute));
  for (const { seconds } of TIERS) {
    assert.equal(bucketOf(NOON, seconds), bucketOf(NOON + minute - 1, seconds));
  }
});

Deno.test("SumTable.flush() writes nothing, when what was added was taken away", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);
  const where = { session: 1, member: 2, at, now: at };

  sums.add(where, { count: 3 }, 1);
  sums.add(where, { count: 3 }, -1);
  sums.flush();

  assert.deepEqual(read(db), []);
});

Deno.test("SumTable.reset() forgets what was not flushed", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);
  sums.add({ session: 1, member: 2, at, now: at }, { count: 3 }, 1);

  sums.reset();
  sums.flush();

  assert.deepEqual(read(db), []);
});

Deno.test("SumTable.keep() has what batches added written together", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);
  const where = { session: 1, member: 2, at, now: at + 9 * DAY_MS };

  const rows = [3, 4].map((count) => {
    sums.add(where, { count }, 1);
    return sums.keep();
  });
  sums.add(where, { count: 100 }, 1);
  sums.reset();
  const before = read(db);
  sums.flush();

  assert.deepEqual(rows, [2, 2]);
  assert.deepEqual(before, []);
  assert.deepEqual(read(db), ["0/0=7", `900/${NOON}=7`]);
});

Deno.test("SumTable.forget() forgets what was kept, too", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);
  sums.add({ session: 1, member: 2, at, now: at }, { count: 3 }, 1);
  sums.keep();

  sums.forget();
  sums.flush();

  assert.deepEqual(read(db), []);
});

Deno.test("SumTable.expire() deletes buckets that their tier keeps no longer", () => {
  using db = openWriter(":memory:");
  const sums = new SumTable(db, "input_sums", ["count"]);
  sums.add({ session: 1, member: 2, at, now: at }, { count: 1 }, 1);
  sums.flush();
  const tiers: string[] = [];

  for (const age of [HOUR_MS, 26 * HOUR_MS, 9 * DAY_MS, 9000 * DAY_MS]) {
    sums.expire(at + age);
    tiers.push(read(db).map((row) => row.split("/")[0]).join(" "));
  }

  assert.deepEqual(tiers, ["0 60 300 900", "0 300 900", "0 900", "0 900"]);
});

Deno.test("SumTable.add() keeps what expire() would keep, and nothing else", () => {
  const times = fc.record({
    age: fc.integer({ min: 0, max: 10 * DAY_MS }),
    offset: fc.nat(DAY_MS),
  });
  fc.assert(
    fc.property(times, ({ age, offset }) => {
      using db = openWriter(":memory:");
      const sums = new SumTable(db, "input_sums", ["count"]);
      const now = NOON + offset;
      sums.add({ session: 1, member: 2, at: now - age, now }, { count: 1 }, 1);
      sums.flush();
      sums.add({ session: 2, member: 2, at: now - age, now: now - age }, { count: 1 }, 1);
      sums.flush();

      sums.expire(now);

      assert.deepEqual(read(db, 1), read(db, 2));
    }),
    fcRuns(60),
  );
});

Deno.test("bucketOf() gives the start of the bucket that holds a time", () => {
  const seconds = fc.constantFrom(60, 300, 900);
  fc.assert(
    fc.property(fc.integer({ min: -NOON, max: 2 * NOON }), seconds, (at, seconds) => {
      const bucket = bucketOf(at, seconds);

      assert.ok(bucket <= at && at < bucket + seconds * 1000);
      assert.equal(Math.abs(bucket % (seconds * 1000)), 0);
    }),
    fcRuns(60),
  );
});

Deno.test("bucketOf() gives 0 in the tier of whole sessions", () => {
  assert.equal(bucketOf(NOON, 0), 0);
});

function read(db: Database, session?: number): string[] {
  const where = session === undefined ? "" : ` where session = ${session}`;
  return db.prepare(`select tier, bucket, count from input_sums${where} order by tier, bucket`)
    .all().map(({ tier, bucket, count }) => `${tier}/${bucket}=${count}`);
}
