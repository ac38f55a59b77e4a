/**
 * Sums over all sessions, by day in UTC and (tier 0) ever, so that a report of a year need not
 * read each session. Triggers keep them: what writes or deletes rows of a session does it here.
 *
 * They have the columns of the tables of sums, whichever those are: every migration makes both
 * anew.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { DAY_SECONDS, QUARTER_SECONDS } from "./session_counts.ts";

/** Tables of sums, and what tells of which their rows are beside tier, bucket and session. */
const TABLES = {
  model: "member",
  call: "kind",
  error: "member",
  input: "member",
  attribution: "member",
} as const;

const KEYS = ["tier", "bucket", "session", "member", "kind"];
/** What of the sums over calls is a view is one here. */
const VIEWS = ["kind", "tool", "extension"];
const DAY_MS = DAY_SECONDS * 1000;

/** Deletes totals with all that keeps them: nothing then hinders a table from being changed. */
export function dropTotals(db: DatabaseSync): void {
  for (const name of VIEWS) db.exec(`drop view if exists ${name}_totals`);
  for (const name of Object.keys(TABLES)) {
    for (const when of ["added", "changed", "removed"]) {
      db.exec(`drop trigger if exists ${name}_${when}`);
    }
    db.exec(`drop table if exists ${name}_totals`);
  }
}

/** Makes totals of what there is, and has them kept; the caller holds the transaction. */
export function makeTotals(db: DatabaseSync): void {
  for (const [name, key] of Object.entries(TABLES)) {
    const columns = db.prepare("select name from pragma_table_info(?)").all(`${name}_sums`)
      .map((row) => String(row.name)).filter((column) => !KEYS.includes(column));
    db.exec(totalsSql(name, key, columns));
  }
  for (const name of VIEWS) {
    const { sql } = db.prepare("select sql from sqlite_schema where name = ?")
      .get(`${name}_sums`)!;
    db.exec(String(sql).replaceAll("_sums", "_totals"));
  }
}

/** A total goes with the last of the `quarters` that it is of: rows of a quarter of an hour. */
function totalsSql(name: string, key: string, columns: readonly string[]): string {
  const sums = `${name}_sums`, totals = `${name}_totals`;
  const list = (of: (column: string) => string) => columns.map(of).join(", ");
  const all = (tier: number, bucket: string) =>
    `select ${tier}, ${bucket}, ${key}, count(*), ${list((column) => `sum(${column})`)}
     from ${sums} where tier = ${QUARTER_SECONDS} group by 2, ${key}`;
  const add = (row: "new" | "old", quarters: number, count: (column: string) => string) =>
    `insert into ${totals} select column1, column2, ${row}.${key}, ${quarters}, ${list(count)}
     from (values (0, 0), (${DAY_SECONDS}, ${dayOf(`${row}.bucket`)})) where true
     on conflict do update set quarters = quarters + excluded.quarters,
       ${list((column) => `${column} = ${column} + excluded.${column}`)};`;
  const clear = (tier: number, bucket: string) =>
    `delete from ${totals} where tier = ${tier} and bucket = ${bucket} and ${key} = old.${key}
       and quarters = 0;`;
  return `
    create table ${totals} (
      tier integer not null, bucket integer not null, ${key} integer not null,
      quarters integer not null, ${list((column) => `${column} integer not null`)},
      primary key (tier, bucket, ${key})
    ) strict, without rowid;
    insert into ${totals} ${all(0, "0")} union all ${all(DAY_SECONDS, dayOf("bucket"))};
    create trigger ${name}_added after insert on ${sums} when new.tier = ${QUARTER_SECONDS} begin
      ${add("new", 1, (column) => `new.${column}`)}
    end;
    create trigger ${name}_changed after update on ${sums} when new.tier = ${QUARTER_SECONDS} begin
      ${add("new", 0, (column) => `new.${column} - old.${column}`)}
    end;
    create trigger ${name}_removed after delete on ${sums} when old.tier = ${QUARTER_SECONDS} begin
      ${add("old", -1, (column) => `-old.${column}`)}
      ${clear(0, "0")}
      ${clear(DAY_SECONDS, dayOf("old.bucket"))}
    end`;
}

/** The first millisecond of a bucket's day. */
function dayOf(bucket: string): string {
  return `${bucket} - (${bucket} % ${DAY_MS} + ${DAY_MS}) % ${DAY_MS}`;
}
