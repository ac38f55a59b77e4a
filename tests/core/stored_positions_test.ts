/** Tests of `core/stored_positions.ts`: the same positions, read as they are asked for. */

import assert from "node:assert/strict";
import { type Checkpoint, CheckpointStore, readCheckpoints } from "../../core/checkpoints.ts";
import type { Database } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { ENDS_QUERY, PresentPositions, StoredPositions } from "../../core/stored_positions.ts";
import { Words } from "../../core/words.ts";

const AT = 1_750_000_000_123;

function position(name: string, platform = "claude_code"): Checkpoint {
  return {
    id: `folder:${name}`,
    platform,
    sessionId: name,
    fileId: "1:2",
    head: "9:abc",
    position: 90,
    size: 100,
    modifiedAt: AT,
    lines: 3,
    linesMalformed: 0,
    linesUnknown: 1,
    state: "{}",
    drift: "{}",
  };
}

function filled(count: number): Database {
  const db = openWriter(":memory:");
  const store = new CheckpointStore(db, new Words(db));
  for (let i = 0; i < count; i++) store.save(position(`s${i}`));
  store.save(position("other", "cursor"));
  return db;
}

Deno.test("isRead() knows an unchanged file, without reading its position", () => {
  using db = filled(2);
  const positions = new StoredPositions("claude_code", db);

  assert.equal(positions.isRead("folder:s1", 100, AT), true);
  assert.equal(positions.isRead("folder:s1", 101, AT), false);
  assert.equal(positions.isRead("folder:s1", 100, AT + 1), false);
  assert.equal(positions.isRead("folder:s9", 100, AT), false);
  assert.equal(positions.isRead("folder:other", 100, AT), false);
});

Deno.test("isRead() asks nothing of files but an index", () => {
  using db = filled(2);
  const [step] = db.prepare(`explain query plan ${ENDS_QUERY}`).all("claude_code");
  assert.match(String(step!.detail), /COVERING INDEX sources_ends/);
});

Deno.test("get() gives what all together have, however many are asked for", () => {
  using db = filled(50);
  const positions = new StoredPositions("claude_code", db);
  const all = readCheckpoints(db, "claude_code");

  assert.equal(positions.get("folder:s99"), undefined);
  assert.equal(positions.get("folder:other"), undefined);
  for (const [id, known] of all) assert.deepEqual(positions.get(id), known);
  assert.deepEqual(new Map(positions), all);
});

Deno.test("get() knows nothing, when nothing was read before", () => {
  using db = openWriter(":memory:");
  const positions = new StoredPositions("claude_code", db);

  assert.equal(positions.get("folder:s1"), undefined);
  assert.equal(positions.isRead("folder:s1", 1, AT), false);
});

Deno.test("PresentPositions() gives what is stored at each question", () => {
  using db = filled(2);
  const positions = new PresentPositions("claude_code", (use) => use(db));

  assert.deepEqual(positions.get("folder:s1"), readCheckpoints(db).get("folder:s1"));
  assert.deepEqual([...positions].map(([id]) => id), ["folder:s0", "folder:s1"]);
  assert.equal(positions.get("folder:other"), undefined);
  new CheckpointStore(db, new Words(db)).save({ ...position("s1"), position: 95 });
  assert.equal(positions.get("folder:s1")?.position, 95);
});
