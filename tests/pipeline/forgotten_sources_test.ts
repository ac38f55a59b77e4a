/** Tests of forgetting of which sessions files are. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { type Checkpoint, CheckpointStore, readCheckpoints } from "../../core/checkpoints.ts";
import { findCheckpoint } from "../../core/forgotten_id.ts";
import { forgetSources } from "../../pipeline/forgotten_sources.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { openParts } from "./open_parts.ts";

function checkpoint(id: string, sessionId: string | null): Checkpoint {
  return {
    id,
    platform: "claude_code",
    sessionId,
    fileId: "1:2",
    head: "9:ab",
    position: 40,
    size: 50,
    modifiedAt: 60,
    lines: 3,
    linesMalformed: 0,
    linesUnknown: 0,
    state: '{"typed":"line-of-gone"}',
    drift: "{}",
  };
}

Deno.test("forgetSources() leaves where to go on, under names that tell nothing", () => {
  using parts = openParts(":memory:");
  const { db, words, privacy, traces } = parts;
  const gone = traces.session("claude_code", "gone"),
    kept = traces.session("claude_code", "kept");
  ok(gone !== kept);
  const marks = [
    checkpoint("ff:gone", null),
    checkpoint("ff:agent-1", "gone"),
    { ...checkpoint("ff:kept", "kept"), state: '{"typed":"line"}' },
  ];
  const sources = new CheckpointStore(db, words), stored = new StoredMarks(db, words);
  for (const mark of marks) sources.save(mark);
  stored.save(marks.map((checkpoint) => ({ machine: "m", checkpoint })));

  forgetSources(parts, new Set([gone]));

  const tables = [...db.prepare("select * from sources").all(), ...stored.of("m").values()];
  equal(/gone|agent-1/.test(JSON.stringify(tables)), false);
  for (const found of [readCheckpoints(db), stored.of("m")]) {
    equal(found.size, 3);
    deepEqual(found.get("ff:kept"), marks[2]);
    for (const id of ["ff:gone", "ff:agent-1"]) {
      const known = findCheckpoint(found, id, privacy)!;
      const { fileId, head, position, size, modifiedAt, sessionId, state, lines } = known;
      deepEqual([fileId, head, position, size, modifiedAt], ["1:2", "9:ab", 40, 50, 60]);
      deepEqual([sessionId, state, lines], [null, "{}", 0]);
    }
  }
});

Deno.test("forgetSources() forgets a file once more, when it was read on", () => {
  using parts = openParts(":memory:");
  const gone = parts.traces.session("claude_code", "gone");
  const sources = new CheckpointStore(parts.db, parts.words);
  for (const position of [40, 90]) {
    sources.save({ ...checkpoint("ff:gone", "gone"), position });
    forgetSources(parts, new Set([gone]));
  }
  const found = findCheckpoint(readCheckpoints(parts.db), "ff:gone", parts.privacy);
  equal(found?.position, 90);
  equal(parts.count("sources"), 1);
});
