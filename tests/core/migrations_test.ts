/** Tests of `core/migrations.ts`: what an older version stored is still there. */

import assert from "node:assert/strict";
import start from "../../core/schema/001_start.sql" with { type: "text" };
import severalProcesses from "../../core/schema/002_several_processes.sql" with { type: "text" };
import { openPlain, openWriter } from "../../core/database.ts";
import { migrationsFrom, SCHEMA } from "../../core/migrations.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("migrationsFrom() are all steps of an empty database, and none of a new one", () => {
  assert.equal(migrationsFrom(0).length, SCHEMA - 1);
  assert.deepEqual(migrationsFrom(SCHEMA), []);
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
