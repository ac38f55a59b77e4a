/** Tests of `core/reports/digest_store.ts`: which digests serve. */

import assert from "node:assert/strict";
import type { Database } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { noteMadeWith } from "../../../core/made_with.ts";
import { hourMark } from "../../../core/reports/calendar_mark.ts";
import {
  changedForks,
  coverOf,
  digestMark,
  type Interval,
  LEVELS,
  readStored,
  readUnsettled,
} from "../../../core/reports/digest_store.ts";

const BOTH = ["day", "month"] as const;

/** Days of ten units, and a month of the first three. */
function stored(...unsettled: readonly Interval[]): Database {
  const db = openWriter(":memory:");
  noteMadeWith(db, "digests", digestMark());
  const add = (level: number, from: number, to: number) =>
    db.prepare("insert into digests values (null, ?, 0, 0, ?, ?, 'c', 'w', 'd', 't')")
      .run(level, from, to);
  for (const day of [0, 10, 20, 30, 50]) add(LEVELS.day, day, day + 10);
  add(LEVELS.month, 0, 30);
  for (const [from, to] of unsettled) {
    db.prepare("insert into unsettled (from_at, until_at) values (?, ?)").run(from, to);
  }
  return db;
}

Deno.test("coverOf() takes the longest that fit, and knows that there is nothing between", () => {
  using db = stored();
  assert.deepEqual(coverOf(db, [0, 100], BOTH, "days"), {
    runs: [
      { level: "month", from: 0, to: 30 },
      { level: "day", from: 30, to: 40 },
      { level: "day", from: 50, to: 60 },
    ],
    ranges: [],
  });
  assert.deepEqual(coverOf(db, [0, 40], ["day"], "days").runs, [{
    level: "day",
    from: 0,
    to: 40,
  }]);
});

Deno.test("coverOf() takes hours of the days that a stretch cuts, where they serve", () => {
  using db = stored([33, 35]);
  const hours: Interval[] = [[1, 4], [4, 6], [6, 10], [32, 40], [51, 53], [53, 57], [57, 60]];
  for (const [from, to] of hours) {
    db.prepare("insert into digests values (null, ?, 0, 0, ?, ?, 'c', 'w', 'd', 't')")
      .run(LEVELS.hour, from, to);
  }
  const all = ["hour", ...BOTH] as const;
  assert.deepEqual(coverOf(db, [5, 56], all, "nothing"), {
    runs: [
      { level: "hour", from: 6, to: 10 },
      { level: "day", from: 10, to: 30 },
      { level: "hour", from: 51, to: 53 },
    ],
    ranges: [[5, 6], [30, 40], [53, 56]],
  });
  // Of the third day no hour is stored, and in the sixth nothing was before the first hour.
  assert.deepEqual(coverOf(db, [22, 51], all, "nothing").ranges, [[22, 40]]);
});

Deno.test("coverOf() has rows read, where a digest does not fit or something changed", () => {
  using db = stored([12, 13], [33, 35], [70, 71], [80, 81]);
  assert.deepEqual(coverOf(db, [5, 100], BOTH, "days"), {
    runs: [{ level: "day", from: 20, to: 30 }, { level: "day", from: 50, to: 60 }],
    ranges: [[5, 20], [30, 40], [70, 81]],
  });
});

Deno.test("coverOf() has all rows read, when digests are of another form or calendar", () => {
  using db = stored();
  const [zone, form] = digestMark().split(" ");
  noteMadeWith(db, "digests", `elsewhere ${form}`);
  assert.deepEqual(coverOf(db, [0, 60], BOTH, "days"), { runs: [], ranges: [[0, 60]] });
  assert.equal(coverOf(db, [0, 60], BOTH, "nothing").runs.length, 3);
  noteMadeWith(db, "digests", `${zone} older`);
  assert.deepEqual(coverOf(db, [0, 60], BOTH, "nothing"), { runs: [], ranges: [[0, 60]] });
});

Deno.test("coverOf() has all rows read, when hours are asked for that begin elsewhere", () => {
  using db = stored();
  const [form] = digestMark().split(" ").slice(1);
  // Days may begin at other hours.
  noteMadeWith(db, "digests", `elsewhere ${form}`);
  assert.equal(coverOf(db, [0, 60], BOTH, "hours").runs.length, 3);
  noteMadeWith(db, "digest_hours", hourMark());
  assert.equal(coverOf(db, [0, 60], BOTH, "hours").runs.length, 3);
  noteMadeWith(db, "digest_hours", "7");
  assert.deepEqual(coverOf(db, [0, 60], BOTH, "hours"), { runs: [], ranges: [[0, 60]] });
  assert.equal(coverOf(db, [0, 60], BOTH, "nothing").runs.length, 3);
});

Deno.test("readStored() reads what is asked for of a run", () => {
  using db = stored();
  const parts = { whole: false, durations: true, tools: false };
  assert.deepEqual(
    readStored(db, { level: "day", from: 10, to: 30 }, "all", parts),
    [10, 20].map(
      (from) => ({
        from,
        platform: 0,
        project: 0,
        texts: { counts: "c", whole: "", durations: "d", tools: "" },
      }),
    ),
  );
  assert.deepEqual(readStored(db, { level: "day", from: 10, to: 30 }, "places", parts), []);
});

Deno.test("readUnsettled() joins what touches", () => {
  using db = stored([1, 3], [2, 5], [5, 6], [8, 9]);
  assert.deepEqual(readUnsettled(db), [[1, 6], [8, 9]]);
});

Deno.test("changedForks() are those whose past is another than digests have it", () => {
  using db = stored();
  db.exec("insert into settled_forks values (7, 5)");
  assert.deepEqual(changedForks(db), [7]);
});
