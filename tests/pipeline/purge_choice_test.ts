/** Tests of which sessions a purge is of. */

import { deepEqual, ok } from "node:assert/strict";
import type { PurgeChoice } from "../../core/purge.ts";
import { chooseCuts, measureCuts } from "../../pipeline/purge_choice.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { NOON, TABLES } from "../helpers/events.ts";
import { openWriter } from "../../core/open_writer.ts";

const HOUR_MS = 3_600_000;

async function ask(choice: PurgeChoice, now = NOON + HOUR_MS) {
  await using home = await filledHome();
  using db = openWriter(home.path);
  const cuts = chooseCuts(db, TABLES, choice, now);
  return cuts.map(({ sessionId, cutAt }) => [sessionId, cutAt]).sort();
}

Deno.test("chooseCuts() takes sessions with anything before the moment", async () => {
  const now = NOON + HOUR_MS;
  deepEqual(await ask({ session: "beta" }), [["beta", now]]);
  deepEqual(await ask({ platform: "cursor" }), [["gamma", now]]);
  const before = NOON - 20 * HOUR_MS;
  deepEqual(await ask({ before }), [["delta", before], ["gamma", before]]);
  deepEqual(await ask({ before, session: "alpha" }), []);
  deepEqual((await ask({})).length, 6);
});

Deno.test("chooseCuts() takes all of a session, when a clock was wrong", async () => {
  const [[, cutAt] = []] = await ask({ session: "beta" }, NOON - 30 * HOUR_MS);
  ok(Number(cutAt) > NOON - 3 * HOUR_MS);
});

Deno.test("measureCuts() counts what would go, and sessions that are shown", async () => {
  await using home = await filledHome();
  using db = openWriter(home.path);
  const measure = (choice: PurgeChoice) =>
    measureCuts(db, TABLES, chooseCuts(db, TABLES, choice, NOON + HOUR_MS));
  const stored = db.prepare("select sum(events) as events, sum(bytes) as bytes from storage")
    .get()!;
  const all = measure({});
  deepEqual(all, { sessions: 5, events: stored.events, bytes: stored.bytes });
  const { sessions, events, bytes } = measure({ session: "notes" });
  ok(sessions === 0 && events === 2 && bytes > 0 && bytes < all.bytes / 4);
});
