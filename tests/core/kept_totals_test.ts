/** Tests of `core/kept_totals.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { type Database, openPlain, openWriter } from "../../core/database.ts";
import { dropTotals, makeTotals } from "../../core/kept_totals.ts";
import { SCHEMA } from "../../core/migrations.ts";
import { NOON } from "../helpers/events.ts";
import { fcRuns } from "../pipeline/fc_runs.ts";
import { tempFolder } from "./temp_folder.ts";

const TOTALS = ["model", "call", "error", "input", "attribution", "kind", "tool", "extension"];
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
const MIDNIGHT = NOON - NOON % DAY_MS;

Deno.test("makeTotals() adds up all sessions, by day and ever", () => {
  using db = openWriter(":memory:");
  for (const [session, bucket] of [[1, 0], [2, 0], [2, DAY_MS - QUARTER_MS], [2, DAY_MS]]) {
    add(db, session!, MIDNIGHT + bucket!, 2, 3);
  }
  const told = [[0, 0, 2, 4, 12], [86_400, MIDNIGHT, 2, 3, 9], [
    86_400,
    MIDNIGHT + DAY_MS,
    2,
    1,
    3,
  ]];

  assert.deepEqual(read(db, "input").map(Object.values), told);
});

Deno.test("makeTotals() takes out what is deleted, and leaves no row of nothing", () => {
  using db = openWriter(":memory:");
  add(db, 1, MIDNIGHT, 2, 3);
  add(db, 2, MIDNIGHT, 2, 4);

  db.exec("delete from input_sums where session = 1");
  assert.deepEqual(read(db, "input").map(({ count }) => count), [4, 4]);
  db.exec("delete from input_sums where session = 2");
  assert.deepEqual(read(db, "input"), []);
});

Deno.test("makeTotals() finds what was kept, whatever was written and deleted", () => {
  const place = {
    table: fc.constantFrom("input", "call"),
    session: fc.integer({ min: 1, max: 3 }),
    // Before 1970, too.
    quarter: fc.integer({ min: -100, max: 100 }),
    of: fc.integer({ min: 1, max: 2 }),
  };
  const step = fc.record({
    ...place,
    does: fc.constantFrom("add", "add", "take", "clear"),
    count: fc.integer({ min: 1, max: 5 }),
  });
  using db = openWriter(":memory:");
  db.exec("insert into call_kinds values (1, 7, 8, 0, 9), (2, 0, 8, 0, 0)");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      db.exec("delete from input_sums; delete from call_sums");
      for (const { table, session, quarter, of, does, count } of steps) {
        if (does === "clear") db.exec(`delete from ${table}_sums where session = ${session}`);
        else {
          const counts = does === "add" ? count : -count;
          add(db, session, quarter * QUARTER_MS, of, counts, table);
        }
      }
      const kept = TOTALS.map((name) => read(db, name));

      dropTotals(db);
      makeTotals(db);

      assert.deepEqual(kept, TOTALS.map((name) => read(db, name)));
    }),
    fcRuns(),
  );
});

Deno.test("openWriter() makes totals, when an older version kept none", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  {
    using older = openWriter(path);
    add(older, 1, MIDNIGHT, 2, 3);
    dropTotals(older);
    for (const index of ["active_spans_time", "tool_sequences_tools"]) {
      older.exec(`drop index ${index}`);
    }
    for (const table of ["tombstones", "tombstone_events", "purges", "purge_sessions"]) {
      older.exec(`drop table ${table}`);
    }
    older.exec(`pragma user_version = ${SCHEMA - 2}`);
  }

  openWriter(path).close();

  using db = openPlain(path);
  assert.deepEqual(read(db, "input").map(({ count }) => count), [3, 3]);
});

Deno.test("dropTotals() leaves nothing", () => {
  using db = openWriter(":memory:");
  dropTotals(db);

  const left = db.prepare("select name from sqlite_schema where name glob '*_totals'").all();
  assert.deepEqual(left.map(({ name }) => name), ["duration_totals"]);
  add(db, 1, MIDNIGHT, 2, 3);
});

function add(
  db: Database,
  session: number,
  bucket: number,
  of: number,
  count: number,
  table = "input",
): void {
  const [key, column] = table === "call" ? ["kind", "uses"] : ["member", "count"];
  for (const [tier, at] of [[0, 0], [900, bucket]]) {
    db.prepare(
      `insert into ${table}_sums (tier, bucket, session, ${key}, ${column})
       values (?, ?, ?, ?, ?)
       on conflict do update set ${column} = ${column} + excluded.${column}`,
    ).run(tier!, at!, session, of, count);
  }
}

function read(db: Database, name: string) {
  return db.prepare(`select * from ${name}_totals order by 1, 2, 3`).all()
    .map((row) => ({ ...row }));
}
