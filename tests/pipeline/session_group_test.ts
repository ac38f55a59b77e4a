/** Tests of `pipeline/session_group.ts`. */

import assert from "node:assert/strict";
import { DirtySessions } from "../../pipeline/derive/dirty_sessions.ts";
import { SessionGroup, type SessionGroupParts } from "../../pipeline/session_group.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { diskFullError } from "../helpers/faults.ts";
import { openParts, type Parts } from "./open_parts.ts";
import { tempDatabase } from "./temp_database.ts";

Deno.test("SessionGroup.runSlice() derives each dirty session, then acknowledges", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const derived: number[][] = [];
  const { group, changes } = await openGroup(parts, [[1, 10], [2, 20], [3, 30]], (...session) => {
    derived.push(session);
    return undefined;
  });

  const done = [await group.runSlice(2)];
  const depth = await changes.depth();
  done.push(await group.runSlice(2), await group.runSlice(2));

  // The block is the second one in the end.
  assert.deepEqual(done, [2, 2, 0]);
  assert.deepEqual(derived, [[1, 10], [2, 20], [3, 30]]);
  assert.deepEqual([depth, await group.depth()], [1, 0]);
});

Deno.test("SessionGroup.runSlice() comes back to what is not yet done", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const moments: number[] = [];
  const { group } = await openGroup(parts, [[1, 10]], (_, fromAt) => {
    moments.push(fromAt);
    return fromAt < 30 ? fromAt + 10 : undefined;
  });

  while (await group.runSlice(9) > 0);

  assert.deepEqual(moments, [10, 20, 30]);
});

Deno.test("SessionGroup.runSlice() buries a session that cannot be derived", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const derived: number[] = [];
  const { group } = await openGroup(parts, [[1, 0], [2, 0]], (session) => {
    if (session === 1) throw new RangeError("Cannot derive a session: it is made up");
    derived.push(session);
    return undefined;
  });

  while (await group.runSlice(9) > 0);

  assert.deepEqual(derived, [2]);
  assert.deepEqual(parts.deadLetters().map(({ body, message }) => ({ body, message })), [
    { body: '{"session":1}', message: "Cannot derive a session: it is made up" },
  ]);
});

Deno.test("SessionGroup.runSlice() keeps a session dirty, when the disk is full", async () => {
  using folder = tempDatabase();
  using parts = openParts(folder.path);
  const { group, dirty } = await openGroup(parts, [[1, 0]], () => {
    throw diskFullError();
  });

  await assert.rejects(() => group.runSlice(9), /full/);

  assert.deepEqual(dirty.next("test", 9), [[1, 0]]);
  assert.deepEqual(parts.deadLetters(), []);
});

/** A group of one announced block, which changed these sessions. */
async function openGroup(
  parts: Parts,
  sessions: readonly (readonly [number, number])[],
  derive: SessionGroupParts["derive"],
) {
  const { db, clock } = parts;
  const dirty = new DirtySessions(db, ["test"]);
  for (const [session, at] of sessions) dirty.mark(session, at);
  dirty.flush();
  const changes = new SqliteBroker({ db, clock, stream: "cdc:events", group: "test" });
  await changes.publish(["{}"]);
  const deadLetters = parts.letters;
  const forget = () => parts.traces.forget();
  const group = new SessionGroup({
    db,
    name: "test",
    changes,
    dirty,
    derive,
    deadLetters,
    forget,
  });
  return { group, changes, dirty };
}
