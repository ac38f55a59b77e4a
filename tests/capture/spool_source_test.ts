/** Tests of `capture/spool_source.ts`: what hooks left is handed over, and lost nowhere. */

import { Gate } from "../../capture/gate.ts";
import assert from "node:assert/strict";
import { Capture } from "../../capture/capture.ts";
import { spoolEvents } from "../../capture/spool.ts";
import { SpoolSource } from "../../capture/spool_source.ts";
import type { Checkpoint } from "../../core/checkpoints.ts";
import { encodeEvent } from "../../core/event.ts";
import { systemClock } from "../../core/clock.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { makeEvent } from "../helpers/events.ts";
import { diskFullError, sweepFaults } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { Inbox } from "./inbox.ts";
import { until } from "./polling.ts";
import { noTotals, readAll } from "./source_stage.ts";

const HOUR_MS = 3_600_000;

function makeStage() {
  const folder = tempFolder();
  const inbox = new Inbox();
  const problems: string[] = [];
  let at = 1000;
  return {
    folder,
    inbox,
    problems,
    source: (
      intake: Pick<Inbox, "accept"> = inbox,
      clock = new VirtualClock(),
      storedPosition?: () => Promise<number>,
    ) =>
      new SpoolSource({
        storedPosition,
        folder: folder.at("spool"),
        clock,
        gate: new Gate(),
        intake,
        onProblem: (problem) => problems.push(problem),
      }),
    leave: (...ids: string[]) => spoolEvents(folder.at("spool"), ids.map(eventOf), at++),
    write: (name: string, text: string) =>
      Deno.writeTextFileSync(folder.at(`spool/${name}`), text),
    names: () => [...Deno.readDirSync(folder.at("spool"))].map(({ name }) => name),
    [Symbol.dispose]: () => {
      inbox[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

function eventOf(id: string): string {
  return encodeEvent(makeEvent("turn_end", { id }));
}

Deno.test("SpoolSource.read() hands over the oldest first, and removes the files", async () => {
  using stage = makeStage();
  stage.leave("a", "b");
  stage.leave("c");

  const totals = await readAll(stage.source());

  assert.deepEqual(stage.inbox.ids(), ["a", "b", "c"]);
  assert.deepEqual([totals.files, totals.events, totals.linesMalformed], [2, 3, 0]);
  assert.deepEqual(stage.names(), []);
  assert.deepEqual(stage.source().scan(), []);
});

Deno.test("SpoolSource.scan() finds nothing, when there is no spool", () => {
  using stage = makeStage();
  const source = stage.source();

  assert.deepEqual([source.scan(), source.check([]), source.roots], [[], [], []]);
});

Deno.test("SpoolSource.coverage() counts no files: nobody waits for them", () => {
  using stage = makeStage();
  stage.leave("a");
  const source = stage.source();
  source.scan();

  assert.deepEqual(source.coverage(), { filesDone: 0, filesTotal: 0 });
});

Deno.test("SpoolSource.read() removes a file only after its events are durable", async () => {
  using stage = makeStage();
  stage.leave("a");
  let namesThen: string[] = [];
  stage.inbox.onAccept = () => void (namesThen = stage.names());

  await readAll(stage.source());

  assert.equal(namesThen.length, 1);
  assert.deepEqual(stage.names(), []);
});

Deno.test("SpoolSource.read() tells of broken lines once, and takes the others", async () => {
  using stage = makeStage();
  stage.leave("a");
  stage.write("5-1-x.jsonl", `${eventOf("b")}\n{"half\n\n${eventOf("c")}\n`);
  stage.write("6-1-x.jsonl", "\0\0\0\0");
  stage.write("7-1-x.jsonl", "");
  const source = stage.source();

  const totals = await readAll(source);

  assert.deepEqual(stage.inbox.ids(), ["a", "b", "c"]);
  assert.equal(totals.linesMalformed, 3);
  assert.equal(stage.problems.length, 3);
  assert.deepEqual(stage.names(), []);
});

Deno.test("SpoolSource.read() hands over no text that is not safe", async () => {
  using stage = makeStage();
  const event = JSON.parse(eventOf("a"));
  stage.leave("b");
  stage.write("5-1-x.jsonl", JSON.stringify({ ...event, note: "my secret words" }));
  stage.write("6-1-x.jsonl", JSON.stringify({ ...event, payload: { note: "my secret words" } }));

  await readAll(stage.source());

  assert.deepEqual(stage.inbox.ids(), ["b", "a"]);
  assert.ok(!JSON.stringify(stage.inbox.events).includes("secret"));
});

Deno.test("SpoolSource.read() leaves alone what no hook left", async () => {
  using stage = makeStage();
  stage.leave("a");
  stage.write("README", "hello");
  Deno.mkdirSync(stage.folder.at("spool/1-folder.jsonl"));

  await readAll(stage.source());

  assert.deepEqual(stage.names().sort(), ["1-folder.jsonl", "README"]);
});

Deno.test("SpoolSource.read() removes what a hook was killed over, after an hour", async () => {
  using stage = makeStage();
  const now = Date.now();
  stage.leave("a");
  stage.write(".5-1-x.jsonl", "{");
  stage.write(".6-1-x.jsonl", "{");
  const old = new Date(now - 2 * HOUR_MS);
  Deno.utimeSync(stage.folder.at("spool/.5-1-x.jsonl"), old, old);

  await readAll(stage.source(stage.inbox, new VirtualClock(now)));

  assert.deepEqual(stage.names(), [".6-1-x.jsonl"]);
});

Deno.test("SpoolSource.read() hands over many files in few batches", async () => {
  using stage = makeStage();
  for (let i = 0; i < 1100; i++) stage.leave(`e${i}`);

  await readAll(stage.source());

  assert.deepEqual(stage.inbox.calls, [500, 500, 100]);
  assert.equal(new Set(stage.inbox.ids()).size, 1100);
});

Deno.test("SpoolSource.read() does not read a file again that cannot be removed", async () => {
  using stage = makeStage();
  stage.leave("a");
  const source = stage.source();
  const removeSync = Deno.removeSync;
  Deno.removeSync = () => {
    throw new Deno.errors.PermissionDenied("no");
  };
  try {
    await readAll(source);
    await readAll(source);
  } finally {
    Deno.removeSync = removeSync;
  }

  assert.deepEqual(stage.inbox.ids(), ["a"]);
  assert.deepEqual(stage.problems, ["Cannot remove what a hook left: PermissionDenied"]);
});

// Goal: whatever fails at whatever moment, every event is handed over in the end, and once by
// its id. Method: the nth call of the intake fails, before or after it took effect, then a new
// process reads.
Deno.test("SpoolSource.read() loses nothing, whichever step fails", async () => {
  const fired = await sweepFaults(async (faults) => {
    using stage = makeStage();
    const ids = Array.from({ length: 1200 }, (_, i) => `e${i}`);
    for (let i = 0; i < ids.length; i += 2) stage.leave(ids[i]!, ids[i + 1]!);
    const intake = faults.wrap<Pick<Inbox, "accept">>({
      accept: (events: readonly string[], checkpoints: readonly Checkpoint[]) =>
        stage.inbox.accept(events, checkpoints),
    }, ["accept"]);
    try {
      await readAll(stage.source(intake));
    } catch (error) {
      assert.equal((error as Error).message, diskFullError().message);
    }
    await readAll(stage.source());

    assert.deepEqual([...new Set(stage.inbox.ids())], ids);
    assert.deepEqual(stage.names(), []);
  });

  assert.equal(fired, 4);
});

Deno.test("SpoolSource.read() stops between two batches, when it is aborted", async () => {
  using stage = makeStage();
  for (let i = 0; i < 600; i++) stage.leave(`e${i}`);
  const stop = new AbortController();
  stage.inbox.onAccept = () => stop.abort();

  await stage.source().read("", noTotals(), stop.signal);

  assert.equal(stage.inbox.ids().length, 500);
  assert.equal(stage.names().length, 100);
});

Deno.test("SpoolSource.read() is called within moments, when it is followed", async () => {
  using stage = makeStage();
  stage.leave("a");
  const stop = new AbortController();
  const capture = new Capture({
    sources: [stage.source(stage.inbox, new VirtualClock())],
    clock: systemClock,
  });
  const following = capture.follow(stop.signal);
  await until(() => stage.inbox.ids().length === 1, "the first is read");

  stage.leave("b");
  await until(() => stage.inbox.ids().length === 2, "the second is read");

  stop.abort();
  await following;
  assert.deepEqual(stage.inbox.ids(), ["a", "b"]);
});

Deno.test("SpoolSource.flush() removes what is stored, where the queue can be lost", async () => {
  using stage = makeStage();
  const marks: Checkpoint[] = [];
  const intake = {
    accept: async (events: readonly string[], checkpoints: readonly Checkpoint[]) => {
      marks.push(...checkpoints);
      await stage.inbox.accept(events, []);
    },
  };
  let stored = 0;
  const source = stage.source(intake, undefined, async () => stored);
  stage.leave("a");
  await readAll(source);
  stage.leave("b");
  await readAll(source);

  await source.flush();
  assert.equal(stage.names().length, 2);
  stored = marks[0]!.position;
  await source.flush();
  assert.equal(stage.names().length, 1);
  await source.rewind();
  await readAll(source);
  stored = marks[2]!.position;
  await source.flush();

  // What was not stored when the queue was lost came again, and nothing else did.
  assert.deepEqual(stage.inbox.ids(), ["a", "b", "b"]);
  assert.deepEqual(stage.names(), []);
  assert.ok(marks.every(({ transient }) => transient));
});

Deno.test("SpoolSource.flush() keeps what is not stored, when the clock is back", async () => {
  using stage = makeStage();
  const clock = new VirtualClock();
  // By what an earlier run handed over.
  let stored = clock.now() + 60_000;
  const source = stage.source(stage.inbox, clock, async () => stored);
  stage.leave("a");

  await readAll(source);
  await source.flush();
  assert.equal(stage.names().length, 1);
  stored += 60_000;
  await source.flush();

  assert.deepEqual(stage.names(), []);
});
