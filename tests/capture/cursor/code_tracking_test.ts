/** Tests of `capture/cursor/code_tracking.ts`: rows of the database of tracked code. */

import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  SCORED_COMMITS_QUERY,
  type ScoredCommit,
  scoredCommit,
  TRACKED_LINES_QUERY,
  type TrackedLines,
  trackedLines,
} from "../../../capture/cursor/code_tracking.ts";
import { NOON } from "./shapes.ts";
import { item, privacy, project } from "./state_rows.ts";

function trackingDatabase(): DatabaseSync {
  const db = new DatabaseSync(":memory:");
  db.exec(`
    create table ai_code_hashes (hash text, source text, fileExtension text, fileName text,
      requestId text, conversationId text, timestamp integer, model text, createdAt integer);
    create table scored_commits (commitHash text, branchName text, scoredAt integer,
      linesAdded integer, linesDeleted integer, tabLinesAdded integer, tabLinesDeleted integer,
      composerLinesAdded integer, composerLinesDeleted integer, humanLinesAdded integer,
      humanLinesDeleted integer, blankLinesAdded integer, blankLinesDeleted integer,
      commitMessage text, commitDate text);
    insert into ai_code_hashes values
      ('h1', 'composer', 'ts', 'secret.ts', 'r1', 'c1', ${NOON}, 'gpt-5', ${NOON}),
      ('h2', 'composer', 'ts', 'secret.ts', 'r1', 'c1', ${NOON + 5}, 'gpt-5', ${NOON}),
      ('h3', 'tab', '.py', 'x.py', null, null, null, null, ${NOON});
    insert into scored_commits (commitHash, branchName, scoredAt, linesAdded, composerLinesAdded)
      values ('abc123', 'secret', ${NOON}, 9, 4);
  `);
  return db;
}

Deno.test("trackedLines() tells how many lines of a request are tracked", () => {
  using db = trackingDatabase();
  const rows = db.prepare(TRACKED_LINES_QUERY).all() as unknown as TrackedLines[];
  const [tab, composer] = rows.flatMap((row) => trackedLines(row, privacy))
    .sort((a, b) => Number(a.payload.lines) - Number(b.payload.lines));

  deepEqual([composer!.sessionId, composer!.timestamp], ["c1", NOON]);
  deepEqual(composer!.payload, {
    source: "composer",
    file_extension: "ts",
    lines: 2,
    request_id: "r1",
    model: "gpt-5",
  });
  deepEqual(tab!.payload, { source: "tab", file_extension: "py", lines: 1 });
});

Deno.test("trackedLines() tells nothing of lines without a time", () => {
  const row = { source: "tab", fileExtension: null, requestId: null, conversationId: null };

  deepEqual(trackedLines({ ...row, model: null, lines: 1, firstAt: 0 }, privacy), []);
  equal(trackedLines({ ...row, model: null, lines: 1, firstAt: NOON }, privacy).length, 1);
});

Deno.test("scoredCommit() tells a commit's lines by who wrote them, and not which it is", () => {
  using db = trackingDatabase();
  const [row] = db.prepare(SCORED_COMMITS_QUERY).all() as unknown as ScoredCommit[];
  const [event] = scoredCommit(row!, privacy);

  equal(event!.timestamp, NOON);
  deepEqual(event!.payload, {
    commit: privacy.hash("commit abc123", 32),
    lines_added: 9,
    composer_lines_added: 4,
  });
});

Deno.test("recentCommit() tells the same commit by the same name", () => {
  const row = item("aiCodeTracking.recentCommit", {
    timestamp: NOON,
    commitHash: "abc123",
    message: "secret",
    linesAdded: 9,
  });
  const [event] = project([row]);

  deepEqual(event!.payload, { commit: privacy.hash("commit abc123", 32), lines_added: 9 });
  deepEqual(project([item("aiCodeTracking.recentCommit", { timestamp: NOON })]), []);
});
