/** Tests of `core/reports/period.ts`: rolling periods, and moments as people write them. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { openWriter } from "../../../core/open_writer.ts";
import {
  countWithin,
  goingOn,
  parseMoment,
  type Period,
  periodBefore,
  PERIODS,
  readMoment,
  rollingPeriod,
} from "../../../core/reports/period.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

const NOW = Date.UTC(2026, 2, 1, 12);

Deno.test("rollingPeriod() ends with the present millisecond, and begins so long before", () => {
  assert.deepEqual(rollingPeriod("1h", NOW), { from: NOW - 3_600_000, to: NOW + 1 });
  assert.deepEqual(rollingPeriod("7d", NOW), { from: NOW - 604_800_000, to: NOW + 1 });
});

Deno.test("rollingPeriod() has no beginning, when all is asked for", () => {
  assert.deepEqual(rollingPeriod("all", NOW), { from: undefined, to: NOW + 1 });
});

Deno.test("rollingPeriod() names the known periods, when it does not know one", () => {
  assert.throws(() => rollingPeriod("2h", NOW), {
    name: "RangeError",
    message: "Cannot read the period: '2h' is none of 1h, 24h, 7d, 30d, all",
  });
});

for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
  Deno.test(`rollingPeriod() does not know ${name}, when every object has it`, () => {
    assert.throws(() => rollingPeriod(name, NOW), RangeError);
  });
}

Deno.test("rollingPeriod() shows little of a long name, when it does not know it", () => {
  assert.throws(
    () => rollingPeriod("x".repeat(5000), NOW),
    ({ message }) => message.length < 100,
  );
});

Deno.test("periodBefore() is as long, and ends where the period begins", () => {
  assert.deepEqual(periodBefore({ from: 1000, to: 1600 }), { from: 400, to: 1000 });
});

Deno.test("periodBefore() is none, when a period has no beginning", () => {
  assert.equal(periodBefore(rollingPeriod("all", NOW)), undefined);
});

Deno.test("rollingPeriod() grows from name to name", () => {
  const lengths = Object.keys(PERIODS).map((name) => NOW - (rollingPeriod(name, NOW).from ?? 0));

  assert.deepEqual(lengths, lengths.toSorted((a, b) => a - b));
});

Deno.test("readMoment() reads what parseMoment() does, and gives nothing for the rest", () => {
  for (const text of ["2026-01-31", "2026-01-31 12:30", "2026-01-31T12:30:05.250Z"]) {
    assert.equal(readMoment(text), parseMoment(text));
  }
  for (const text of ["", "yesterday", "2026-02-30", "0000-13-01"]) {
    assert.equal(readMoment(text), undefined);
  }
});

Deno.test("parseMoment() takes a date as its local midnight", () => {
  assert.equal(parseMoment("2026-01-31"), new Date(2026, 0, 31).getTime());
  assert.equal(parseMoment("2024-02-29"), new Date(2024, 1, 29).getTime());
});

Deno.test("parseMoment() takes a time without a zone as local, with one as it says", () => {
  assert.equal(parseMoment("2026-01-31T12:30"), new Date(2026, 0, 31, 12, 30).getTime());
  assert.equal(parseMoment("2026-01-31 12:30"), new Date(2026, 0, 31, 12, 30).getTime());
  assert.equal(parseMoment("2026-01-31T12:30:05.250Z"), Date.UTC(2026, 0, 31, 12, 30, 5, 250));
  assert.equal(parseMoment("2026-01-31T12:30+02:00"), Date.UTC(2026, 0, 31, 10, 30));
});

for (const text of ["", "yesterday", "12:00", "2026", "2026-1-3", "1767225600000", "26-01-31"]) {
  Deno.test(`parseMoment() refuses what is no moment, when it is '${text}'`, () => {
    assert.throws(() => parseMoment(text), { name: "RangeError", message: /no date/ });
  });
}

for (
  const text of [
    "2026-02-29",
    "2026-02-31",
    "2026-13-01",
    "2026-00-10",
    "2026-06-00",
    "2026-02-31T12:00",
    "2026-01-31 (what)",
    "0001-01-01",
    "0050-06-01T12:00",
  ]
) {
  Deno.test(`parseMoment() refuses a moment that no calendar has, when it is '${text}'`, () => {
    assert.throws(() => parseMoment(text), { name: "RangeError", message: /no date/ });
  });
}

Deno.test("parseMoment() reads back every moment that it is given in full", () => {
  fc.assert(
    fc.property(moments(), (date) => {
      assert.equal(parseMoment(date.toISOString()), date.getTime());
    }),
    fcRuns(),
  );
});

Deno.test("parseMoment() gives a number or throws a RangeError, whatever is written", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\d.{0,12}$/)), (text) => {
      try {
        assert.ok(Number.isFinite(parseMoment(text)));
      } catch (error) {
        assert.ok(error instanceof RangeError);
        assert.ok(error.message.length < 140);
      }
    }),
    fcRuns(),
  );
});

function moments(): fc.Arbitrary<Date> {
  return fc.date({
    min: new Date("1970-01-01T00:00:00Z"),
    max: new Date("2200-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
}

Deno.test("goingOn() is of sessions that overlap the period, and of what is not dated", () => {
  using db = openWriter(":memory:");
  db.exec(`insert into words (id, text) values (1, 'claude_code');
    insert into sessions (id, platform, session_id, started_at, ended_at) values
      (1, 1, 'before', 10, 19), (2, 1, 'into', 10, 20), (3, 1, 'within', 25, 26),
      (4, 1, 'out', 29, 50), (5, 1, 'after', 30, 40), (6, 1, 'undated', null, null)`);
  const ids = (period: Period) => {
    const { sql, parameters } = goingOn(period);
    return db.prepare(`select session_id from sessions s where ${sql} order by id`)
      .all(...parameters).map((row) => row.session_id);
  };

  assert.deepEqual(ids({ from: 20, to: 30 }), ["into", "within", "out", "undated"]);
  assert.deepEqual(ids({ from: undefined, to: 30 }), ["before", ...ids({ from: 20, to: 30 })]);
});

Deno.test("countWithin() counts moments from the beginning of a period up to its end", () => {
  const moments = [1, 2, 2, 5];
  const count = (from: number | undefined, to: number) => countWithin(moments, { from, to });

  assert.deepEqual(
    [
      count(undefined, 9),
      count(2, 5),
      count(undefined, 1),
      count(6, 9),
      countWithin([], { from: 0, to: 9 }),
    ],
    [4, 2, 0, 0, 0],
  );
});
