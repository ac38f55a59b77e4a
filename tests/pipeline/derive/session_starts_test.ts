/** Tests of `pipeline/derive/session_starts.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { literal } from "../../../core/privacy.ts";
import { Words } from "../../../core/words.ts";
import { SessionStarts } from "../../../pipeline/derive/session_starts.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";

Deno.test("SessionStarts.tell() notes each start once, and none without a source", () => {
  using db = openWriter(":memory:");
  const words = new Words(db), starts = new SessionStarts(db, words);
  const start = makeEvent("session_start", { id: "a" }, { source: literal("resume") });

  for (const event of [start, start, makeEvent("session_start", { id: "b" })]) {
    starts.tell(7, event);
  }

  assert.deepEqual(db.prepare("select * from session_starts").all().map((row) => ({ ...row })), [
    { session: 7, at: NOON, source: words.number("resume") },
  ]);
});
