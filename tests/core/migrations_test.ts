/** Tests of `core/migrations.ts`: what an older version stored is still there. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import start from "../../core/schema/001_start.sql" with { type: "text" };
import severalProcesses from "../../core/schema/002_several_processes.sql" with { type: "text" };
import lessIsKept from "../../core/schema/003_less_is_kept.sql" with { type: "text" };
import insights from "../../core/schema/004_insights.sql" with { type: "text" };
import { openPlain, SCHEMA } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { actsAsOurs, makeSchema, migrateBySteps, migrationsFrom } from "../../core/migrations.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import { makeEvent, makeToolResult, makeToolUse, NOON } from "../helpers/events.ts";
import { filledHome, knownEvents } from "../helpers/filled_home.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("migrationsFrom() are all steps of an empty database, and none of a new one", () => {
  assert.equal(migrationsFrom(0).length, SCHEMA - 1);
  assert.deepEqual(migrationsFrom(SCHEMA), []);
});

Deno.test("makeSchema() makes what all steps come to, and nothing else", () => {
  const made = (make: (db: DatabaseSync) => void) => {
    using db = new DatabaseSync(":memory:");
    make(db);
    const tables = db.prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    ).all().map(({ name }) => String(name));
    return {
      schema: db.prepare("select type, name, tbl_name, sql from sqlite_schema order by name")
        .all()
        .map((row) => ({ ...row, sql: row.sql && String(row.sql).replaceAll(/\s+/g, " ") })),
      filled: tables.filter((name) => db.prepare(`select 1 from "${name}"`).get() !== undefined),
    };
  };

  const bySteps = made((db) => migrateBySteps(db, 0));

  assert.deepEqual(made(makeSchema), bySteps);
  assert.deepEqual(bySteps.filled, []);
});

Deno.test("migrationsFrom() know the edits that an older version stored by their tools", () => {
  using folder = tempFolder();
  {
    using older = openPlain(folder.at("telemetry.db"));
    older.exec(`${start}; ${severalProcesses}; pragma user_version = 3`);
    for (const [i, tool] of ["Edit", "Bash", "Write"].entries()) {
      older.prepare("insert into words values (?, ?)").run(i, tool);
      older.prepare(
        `insert into tool_calls (key, session, at, tool, side, headless, user_modified, asked,
           lines_added, lines_removed, files_created, created_file_lines, web_searches,
           git_commits, git_pushes, pull_requests)
         values (?1, 1, 1, ?1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
      ).run(i);
    }
  }

  using db = openWriter(folder.at("telemetry.db"));

  const rows = db.prepare("select is_edit, called, reviewed from tool_calls order by key").all();
  assert.deepEqual(rows.map((row) => Object.values(row)), [
    [1, 1, null],
    [0, 1, null],
    [1, 1, null],
  ]);
});

/** The event without the response that asked for the call. */
function unlinked(event: TelemetryEvent): TelemetryEvent {
  if (event.eventType !== "tool_use") return event;
  return { ...event, payload: { ...event.payload, message_id: undefined } };
}

/** Calls of every fate, none of which names its response. */
function unlinkedCalls() {
  const outcomes = ["failed", "rejected", "interrupted", "permission_denied", "hook_blocked"];
  const modes = ["default", "acceptEdits", "plan"];
  const calls = [...outcomes, "cancelled_sibling", "ok"].flatMap((outcome) =>
    modes.flatMap((mode) => ["Edit", "Bash"].map((tool) => ({ outcome, mode, tool })))
  );
  return calls.flatMap(({ outcome, mode, tool }, i) => [
    makeToolUse({ id: `u${i}`, use: `u${i}`, at: NOON + i, tool, mode, extension: "ts" }),
    makeToolResult({ id: `r${i}`, use: `u${i}`, at: NOON + i, outcome, added: 3 }),
  ]).concat([
    makeEvent("tool_note", { id: "n" }, { tool_use_id: literal("u1"), noted_added: 4 }),
    makeEvent("edit_proposal", { id: "p" }, {
      proposal_id: literal("p"),
      tool: literal("Edit"),
      tool_kind: literal("edit"),
      reviewed: literal("accepted"),
    }),
  ]);
}

Deno.test("migrationsFrom() makes the sums by kind of call as the fold would have", async () => {
  await using home = await filledHome([...knownEvents().map(unlinked), ...unlinkedCalls()]);
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  {
    using older = openPlain(path);
    older.exec(`${start}; ${severalProcesses}; ${lessIsKept}; ${insights}`);
    older.exec(`pragma user_version = 5; attach '${home.path}' as new`);
    for (const table of ["words", "responses", "tool_calls", "model_sums", "tool_sums"]) {
      const rows = older.prepare(`select name from pragma_table_info('${table}')`).all();
      const columns = rows.map(({ name }) => name).join(", ");
      older.exec(
        `insert or ignore into ${table} (${columns}) select ${columns} from new.${table}`,
      );
    }
  }

  using db = openWriter(path);

  const read = (from: typeof db) =>
    from.prepare(
      "select *, 0 as kind from kind_sums",
    ).all().map((row) => JSON.stringify(row)).sort();
  const expected = read(home.db);
  assert.deepEqual(read(db), expected);
  assert.ok(expected.length > 50);
});

Deno.test("migrationsFrom() gives dead letters a table, when they still are in the queue", () => {
  using folder = tempFolder();
  const letter = (stream: string, error: string, body: string | null) =>
    JSON.stringify({ stream, body, error, attempts: 3, dead_at: "2026-03-01T12:00:00.250Z" });
  {
    using older = openPlain(folder.at("telemetry.db"));
    older.exec(`${start}; pragma user_version = 2`);
    const add = older.prepare("insert into stream_entries values (?, ?, ?)");
    add.run(3, 1, letter("telemetry:events", "EventError: Cannot read: it is: so", null));
    add.run(3, 2, "no letter");
    add.run(3, 3, "{}");
    add.run(3, 4, letter("cdc:events", "Error", '{"block":3}'));
    add.run(1, 5, "an event");
    older.exec("insert into stream_groups values (3, 'inspection', 0), (1, 'processors', 0)");
  }

  using db = openWriter(folder.at("telemetry.db"));

  const rows = db.prepare("select * from dead_letters order by id").all();
  const at = Date.UTC(2026, 2, 1, 12);
  assert.deepEqual(rows.map((row) => Object.values(row).slice(1)), [
    [
      "telemetry:events",
      "processors",
      "letter 1",
      "EventError",
      "Cannot read: it is: so",
      3,
      at,
      null,
    ],
    ["cdc:events", "metrics", "letter 4", "Error", null, 3, at, '{"block":3}'],
  ]);
  assert.deepEqual(db.prepare("select body from stream_entries").get()?.body, "an event");
  assert.equal(db.prepare("select count(*) as n from stream_groups").get()?.n, 1);
});

Deno.test("openWriter() keeps a copy of what it upgrades, the last one alone", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  Deno.writeTextFileSync(`${path}.schema-2`, "older still");
  Deno.writeTextFileSync(`${path}.schema-1`, "set aside");
  {
    using older = openPlain(path);
    older.exec(`${start}; ${severalProcesses}; insert into words values (1, 'before')`);
    older.exec("pragma user_version = 3");
  }

  openWriter(path).close();

  using copy = openPlain(`${path}.schema-3`);
  assert.deepEqual({ ...copy.prepare("select text from words").get() }, { text: "before" });
  assert.equal(copy.prepare("pragma user_version").get()?.user_version, 3);
  const names = [...Deno.readDirSync(folder.path)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["telemetry.db", "telemetry.db.schema-1", "telemetry.db.schema-3"]);
  if (Deno.build.os !== "windows") {
    assert.equal(Deno.statSync(`${path}.schema-3`).mode! & 0o777, 0o600);
  }
});

Deno.test("openWriter() leaves the database as it was, when a step of the upgrade fails", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.db");
  {
    using older = openPlain(path);
    // Something is in the way of the step after.
    older.exec(`${start}; ${severalProcesses}; create table reviewed_hunks (mine integer)`);
    older.exec("insert into words values (1, 'before'); pragma user_version = 3");
  }

  assert.throws(() => openWriter(path), {
    name: "DatabaseError",
    message: `Cannot upgrade the database from schema 3 to ${SCHEMA}, and left it as it was: ` +
      "a step failed",
  });

  using older = openPlain(path);
  assert.equal(older.prepare("pragma user_version").get()?.user_version, 3);
  assert.deepEqual({ ...older.prepare("select text from words").get() }, { text: "before" });
  const columns = older.prepare("select name from pragma_table_info('responses')").all();
  assert.equal(columns.some(({ name }) => name === "kept"), false);
});

Deno.test("actsAsOurs() knows a trigger or view that is not ours", () => {
  for (const [version, make] of [[SCHEMA, makeSchema], [3, () => {}]] as const) {
    using db = new DatabaseSync(":memory:");
    make(db);
    assert.equal(actsAsOurs(db, version), true);
    db.exec("create table mine (a integer)");
    assert.equal(actsAsOurs(db, version), true);
    db.exec("create trigger evil after insert on mine begin delete from mine; end");
    assert.equal(actsAsOurs(db, version), false);
    db.exec("drop trigger evil; create view words_view as select 1");
    assert.equal(actsAsOurs(db, version), false);
  }
  using db = new DatabaseSync(":memory:");
  makeSchema(db);
  db.exec(`drop trigger model_sums_insert;
    create trigger model_sums_insert after insert on words begin delete from words; end`);
  assert.equal(actsAsOurs(db, SCHEMA), false);
});
