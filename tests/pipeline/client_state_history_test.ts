/** Tests of a history that an earlier version did not keep. */

import assert from "node:assert/strict";
import { systemClock } from "../../core/clock.ts";
import { openWriter } from "../../core/open_writer.ts";
import { encodeEvent } from "../../core/event.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  TABLES,
} from "../helpers/events.ts";
import { seenState } from "../helpers/seen_limits.ts";
import { derivedRows } from "./derived_rows.ts";
import { tempDatabase } from "./temp_database.ts";

async function run(path: string, events: readonly string[] = []): Promise<void> {
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  await pipeline.resume();
  await pipeline.accept(events, []);
  await pipeline.drain();
}

function rowsOf(path: string) {
  using db = openWriter(path);
  return derivedRows(db);
}

Deno.test("fillClientStates() fills in a history once, and adds to nothing else", async () => {
  using folder = tempDatabase();
  const events = [
    makePrompt({ id: "p", session: "s1" }),
    makeResponse({ id: "m", session: "s1", output: 10, calls: 1 }),
    makeToolUse({ id: "u", session: "s1", use: "u", message: "m" }),
    makeToolResult({ id: "r", session: "s1", use: "u", added: 3 }),
    seenState(NOON + 5, 90, null),
    seenState(NOON + 9, 20, 7),
  ];
  await run(folder.path, events.map(encodeEvent));
  const before = rowsOf(folder.path);
  {
    using db = openWriter(folder.path);
    db.exec("delete from client_states; delete from made_with where name = 'client_states'");
  }

  await run(folder.path);

  assert.equal(before.client_states!.length, 2);
  assert.deepEqual(rowsOf(folder.path), before);
  {
    using db = openWriter(folder.path);
    db.exec("delete from client_states");
  }
  await run(folder.path);
  assert.deepEqual(rowsOf(folder.path).client_states, [], "it is done once");
});
