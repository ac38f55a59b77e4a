/** Tests of taking purged events out of the spool. */

import { deepEqual, equal } from "node:assert/strict";
import { isSpooled, spoolEvents } from "../../capture/spool.ts";
import { purgeSpool } from "../../capture/spool_purge.ts";
import { encodeEvent } from "../../core/event.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { tempFolder } from "../core/temp_folder.ts";

function prompt(session: string, at = NOON): string {
  return encodeEvent(makePrompt({ id: `${session}-p`, session, at }));
}

Deno.test("purgeSpool() takes out what is chosen, and leaves the rest as it is", () => {
  using folder = tempFolder();
  const spool = `${folder.path}/spool`;
  spoolEvents(spool, [prompt("s1")], NOON);
  spoolEvents(spool, [prompt("s1"), prompt("s2")], NOON + 1);
  spoolEvents(spool, [prompt("s3")], NOON + 2);
  Deno.writeTextFileSync(`${spool}/.5-1-x.jsonl`, '{"session_id":"s1"');
  Deno.writeTextFileSync(`${spool}/notes.txt`, "s1");

  purgeSpool(spool, { session: "s1" });

  const names = [...Deno.readDirSync(spool)].map(({ name }) => name).sort();
  const texts = names.filter(isSpooled).map((name) => Deno.readTextFileSync(`${spool}/${name}`));
  deepEqual(texts, [`${prompt("s2")}\n`, `${prompt("s3")}\n`]);
  equal(names.length, 3, "what is no event may be one of them; what is nobody's stays");
  purgeSpool(spool, { before: NOON });
  equal([...Deno.readDirSync(spool)].length, 3);
  purgeSpool(spool, {});
  deepEqual([...Deno.readDirSync(spool)].map(({ name }) => name), ["notes.txt"]);
});

Deno.test("purgeSpool() does nothing, when there is no spool", () => {
  purgeSpool("/nowhere/spool", {});
});
