/**
 * Tests of `capture/jsonl_source.ts` for files that change otherwise than by growing, and for
 * reading that is stopped, refused or killed: nothing is lost, and nothing is read from where
 * another file was.
 */

import assert from "node:assert/strict";
import { longLine, manyLines, plainLines } from "./plain_source.ts";
import { until } from "./polling.ts";
import { makeStage, never, noTotals, readAll } from "./source_stage.ts";

/** A file that opens, and fails to be read even by root. */
const UNREADABLE = "/proc/self/mem";

Deno.test("JsonlSource.read() reads from the start, when the file was made shorter", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1", "a2", "a3"));
  const { source } = stage.open();
  await readAll(source);

  stage.write("a.jsonl", plainLines("b1"));
  const totals = await readAll(source);
  stage.append("a.jsonl", plainLines("b2"));
  await readAll(source);

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2", "a3", "b1", "b2"]);
  assert.equal(totals.bytes, plainLines("b1").length);
  assert.equal(stage.checkpoint().lines, 2);
});

Deno.test("JsonlSource.read() reads from the start, when the file begins otherwise", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open();
  await readAll(source);

  stage.write("a.jsonl", plainLines("b1", "b2", "b3"));
  await readAll(source);

  assert.deepEqual(stage.inbox.ids(), ["a1", "b1", "b2", "b3"]);
});

Deno.test("JsonlSource.read() reads from the start, when another file is there", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1", "a2"));
  const { source } = stage.open();
  await readAll(source);

  stage.write("new", plainLines("a1", "a3", "a4"));
  Deno.renameSync(stage.at("new"), stage.at("a.jsonl"));
  await readAll(source);

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2", "a1", "a3", "a4"]);
});

Deno.test("JsonlSource.read() reads from the start, when another begins the same", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", manyLines(4));
  const { source } = stage.open();
  await readAll(source);

  stage.write("new", manyLines(3) + plainLines("b1") + manyLines(4, 10));
  Deno.renameSync(stage.at("new"), stage.at("a.jsonl"));
  await readAll(source);

  assert.deepEqual(stage.inbox.ids().slice(4), [
    "m0",
    "m1",
    "m2",
    "b1",
    "m10",
    "m11",
    "m12",
    "m13",
  ]);
});

Deno.test("JsonlSource.read() takes what is appended, when the end was cut off", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", manyLines(6));
  const { source } = stage.open();
  await readAll(source);

  Deno.truncateSync(stage.at("a.jsonl"), manyLines(4).length);
  await readAll(source);
  stage.append("a.jsonl", plainLines("b1", "b2"));
  await readAll(source);

  assert.deepEqual(stage.inbox.ids().slice(6), ["m0", "m1", "m2", "m3", "b1", "b2"]);
});

Deno.test("JsonlSource.read() reads from the start, when a file is made again", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open();
  await readAll(source);

  Deno.removeSync(stage.at("a.jsonl"));
  const gone = source.scan();
  const coverage = source.coverage();
  stage.write("a.jsonl", plainLines("b1", "b2"));
  await readAll(source);

  assert.deepEqual(gone, []);
  assert.deepEqual(coverage, { filesDone: 0, filesTotal: 0 });
  assert.deepEqual(stage.inbox.ids(), ["a1", "b1", "b2"]);
});

Deno.test("JsonlSource.read() tells of a file that vanished, and reads the others", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("b.jsonl", plainLines("b1"));
  const { source, problems } = stage.open();
  const pending = source.scan();

  Deno.removeSync(stage.at("a.jsonl"));
  for (const { path } of pending) {
    await source.read(path, noTotals(), never);
  }
  await source.flush();

  assert.deepEqual(problems, ["Cannot read a transcript: it is gone (a.jsonl)"]);
  assert.deepEqual(stage.inbox.ids(), ["b1"]);
});

Deno.test({
  name: "JsonlSource.read() tells of what cannot be read",
  ignore: Deno.build.os !== "linux", // Elsewhere there is no file that root cannot read.
  async fn() {
    using stage = makeStage();
    Deno.symlinkSync(UNREADABLE, stage.at("folder.jsonl"));
    const { source, problems } = stage.open();

    const totals = noTotals();
    for (const { path } of source.check([stage.at("folder.jsonl")])) {
      await source.read(path, totals, never);
    }

    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^Cannot read a transcript: \S+ \(folder\.jsonl\)$/);
    assert.deepEqual(totals, noTotals());
  },
});

Deno.test({
  name: "JsonlSource.read() tells of what cannot be read once, until it could be read again",
  ignore: Deno.build.os !== "linux", // Elsewhere there is no file that root cannot read.
  async fn() {
    using stage = makeStage();
    const { source, problems } = stage.open();
    const readOnce = async () => {
      for (const { path } of source.check([stage.at("a.jsonl")])) {
        await source.read(path, noTotals(), never);
      }
      await source.flush();
    };

    Deno.symlinkSync(UNREADABLE, stage.at("a.jsonl"));
    await readOnce();
    await readOnce();
    const first = problems.length;
    Deno.removeSync(stage.at("a.jsonl"));
    stage.write("a.jsonl", plainLines("a1"));
    await readOnce();
    Deno.removeSync(stage.at("a.jsonl"));
    Deno.symlinkSync(UNREADABLE, stage.at("a.jsonl"));
    await readOnce();

    assert.equal(first, 1);
    assert.deepEqual(stage.inbox.ids(), ["a1"]);
    assert.equal(problems.length, 2);
  },
});

Deno.test("JsonlSource.flush() throws and moves on nowhere, when it is refused", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open();
  const error = new RangeError("Cannot store: the disk is full");
  stage.inbox.onAccept = () => {
    throw error;
  };

  await assert.rejects(readAll(source), (thrown) => thrown === error);

  assert.equal(stage.inbox.checkpoints("plain").size, 0);
  assert.deepEqual(source.coverage(), { filesDone: 0, filesTotal: 1 });
  stage.inbox.onAccept = () => {};
  await readAll(source);
  assert.deepEqual(stage.inbox.ids(), ["a1"]);
});

Deno.test("JsonlSource.read() stops between chunks, when it is aborted", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", longLine("a1") + longLine("a2") + longLine("a3"));
  const stop = new AbortController();

  const { source } = stage.open({ onLine: () => stop.abort() });
  const totals = await readAll(source, stop.signal);

  assert.deepEqual(stage.inbox.ids(), ["a1"]);
  assert.equal(stage.checkpoint().position, longLine("a1").length);
  assert.equal(totals.files, 0);
});

Deno.test("JsonlSource.read() reads the rest once, when it was stopped midway", async () => {
  using stage = makeStage();
  const ids = ["a1", "a2", "a3", "a4"];
  stage.write("a.jsonl", ids.map(longLine).join(""));

  for (let run = 0; run < ids.length; run++) {
    const stop = new AbortController();
    const { source } = stage.open({ onLine: () => stop.abort() });
    await readAll(source, stop.signal);
  }

  assert.deepEqual(stage.inbox.ids(), ids);
});

Deno.test("JsonlSource.scan() names a file again, when reading stopped midway", async () => {
  using stage = makeStage();
  const text = longLine("a1") + longLine("a2") + longLine("a3");
  stage.write("a.jsonl", text);
  const stop = new AbortController();
  const { source } = stage.open({ onLine: () => stop.abort() });

  await readAll(source, stop.signal);

  const [again] = source.scan();
  assert.equal(again?.bytes, text.length - longLine("a1").length);
  assert.deepEqual(source.coverage(), { filesDone: 0, filesTotal: 1 });
});

Deno.test("JsonlSource.scan() names a file again, when the program was killed", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", manyLines(6000));
  const killed = Promise.withResolvers<void>();
  stage.inbox.onAccept = () => stage.inbox.calls.length > 1 ? killed.promise : undefined;

  const reading = readAll(stage.open().source);
  await until(() => stage.inbox.calls.length === 2, "the second batch");
  killed.reject(new RangeError("Cannot store: killed"));
  await assert.rejects(reading, RangeError);
  stage.inbox.onAccept = () => {};
  await readAll(stage.open().source);

  assertAll(stage.inbox.ids(), 6000);
});

Deno.test("JsonlSource.read() reads all once, whichever batch was refused", async () => {
  for (let refused = 1; refused <= 3; refused++) {
    using stage = makeStage();
    stage.write("a.jsonl", manyLines(6000));
    const { source } = stage.open();
    stage.inbox.onAccept = () => {
      if (stage.inbox.calls.length === refused) throw new RangeError("Cannot store: disk full");
    };

    await assert.rejects(readAll(source), RangeError);
    await readAll(source);

    assertAll(stage.inbox.ids(), 6000);
  }
});

Deno.test("JsonlSource.read() counts drift once, whichever batch was refused", async () => {
  for (let refused = 1; refused <= 3; refused++) {
    using stage = makeStage();
    stage.write("a.jsonl", manyLines(6000).replaceAll('"text"', '"kind":"new","text"'));
    stage.inbox.onAccept = () => {
      if (stage.inbox.calls.length === refused) throw new RangeError("Cannot store: disk full");
    };

    // One goes on in its process, the next in one that was started anew.
    const { source } = stage.open();
    await assert.rejects(readAll(source), RangeError);
    await readAll(refused === 2 ? stage.open().source : source);

    assert.equal(stage.checkpoint().drift, '{"kind:new":6000}');
  }
});

Deno.test("JsonlSource.read() takes what was written, while it read", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open({
    onLine: (id) => id === "a1" && stage.append("a.jsonl", plainLines("a2")),
  });

  await readAll(source);
  await readAll(source);

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
  assert.deepEqual(source.scan(), []);
});

/** The ids of `manyLines(count)`, each once and in their order. */
function assertAll(ids: readonly string[], count: number): void {
  assert.equal(ids.length, count);
  assert.ok(ids.every((id, i) => id === `m${i}`));
}

Deno.test("JsonlSource.read() takes a closed folder for a file, until it is open", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const denied = [stage.at("closed")];
  const { source, problems } = stage.open({ denied });

  await readAll(source);
  await readAll(source);
  const closed = { ...source.coverage(), unread: source.unread() };
  const inspected = source.inspect();
  denied.length = 0;
  await readAll(source);

  assert.deepEqual(problems, ["Cannot read a folder of transcripts: permission denied (closed)"]);
  assert.deepEqual(closed, { filesDone: 1, filesTotal: 2, unread: 1 });
  assert.deepEqual(inspected, {
    files: 1,
    unreadable: [{ path: stage.at("closed"), problem: "permission denied" }],
    foldersUnreadable: 1,
    goneSessions: [],
  });
  assert.deepEqual(source.coverage(), { filesDone: 1, filesTotal: 1 });
});
