/** Tests of `capture/cursor/changed_items.ts`: what changed among the few items that are read. */

import assert from "node:assert/strict";
import { changedItems, type ItemMark } from "../../../capture/cursor/changed_items.ts";
import { drain, type MemoryState, memoryState, privacy } from "./memory_state.ts";

Deno.test("changedItems() reads allowed keys alone, and nulls without trouble", () => {
  using state = memoryState();
  put(state, "aiService.prompts", "[1]");
  put(state, "aiCodeTracking.dailyStats.v1.5.2026-07-07", "{}");
  put(state, "aiCodeTracking.dailyStats.v2.2026-07-08", "{2}");
  put(state, "composer.composerData", null);
  put(state, "cursorAuth/accessToken", "secret");
  put(state, "aiCodeTracking.dailyStatsOther", "secret");
  put(state, null, "no key");

  assert.deepEqual(read(state).rows, [
    "aiService.prompts=[1]",
    "aiCodeTracking.dailyStats.v1.5.2026-07-07={}",
    "aiCodeTracking.dailyStats.v2.2026-07-08={2}",
  ]);
});

Deno.test("changedItems() reads only what changed, in whichever way it was written", () => {
  using state = memoryState();
  put(state, "aiService.prompts", "[1]");
  put(state, "aiService.generations", "[2]");
  const first = read(state);
  put(state, "aiService.prompts", "[1]");
  assert.deepEqual(read(state, first.mark).rows, []);

  state.db.exec("update ItemTable set value = '[3]' where key = 'aiService.generations'");
  const second = read(state, first.mark);
  assert.deepEqual(second.rows, ["aiService.generations=[3]"]);
  assert.deepEqual(read(state, second.mark).rows, []);
});

Deno.test("changedItems() keeps no key and no value in its mark", () => {
  using state = memoryState();
  put(state, "aiService.prompts", "a secret");

  const json = JSON.stringify(read(state).mark);

  assert.match(json, /^\{"[0-9a-f]{12}":"[0-9a-f]{12}"\}$/);
});

Deno.test("changedItems() counts an item that is too large, each time that it is met", () => {
  using state = memoryState();
  put(state, "aiService.prompts", "x".repeat(16 * 1024 * 1024 + 1));

  const { rows, tooLong } = read(state);

  assert.deepEqual([rows, tooLong], [[], 1]);
});

Deno.test("changedItems() goes on behind a page, when it was interrupted there", () => {
  using state = memoryState();
  put(state, "aiService.generations", "1".repeat(1024 * 1024));
  put(state, "aiService.prompts", "2");
  const [page] = changedItems(state.db, {}, privacy);

  assert.deepEqual(page!.rows.map(({ key }) => key), ["aiService.generations"]);
  assert.deepEqual(read(state, page!.mark).rows, ["aiService.prompts=2"]);
});

function put(state: MemoryState, key: string | null, value: string | null): void {
  state.put(key, value, "ItemTable");
}

function read(state: MemoryState, mark: ItemMark = {}) {
  return drain(changedItems(state.db, mark, privacy));
}
