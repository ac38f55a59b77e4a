/** Tests of `core/reports/local_time.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { hourStarts, localKey } from "../../../core/reports/local_time.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

Deno.test("localKey() names weeks as ISO 8601 does, at the turn of years", () => {
  const weeks = {
    "2020-12-31": "2020-W53",
    "2021-01-01": "2020-W53",
    "2021-01-03": "2020-W53",
    "2021-01-04": "2021-W01",
    "2024-12-30": "2025-W01",
    "2026-01-01": "2026-W01",
    "2026-12-31": "2026-W53",
    "2027-01-03": "2026-W53",
    "2027-01-04": "2027-W01",
  };

  for (const [day, week] of Object.entries(weeks)) {
    assert.equal(localKey(new Date(`${day}T12:00`).getTime(), "week"), week, day);
  }
});

Deno.test("localKey() begins the week with Monday", () => {
  assert.equal(localKey(new Date(2026, 2, 2, 0, 0).getTime(), "weekday"), "1");
  assert.equal(localKey(new Date(2026, 2, 8, 23, 45).getTime(), "weekday"), "7");
});

Deno.test("localKey() puts an hour into its day, a day into its month", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7_000_000_000_000 }), (at) => {
      const hour = localKey(at, "hour"), day = localKey(at, "day");

      assert.match(hour, /^\d{4}-\d\d-\d\dT\d\d$/);
      assert.ok(hour.startsWith(day));
      assert.ok(hour.endsWith(`T${localKey(at, "hour-of-day")}`));
      assert.ok(day.startsWith(localKey(at, "month")));
      assert.match(localKey(at, "week"), /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
    }),
    fcRuns(),
  );
});

for (
  const [zone, expected] of [
    ["UTC", "2026-03-29T01 2026-03-29 2026-W13 2026-03 7"],
    ["America/New_York", "2026-03-28T21 2026-03-28 2026-W13 2026-03 6"],
    ["Pacific/Kiritimati", "2026-03-29T15 2026-03-29 2026-W13 2026-03 7"],
    ["Asia/Kathmandu", "2026-03-29T06 2026-03-29 2026-W13 2026-03 7"],
    // An hour that this night has not: summer time begins at one o'clock UTC.
    ["Europe/Berlin", "2026-03-29T03 2026-03-29 2026-W13 2026-03 7"],
    ["America/Santiago", "2026-03-28T22 2026-03-28 2026-W13 2026-03 6"],
    ["Australia/Lord_Howe", "2026-03-29T12 2026-03-29 2026-W13 2026-03 7"],
    ["Pacific/Auckland", "2026-03-29T14 2026-03-29 2026-W13 2026-03 7"],
  ] as const
) {
  Deno.test(`localStart() and localKey() tell the user's time, if in ${zone}`, async () => {
    const module = import.meta.resolve("../../../core/reports/local_time.ts");
    const code = `import { DatabaseSync } from "node:sqlite";
      import { localKey, localStart } from ${JSON.stringify(module)};
      const at = Date.UTC(2026, 2, 29, 1, 0);
      const groups = ["hour", "day", "week", "month", "weekday"];
      console.log(groups.map((by) => localKey(at, by)).join(" "));
      const db = new DatabaseSync(":memory:");
      const stretch = { from: Date.UTC(2025, 0, 1), to: Date.UTC(2026, 8, 1) };
      for (const by of [...groups, "hour-of-day", "hour_of_week"]) {
        const start = db.prepare(
          "select " + localStart(by, stretch) + " as start from (select ? as bucket) x",
        );
        for (let at = stretch.from; at < stretch.to; at += 5 * 900_000) {
          const key = localKey(start.get(at).start, by);
          if (key !== localKey(at, by)) console.log(by, new Date(at).toISOString(), key);
        }
      }`;

    const { stdout, success } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", code],
      env: { TZ: zone, NO_COLOR: "1" },
    }).output();

    assert.ok(success);
    assert.equal(new TextDecoder().decode(stdout).trim(), expected);
  });
}

Deno.test("hourStarts() cuts the first and the last hour of a stretch", () => {
  const noon = new Date(2026, 2, 4, 12).getTime(), hourMs = 3_600_000;

  assert.deepEqual(hourStarts(noon - 1000, noon + hourMs + 1), [
    noon - 1000,
    noon,
    noon + hourMs,
  ]);
  assert.deepEqual(hourStarts(noon, noon + hourMs), [noon]);
  assert.deepEqual(hourStarts(noon + 1000, noon + 2000), [noon + 1000]);
  assert.deepEqual(hourStarts(noon, noon), []);
});
