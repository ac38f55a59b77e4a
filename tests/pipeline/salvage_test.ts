/** Tests of reading what is left of a damaged database. */

import { deepEqual, equal } from "node:assert/strict";
import { openPlain } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { Salvage } from "../../pipeline/salvage.ts";
import { makePrompt } from "../helpers/events.ts";
import { openParts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

const PROMPTS = Array.from({ length: 5 }, (_, i) => encodeEvent(makePrompt({ id: `p${i}` })));

Deno.test("Salvage.blocks() passes over what cannot be read", () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    for (const prompt of PROMPTS) parts.append([prompt]);
    parts.db.exec("update trace_blocks set body = x'00' where id = 2");
    parts.db.exec("delete from trace_blocks where id = 4");
  }
  using salvage = new Salvage(folder.path);

  deepEqual(
    [...salvage.blocks()].flat().map(encodeEvent),
    [0, 2, 4].map((i) => PROMPTS[i]),
  );
  equal(salvage.number("select count(*) from words") !== undefined, true);
  equal(salvage.number("select count(*) from elsewhere"), undefined);
});

Deno.test("Salvage.waiting() gives what was accepted, and was stored by nobody", async () => {
  using folder = tempDatabase();
  {
    using parts = openParts(folder.path);
    await parts.events.publish([...PROMPTS, "no event"]);
  }
  using salvage = new Salvage(folder.path);

  deepEqual([...new Set([...salvage.waiting()].map(encodeEvent))], PROMPTS);
});

Deno.test("Salvage.rows() reads from both ends, where the middle is gone", () => {
  using folder = tempDatabase();
  {
    using db = openPlain(folder.path);
    db.exec("create table numbers (id integer primary key, text text); begin");
    const add = db.prepare("insert into numbers values (?, ?)");
    for (let i = 0; i < 500; i++) add.run(i, "x".repeat(200));
    db.exec("commit");
  }
  const pages = Deno.statSync(folder.path).size / 4096;
  const bytes = Deno.readFileSync(folder.path);
  const middle = Math.floor(pages / 2) * 4096;
  Deno.writeFileSync(folder.path, bytes.fill(0, middle, middle + 4096));
  using salvage = new Salvage(folder.path);

  const ids = new Set([...salvage.rows("select id from numbers", "id")].map(([id]) => id));

  equal(ids.has(0) && ids.has(499), true);
  equal(ids.size < 500 && ids.size > 400, true);
});

Deno.test("Salvage.number() knows nothing of what is no database", () => {
  using folder = tempDatabase();
  Deno.writeTextFileSync(folder.path, "no database".repeat(100));
  using salvage = new Salvage(folder.path);

  equal(salvage.number("select 1"), undefined);
  deepEqual([...salvage.blocks(), ...salvage.waiting()], []);
});
