/** Tests of the look at the database. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { Findings } from "../../../core/audit/audit.ts";
import { ByteAudit } from "../../../core/audit/byte_audit.ts";
import { auditBlocks, auditColumns, schemaTexts } from "../../../core/audit/database_audit.ts";
import { PieceSearch } from "../../../core/audit/piece_search.ts";
import { openForAudit } from "../../../core/database.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { filledHome } from "../../helpers/filled_home.ts";

function look(path: string) {
  const findings = new Findings();
  using db = openForAudit(path)!;
  const bytes = new ByteAudit({ pieces: new PieceSearch(), texts: [] }, findings);
  const columns = auditColumns(db, findings);
  const blocks = auditBlocks("blocks", db, bytes, findings);
  return { columns, blocks, findings: findings.all };
}

Deno.test("auditColumns() and auditBlocks() find nothing in a real database", async () => {
  await using home = await filledHome();

  const { columns, blocks, findings } = look(home.path);

  deepEqual(findings, []);
  ok(blocks.events > 20 && blocks.bytes > 2000);
  const word = columns.find(({ table, column }) => table === "words" && column === "text");
  match(word!.example!, /^[\w:.-]+$/);
  ok(columns.every(({ why }) => why !== null));
});

Deno.test("auditColumns() finds what a column may not hold, and shows none of it", async () => {
  await using home = await filledHome();
  {
    using db = openWriter(home.path);
    db.exec("insert into words (text) values ('make it work'); create table notes (title text)");
    db.exec("insert into notes values ('make it work')");
  }

  const { columns, findings } = look(home.path);

  deepEqual(findings, [
    { place: "notes.title", kind: "unknown_column", count: 1 },
    { place: "words.text", kind: "unsafe_value", count: 1 },
  ]);
  equal(JSON.stringify(columns).includes("make it work"), false);
});

Deno.test("auditBlocks() finds what is no event, no block, or private", async () => {
  await using home = await filledHome();
  {
    using db = openWriter(home.path);
    const add = db.prepare(
      `insert into trace_blocks (id, platform, first_at, last_at, events, raw_bytes, body)
       values (?, 1, 0, 0, 1, 1, ?)`,
    );
    add.run(1000, deflateSync('{"prompt":"make it work as it did before in /home/ada"}'));
    add.run(1001, new Uint8Array([1, 2, 3]));
  }

  const { findings } = look(home.path);

  deepEqual(findings, [
    { place: "blocks", kind: "path", count: 1 },
    { place: "blocks", kind: "free_text", count: 1 },
    { place: "blocks", kind: "unsafe_value", count: 2 },
  ]);
});

Deno.test("schemaTexts() gives all that the program wrote into the file itself", () => {
  using db = openWriter(":memory:");

  ok(schemaTexts(db).some((text) => /create table sessions/i.test(text)));
});
