/** Tests of why columns are safe. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { columnRule, isSafeJson, isSafeWord } from "../../../core/audit/stored_columns.ts";
import { openWriter } from "../../../core/database.ts";

Deno.test("columnRule() knows every column of the schema", () => {
  using db = openWriter(":memory:");
  const columns = db.prepare(
    `select t.name as "table", c.name, c.type from sqlite_schema t
     join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'`,
  ).all() as { table: string; name: string; type: string }[];

  const unknown = columns.filter(({ table, name, type }) => !columnRule(table, name, type));

  deepEqual(unknown.map(({ table, name }) => `${table}.${name}`), []);
  ok(columns.length > 200);
});

Deno.test("columnRule() knows no text that nobody declared safe", () => {
  equal(columnRule("sessions", "title", "TEXT"), undefined);
});

for (
  const [table, name, value] of [
    ["words", "text", "make it work"],
    ["sessions", "session_id", "/home/ada"],
    ["sources", "state", '{"cwd":"/home/ada"}'],
    ["sources", "drift", '{"my own words":1}'],
    ["stream_entries", "body", '{"payload":{"prompt":"make it work"}}'],
    ["stream_entries", "body", "half a {"],
    ["dead_letters", "message", "Cannot read /home/ada/engine"],
    ["dead_letters", "message", "make it work"],
    ["made_with", "value", "2 /home/ada"],
  ] as const
) {
  Deno.test(`isSafe() is false of ${value} in ${table}.${name}`, () => {
    equal(columnRule(table, name, "TEXT")?.isSafe(value), false);
  });
}

Deno.test("isSafeJson() takes JSON in a text of JSON for what it is", () => {
  equal(isSafeJson(JSON.stringify({ state: JSON.stringify({ mode: "plan" }) })), true);
  equal(isSafeJson(JSON.stringify({ state: JSON.stringify({ mode: "make it work" }) })), false);
});

Deno.test("isSafeWord() takes nothing for safe", () => {
  deepEqual(["", "Edit", "a b"].map(isSafeWord), [true, true, false]);
});
