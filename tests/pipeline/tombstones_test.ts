/** Tests of `Tombstones`. */

import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { Privacy } from "../../core/privacy.ts";
import { Tombstones } from "../../pipeline/tombstones.ts";
import { makePrompt, NOON } from "../helpers/events.ts";

const KEY = new Uint8Array(32).fill(7);

function open(db: Database): Tombstones {
  return new Tombstones(db, new Privacy(KEY));
}

function prompt(session: string, at: number, platform = "claude_code", undated = false) {
  return makePrompt({ id: `${session}-p`, session, at, platform, undated });
}

Deno.test("Tombstones.holds() is true of what is older than what was purged", () => {
  using db = openWriter(":memory:");
  const stones = open(db);
  equal(stones.holds(prompt("s1", NOON)), false);
  stones.add("claude_code", "s1", NOON);
  stones.add("cursor", undefined, NOON + 5);
  stones.add("cursor", undefined, NOON - 5);
  deepEqual(
    [
      prompt("s1", NOON - 1),
      prompt("s1", NOON),
      prompt("s2", NOON - 1),
      prompt("s1", NOON + 4, "cursor"),
      prompt("s1", NOON + 5, "cursor"),
    ].map((event) => [stones.holds(event), open(db).holds(event)]),
    [[true, true], [false, false], [false, false], [true, true], [false, false]],
  );
});

Deno.test("Tombstones.holds() knows an event without a time of its own by what it is", () => {
  using db = openWriter(":memory:");
  const stones = open(db);
  stones.add("claude_code", "s1", NOON);
  stones.addEvent(prompt("s1", NOON - 1, "claude_code", true));
  stones.addEvent(prompt("s2", NOON - 1));
  equal(stones.holds(prompt("s1", NOON + 9, "claude_code", true)), true);
  equal(stones.holds(prompt("s1", NOON + 9)), false);
  equal(stones.holds(prompt("s2", NOON + 9, "claude_code", true)), false);
});

Deno.test("Tombstones.add() keeps no id, and another hash with another key", () => {
  const hashes = [KEY, new Uint8Array(32)].map((key) => {
    using db = openWriter(":memory:");
    new Tombstones(db, new Privacy(key)).add("claude_code", "my-session", NOON);
    return String(db.prepare("select session from tombstones").get()!.session);
  });
  notEqual(hashes[0], hashes[1]);
  equal(hashes.join().includes("my-session"), false);
});

Deno.test("Tombstones.lift() lets all be stored again, or what is of one platform", () => {
  using db = openWriter(":memory:");
  const stones = open(db);
  for (const platform of ["claude_code", "cursor"]) {
    stones.add(platform, "s1", NOON);
    stones.addEvent(prompt("s1", NOON - 1, platform, true));
  }
  const held = () =>
    ["claude_code", "cursor"].flatMap((platform) => [
      stones.holds(prompt("s1", NOON - 1, platform)),
      stones.holds(prompt("s1", NOON + 1, platform, true)),
    ]);
  stones.lift("cursor");
  deepEqual(held(), [true, true, false, false]);
  stones.lift();
  deepEqual(held(), [false, false, false, false]);
});

Deno.test("Tombstones.forget() asks again, when a transaction was rolled back", () => {
  using db = openWriter(":memory:");
  const stones = open(db);
  db.exec("begin");
  stones.add("claude_code", "s1", NOON);
  const within = stones.holds(prompt("s1", NOON - 1));
  db.exec("rollback");
  stones.forget();
  deepEqual([within, stones.holds(prompt("s1", NOON - 1))], [true, false]);
});
