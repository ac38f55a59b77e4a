/** Tests of why columns are safe. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { columnRule, isSafeJson, isSafeWord } from "../../../core/audit/stored_columns.ts";
import { openForAudit } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { filledHome } from "../../helpers/filled_home.ts";

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

for (
  const [column, why] of [
    ["responses.input", "a number of tokens"],
    ["model_sums.input", "a number of tokens"],
    ["turns.input", "bits of a hash"],
    ["input_lines.line", "bits of a hash"],
    ["responses.request", "bits of a hash"],
    ["responses.skill", "the number of a word"],
    ["responses.cost", "millionths of a dollar"],
    ["sessions.started_at", "a time in milliseconds"],
    ["tool_calls.tool", "the number of a word"],
    ["sources.size", "a number of bytes"],
  ] as const
) {
  Deno.test(`columnRule() says what ${column} holds`, () => {
    const [table, name] = column.split(".") as [string, string];
    equal(columnRule(table, name, "INTEGER")?.why, why);
  });
}

// Goal: no explanation is wrong. Method: hashes of 53 bits are large and hardly ever small,
// tokens, counts and numbers of words never large, in a home that was told of everything.
Deno.test("columnRule() takes for bits of a hash what looks like them", async () => {
  await using home = await filledHome();
  using db = openForAudit(home.path)!;
  const columns = db.prepare(
    `select t.name as "table", c.name from sqlite_schema t
     join pragma_table_info(t.name) c where t.type = 'table' and c.type = 'INTEGER'
       and t.name not like 'sqlite_%'`,
  ).all() as { table: string; name: string }[];
  let held = 0;
  for (const { table, name } of columns) {
    const { why } = columnRule(table, name, "INTEGER")!;
    const row = db.prepare(`select max(abs("${name}")) as most from "${table}"`).get()!;
    const most = Number(row.most ?? 0);
    if (most === 0) continue;
    held++;
    if (why === "bits of a hash") ok(most > 2 ** 32, `${table}.${name} holds ${most}`);
    else if (why !== "a time in milliseconds") ok(most < 2 ** 40, `${table}.${name}: ${most}`);
  }
  ok(held > 50, `${held} columns hold anything`);
});
