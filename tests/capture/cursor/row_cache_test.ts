/** Tests of `capture/cursor/row_cache.ts`: rows around another one. */

import assert from "node:assert/strict";
import { RowCache } from "../../../capture/cursor/row_cache.ts";
import { memoryState } from "./memory_state.ts";

Deno.test("RowCache.row() finds a row by its key, and asks once", () => {
  using state = memoryState();
  state.put("composerData:a", "1");
  const cache = new RowCache(state.db);
  assert.equal(cache.row("cursorDiskKV", "composerData:a"), "1");

  state.put("composerData:a", "2");
  assert.equal(cache.row("cursorDiskKV", "composerData:a"), "1");
  cache.forget({ table: "cursorDiskKV", key: "composerData:a" });
  assert.equal(cache.row("cursorDiskKV", "composerData:a"), "2");
});

Deno.test("RowCache.row() finds nothing, when the key is not allowed or there is none", () => {
  using state = memoryState();
  state.put("cursorAuth/accessToken", "secret", "ItemTable");
  state.put("composerData:a", null);
  const cache = new RowCache(state.db);

  assert.equal(cache.row("ItemTable", "cursorAuth/accessToken"), undefined);
  assert.equal(cache.row("ItemTable", "aiService.prompts"), undefined);
  assert.equal(cache.row("cursorDiskKV", "composerData:a"), undefined);
  assert.equal(cache.row("composerHeaders", "a"), undefined);
});

Deno.test("RowCache.row() finds a composer's header, when there is the table", () => {
  using state = memoryState();
  state.db.exec("create table composerHeaders (composerId text, value text)");
  state.db.exec("insert into composerHeaders values ('a', '{}')");

  assert.equal(new RowCache(state.db).row("composerHeaders", "a"), "{}");
});

Deno.test("RowCache.row() keeps the latest ones alone", () => {
  using state = memoryState();
  const cache = new RowCache(state.db);
  for (let i = 0; i < 40; i++) state.put(`composerData:${i}`, "old");
  for (let i = 0; i < 40; i++) cache.row("cursorDiskKV", `composerData:${i}`);
  for (const i of [0, 39]) state.put(`composerData:${i}`, "new");

  assert.equal(cache.row("cursorDiskKV", "composerData:39"), "old");
  assert.equal(cache.row("cursorDiskKV", "composerData:0"), "new");
});

Deno.test("RowCache.row() keeps few of large rows", () => {
  using state = memoryState();
  const cache = new RowCache(state.db);
  const large = "x".repeat(12_000_000);
  for (let i = 0; i < 4; i++) {
    state.put(`composerData:${i}`, large);
    cache.row("cursorDiskKV", `composerData:${i}`);
  }
  state.put("composerData:0", "new");

  assert.equal(cache.row("cursorDiskKV", "composerData:0"), "new");
});
