/** Tests of `core/migrations.ts`: what an older version knew of sub-agents is in the sums. */

import assert from "node:assert/strict";
import { openPlain, SCHEMA } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { migrationsFrom } from "../../core/migrations.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("migrationsFrom() sum what sub-agents did, by every tier", () => {
  using folder = tempFolder();
  const context = migrationsFrom(0).findIndex((sql) => sql.includes("attribution_sums"));
  const before = SCHEMA - migrationsFrom(0).length + context;
  const at = Date.UTC(2026, 2, 1, 12, 7);
  {
    using older = openPlain(folder.at("telemetry.db"));
    older.exec(
      `${migrationsFrom(0).slice(0, context).join(";")}; pragma user_version = ${before}`,
    );
    const response = older.prepare(
      `insert into responses (key, session, at, model, side, stopped, input, output, cache_read,
         cache_creation, cache_creation_5m, cache_creation_1h, thinking, web_searches, fast,
         cost, kept) values (?, 7, ${at}, 1, ?, 1, 10, 5, 3, 2, 0, 0, 0, 0, 0, ?, ?)`,
    );
    const told = [[1, 90, 1], [1, null, 1], [1, null, 0], [0, 70, 1]];
    told.forEach(([side, cost, kept], key) => response.run(key, side!, cost!, kept!));
    older.exec(
      `insert into tool_calls (key, session, at, tool, side, headless, user_modified, asked,
         lines_added, lines_removed, files_created, created_file_lines, web_searches,
         git_commits, git_pushes, pull_requests)
       values (1, 7, ${at}, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
    );
  }

  using db = openWriter(folder.at("telemetry.db"));

  const rows = db.prepare(
    `select tier, bucket - ${at} as since, messages, messages_without_tokens as untold, input,
       output, priced_tokens as priced, cost_micros as cost, tool_uses as calls
     from attribution_sums order by tier`,
  ).all();
  const sums = { messages: 3, untold: 1, input: 20, output: 10, priced: 20, cost: 90, calls: 1 };
  assert.deepEqual(rows.map((row) => ({ ...row })), [
    { tier: 0, since: -at, ...sums },
    { tier: 60, since: 0, ...sums },
    { tier: 300, since: -120_000, ...sums },
    { tier: 900, since: -420_000, ...sums },
  ]);
});
