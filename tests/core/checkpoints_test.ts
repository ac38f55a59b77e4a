/** Tests of `core/checkpoints.ts`: positions are found again as they were kept. */

import assert from "node:assert/strict";
import { type Checkpoint, CheckpointStore, readCheckpoints } from "../../core/checkpoints.ts";
import { openReader } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { Words } from "../../core/words.ts";
import { tempFolder } from "./temp_folder.ts";

const example: Checkpoint = {
  id: "0123456789abcdef:6b1f7c52",
  platform: "claude_code",
  sessionId: "6b1f7c52-0000-4000-8000-000000000001",
  fileId: "2049:123456789",
  head: "1024:0123456789abcdef0123456789abcdef",
  position: 5_000_000_000,
  size: 5_000_000_001,
  modifiedAt: 1_794_227_696_789,
  lines: 12,
  linesMalformed: 1,
  linesUnknown: 2,
  state: '{"project":"0123456789abcdef"}',
  drift: '{"line_type:brand-new":3}',
};

Deno.test("readCheckpoints() gives a position as it was saved, through the readers' door", () => {
  using folder = tempFolder();
  using db = openWriter(folder.at("telemetry.db"));
  const store = new CheckpointStore(db, new Words(db));
  const bare = { ...example, id: "bare", sessionId: null, fileId: "", head: "", state: "{}" };

  store.save(example);
  store.save(bare);

  using reader = openReader(folder.at("telemetry.db"));
  assert.deepEqual(
    readCheckpoints(reader!, "claude_code"),
    new Map([[example.id, example], ["bare", bare]]),
  );
});

Deno.test("CheckpointStore.save() replaces every value, when the source is known", () => {
  using db = openWriter(":memory:");
  const store = new CheckpointStore(db, new Words(db));
  const later: Checkpoint = {
    ...example,
    sessionId: null,
    fileId: "1:2",
    head: "3:4",
    position: 1,
    size: 2,
    modifiedAt: 3,
    lines: 4,
    linesMalformed: 5,
    linesUnknown: 6,
    state: "{}",
    drift: "{}",
  };

  store.save(example);
  store.save(later);

  assert.deepEqual(readCheckpoints(db, "claude_code"), new Map([[example.id, later]]));
});

Deno.test("readCheckpoints() gives the positions of one platform alone", () => {
  using db = openWriter(":memory:");
  const store = new CheckpointStore(db, new Words(db));
  store.save(example);
  store.save({ ...example, id: "elsewhere", platform: "cursor" });

  assert.deepEqual([...readCheckpoints(db, "cursor").keys()], ["elsewhere"]);
  assert.deepEqual(readCheckpoints(db, "nobody"), new Map());
});
