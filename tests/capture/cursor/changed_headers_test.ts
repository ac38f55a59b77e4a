/** Tests of `capture/cursor/changed_headers.ts`: which composers were updated. */

import assert from "node:assert/strict";
import { changedHeaders } from "../../../capture/cursor/changed_headers.ts";
import { drain, type MemoryState, memoryState } from "./memory_state.ts";

Deno.test("changedHeaders() reads nothing, when there is no such table, or another", () => {
  using state = memoryState();
  assert.deepEqual(read(state), { rows: [], tooLong: 0, mark: undefined });

  state.db.exec("create table composerHeaders (id text, value text)");
  assert.deepEqual(read(state).rows, []);
});

Deno.test("changedHeaders() reads all at first, then what was updated since", () => {
  using state = headerState();
  put(state, "a", 1000, "1");
  put(state, "b", null, "2");
  const first = read(state);
  assert.deepEqual(first.rows, ["b=2", "a=1"]);

  put(state, "b", 3000, "4");
  put(state, "c", 2000, "3");
  const second = read(state, first.mark);
  // What has the latest moment comes again: another may have the same.
  assert.deepEqual(second.rows, ["a=1", "c=3", "b=4"]);
  put(state, "d", 3000, "5");
  assert.deepEqual(read(state, second.mark).rows, ["b=4", "d=5"]);
});

Deno.test("changedHeaders() takes a table without row numbers", () => {
  using state = memoryState();
  state.db.exec(`create table composerHeaders (composerId text primary key,
    lastUpdatedAt integer, value text) without rowid`);
  put(state, "a", 1000, "1");

  assert.deepEqual(read(state).rows, ["a=1"]);
});

Deno.test("changedHeaders() reads many in pages, each once", () => {
  using state = headerState();
  state.db.exec("begin");
  for (let i = 0; i < 1800; i++) put(state, `c${i}`, 1000 + i, `${i}`);
  state.db.exec("commit");

  const pages = [...changedHeaders(state.db, undefined)];

  assert.ok(pages.length >= 4);
  const rows = pages.flatMap((page) => page.rows.map(({ key }) => key));
  assert.equal(new Set(rows).size, 1800);
  assert.equal(read(state, pages[1]!.mark).rows.length, 801);
});

function headerState(): MemoryState {
  const state = memoryState();
  state.db.exec(`create table composerHeaders (composerId text primary key, workspaceId text,
    createdAt integer, lastUpdatedAt integer, isArchived integer, value text)`);
  return state;
}

function put({ db }: MemoryState, id: string, updatedAt: number | null, value: string): void {
  db.prepare(
    "insert or replace into composerHeaders (composerId, lastUpdatedAt, value) values (?, ?, ?)",
  ).run(id, updatedAt, value);
}

function read(state: MemoryState, mark?: number) {
  return drain(changedHeaders(state.db, mark));
}
