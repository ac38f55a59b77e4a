/** Tests of giving free room of the file back. */

import { equal, ok } from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { giveBack } from "../../pipeline/give_back.ts";
import { tempDatabase } from "./temp_database.ts";

const ROOM_BYTES = 8_000_000;

Deno.test("giveBack() makes the file smaller, some pages at a turn", () => {
  using folder = tempDatabase();
  using db = openWriter(folder.path);
  db.exec(`create table room as select zeroblob(${ROOM_BYTES}) as bytes`);
  db.exec("drop table room; pragma wal_checkpoint(truncate)");
  const before = Deno.statSync(folder.path).size;
  ok(before > ROOM_BYTES);

  let turns = 0;
  for (const _ of giveBack(db)) {
    equal(db.isTransaction, false);
    turns++;
  }

  ok(turns > 3, `${turns} turns`);
  ok(Deno.statSync(folder.path).size < before - ROOM_BYTES);
  equal([...giveBack(db)].length, 0, "there is nothing to be done again");
});
