/** Tests of `capture/claude_code/file_history.ts`. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import {
  assistantLine,
  checkpointOf,
  type Line,
  makeLine,
  makeParser,
  parseLines,
  SECRET,
  START,
  userLine,
  uuidOf,
} from "./lines.ts";

const FOLDER = "/home/kim/shop";

/** A backup of a file; `second` is when it was made. */
function backup(second: number, name: string | null = "8c51ec7ae46de8b0@v1", folder = FOLDER) {
  const backupTime = new Date(START + second * 1000).toISOString();
  return { backupFileName: name, version: 1, backupTime, realParentDir: folder };
}

/** The snapshot of the prompt with this number. */
function snapshot(number: number, trackedFileBackups: Line, fields: Line = {}): Line {
  const messageId = uuidOf(number), timestamp = new Date(START + number * 1000).toISOString();
  return {
    type: "file-history-snapshot",
    messageId,
    snapshot: { messageId, trackedFileBackups, timestamp },
    isSnapshotUpdate: false,
    ...fields,
  };
}

/** The lines of snapshots, each with the number of files that had changed. */
function filesOf(events: readonly TelemetryEvent[]): unknown[] {
  return events.filter(({ eventType }) => eventType === "file_snapshot")
    .map(({ payload }) => [payload.line, (payload.files as unknown[]).length]);
}

/** The file as a call names it. */
function fileOf(path: string): unknown {
  const content = [{ type: "tool_use", id: "t", name: "Edit", input: { file_path: path } }];
  return parseLines(assistantLine({ content }))[1]?.payload.file;
}

Deno.test("FileSnapshots.parse() names the files with a backup since the last snapshot", () => {
  const events = parseLines(
    snapshot(1, {}),
    snapshot(5, { "a.ts": backup(5) }),
    snapshot(9, { "a.ts": backup(5), "b.ts": backup(9) }),
  );

  assert.deepEqual(filesOf(events), [[uuidOf(1), 0], [uuidOf(5), 1], [uuidOf(9), 1]]);
});

Deno.test("FileSnapshots.parse() names a file as a call does, wherever the client was", () => {
  const [event] = parseLines(snapshot(5, { "src/a.ts": backup(5, "x", `${FOLDER}/src`) }));

  assert.deepEqual(event?.payload.files, [fileOf(`${FOLDER}/src/a.ts`)]);
  const [whole] = parseLines(
    snapshot(5, { "/home/kim/b.ts": { ...backup(5), realParentDir: undefined } }),
  );
  assert.deepEqual(whole?.payload.files, [fileOf("/home/kim/b.ts")]);
});

Deno.test("FileSnapshots.parse() says nothing, when a changed file has no whole path", () => {
  const relative = { ...backup(5), realParentDir: undefined };

  assert.deepEqual(filesOf(parseLines(snapshot(5, { "a.ts": relative }))), []);
  assert.deepEqual(
    filesOf(parseLines(snapshot(1, {}), snapshot(5, { "a.ts": { ...relative, ...backup(0) } }))),
    [[uuidOf(1), 0], [uuidOf(5), 0]],
  );
});

Deno.test("FileSnapshots.parse() names files that are gone, and when it was taken", () => {
  const [event] = parseLines(snapshot(5, { "a.ts": backup(5, null) }));

  assert.deepEqual(event?.payload, {
    line: uuidOf(5),
    taken_at: START + 5000,
    files: [],
    gone: [fileOf(`${FOLDER}/a.ts`)],
  });
});

Deno.test("FileSnapshots.parse() takes no update, which tells of the assistant's own work", () => {
  const events = parseLines(snapshot(5, { "a.ts": backup(5) }, { isSnapshotUpdate: true }));

  assert.deepEqual(filesOf(events), []);
});

Deno.test("FileSnapshots.parse() goes on from the last snapshot of an earlier read", () => {
  const first = makeParser();
  first.parse(snapshot(5, {}));
  const second = makeParser({ before: checkpointOf(first) });

  assert.deepEqual(filesOf(second.parse(snapshot(9, { "a.ts": backup(4) }))!), [[uuidOf(9), 0]]);
});

Deno.test("fileChange() tells of a file that another changed, and behind what it was told", () => {
  const attachment = (filename: unknown) =>
    makeLine("attachment", 4, {
      attachment: { type: "edited_text_file", filename, snippet: SECRET },
    });
  const events = parseLines(userLine("go on", {}, 3), attachment(`${FOLDER}/a.ts`));

  assert.deepEqual(events[1]?.payload, { file: fileOf(`${FOLDER}/a.ts`), line: uuidOf(3) });
  assert.deepEqual(parseLines(attachment(`${FOLDER}/a.ts`), attachment(SECRET)), []);
});
