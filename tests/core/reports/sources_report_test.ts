/** Tests of `core/reports/sources_report.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { reportSources } from "../../../core/reports/sources_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("reportSources() adds up files by assistant, and tells its sessions", async () => {
  await using home = await filledHome();
  {
    using db = openWriter(home.path);
    const add = db.prepare(
      `insert into sources (id, platform, file_id, head, position, size, modified_at, lines,
         lines_malformed, lines_unknown, state)
       values (?, (select id from words where text = 'claude_code'), 'f', 'h', ?, 100, ?, 7, 1, 2,
         '{}')`,
    );
    add.run("a", 100, 5);
    add.run("b", 60, 9);
  }

  const [claude, cursor] = reportSources(home.db);

  assert.deepEqual(claude, {
    platform: "claude_code",
    files: 2,
    files_read: 1,
    bytes: 200,
    lines: 14,
    lines_malformed: 2,
    lines_unknown: 4,
    modified_at: 9,
    sessions: 4,
    last_at: claude!.last_at,
    versions: ["2.1.4", "1.0.98"],
  });
  assert.ok(claude!.last_at! > cursor!.last_at!);
  assert.deepEqual([cursor!.platform, cursor!.files, cursor!.sessions], ["cursor", 0, 1]);
  assert.equal(cursor!.modified_at, null);
});
