/** Tests of taking out what derives from purged events: one family at a time, found by session. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { purgeDerived } from "../../pipeline/purge_derived.ts";
import { DERIVED } from "../../pipeline/rebuild.ts";
import { makePrompt, TABLES } from "../helpers/events.ts";
import { openParts } from "./open_parts.ts";

Deno.test("purgeDerived() takes one session at a turn, and each whole", async () => {
  using parts = openParts(":memory:");
  const { db } = parts;
  const names = ["a", "b", "c"];
  for (const session of names) {
    await parts.events.publish([encodeEvent(makePrompt({ id: `p${session}`, session }))]);
    await parts.runToEnd();
  }
  db.exec("insert into purge_sessions select id, 1e15 from sessions where session_id <> 'c'");
  db.exec("insert into purges (id, events, events_done) values (1, 2, 0)");
  for (const table of Object.values(TABLES)) {
    db.exec(`delete from ${table} where session in (select session from purge_sessions)`);
  }
  const left = () =>
    ["sessions", "inputs", "input_sums where tier = 0 and bucket = 0", "purge_sessions"]
      .map((from) => Number(db.prepare(`select count(*) as n from ${from}`).get()!.n));
  const announce = (blocks: Parameters<typeof parts.groups.announceAgain>[0]) =>
    parts.groups.announceAgain(blocks);

  const seen = new Set<string>();
  const run = purgeDerived({ ...parts, tables: TABLES, announce });
  do {
    equal(db.isTransaction, false);
    seen.add(left().join(" "));
  } while (!run.next().done);

  deepEqual([...seen], ["3 3 3 2", "2 2 2 1", "1 1 1 0"]);
});

Deno.test("deleteDerived() finds what derives from a session without a look at others", () => {
  using db = openWriter(":memory:");
  for (const table of DERIVED) {
    const plan = db.prepare(
      `explain query plan delete from ${table}
       where session in (select value from json_each('[1]'))`,
    ).all().map(({ detail }) => String(detail));
    ok(plan.some((step) => step.startsWith(`SEARCH ${table} `)), `${table}: ${plan}`);
  }
});
