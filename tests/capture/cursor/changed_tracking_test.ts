/** Tests of `capture/cursor/changed_tracking.ts`: what is read of the code that is tracked. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { changedTracking, type TrackingMark } from "../../../capture/cursor/changed_tracking.ts";
import { privacy } from "./memory_state.ts";

Deno.test("changedTracking() counts lines by request, since those that are known", () => {
  using db = trackingDatabase();
  addLines(db, "r1", 3);
  const first = read(db);
  assert.equal(first.rows, 1);
  assert.equal(read(db, first.mark).rows, 0);

  addLines(db, "r2", 2);
  addLines(db, "r3", 1);
  assert.equal(read(db, first.mark).rows, 2);
});

Deno.test("changedTracking() reads commits again, when one of them changed", () => {
  using db = trackingDatabase();
  db.exec("insert into scored_commits (commitHash, linesAdded) values ('a', 1), ('b', 2)");
  const first = read(db);
  assert.equal(first.rows, 2);
  assert.equal(read(db, first.mark).rows, 0);

  db.exec("update scored_commits set linesAdded = 5 where commitHash = 'a'");
  assert.equal(read(db, first.mark).rows, 2);
});

Deno.test("changedTracking() reads what is there, when tables are missing or others", () => {
  using db = new DatabaseSync(":memory:");
  assert.equal(read(db).rows, 0);

  db.exec("create table ai_code_hashes (hash text); insert into ai_code_hashes values ('a')");
  assert.equal(read(db).rows, 0);
});

Deno.test("changedTracking() keeps no name, branch or message in its mark", () => {
  using db = trackingDatabase();
  addLines(db, "request", 2);
  db.exec("insert into scored_commits (commitHash, branchName) values ('a', 'secret')");

  const { lines, commits, ...rest } = read(db).mark;

  assert.deepEqual(rest, {});
  assert.match(
    JSON.stringify([lines, commits]),
    /^\[\[(\[\d+,"[0-9a-f]{12}"\],?)+\],"\w{16}"\]$/,
  );
});

function trackingDatabase(): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  db.exec(`
    create table ai_code_hashes (hash TEXT PRIMARY KEY, source TEXT, fileExtension TEXT,
      fileName TEXT, requestId TEXT, conversationId TEXT, timestamp INTEGER, model TEXT,
      createdAt INTEGER);
    create table scored_commits (commitHash TEXT, branchName TEXT, scoredAt INTEGER,
      linesAdded INTEGER, linesDeleted INTEGER, tabLinesAdded INTEGER, tabLinesDeleted INTEGER,
      composerLinesAdded INTEGER, composerLinesDeleted INTEGER, humanLinesAdded INTEGER,
      humanLinesDeleted INTEGER, blankLinesAdded INTEGER, blankLinesDeleted INTEGER,
      commitMessage TEXT, commitDate TEXT)`);
  return db;
}

function addLines(db: DatabaseSync, request: string, count: number): void {
  const insert = db.prepare(`insert into ai_code_hashes
    values (?, 'composer', '.ts', 'secret.ts', ?, 'c1', 1783397357731, 'm', 1783397357731)`);
  for (let i = 0; i < count; i++) insert.run(`${request}-${i}`, request);
}

function read(db: DatabaseSync, mark: TrackingMark = {}) {
  const pages = [...changedTracking(db, mark, privacy)];
  return { rows: pages.reduce((sum, { rows }) => sum + rows, 0), mark: pages.at(-1)!.mark };
}
