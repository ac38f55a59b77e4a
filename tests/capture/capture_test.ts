/** Tests of `capture/capture.ts`: what is read first, and what is found while it follows. */

import assert from "node:assert/strict";
import { Capture, type CaptureOptions, type ReadProgress } from "../../capture/capture.ts";
import type { Source } from "../../capture/platform.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { QueueLostError } from "../../core/intake.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { Inbox } from "./inbox.ts";
import { manyLines, openPlain, plainLines, type PlainSketch } from "./plain_source.ts";
import { until } from "./polling.ts";

const full = new RangeError("Cannot store: the disk is full");
const never = new AbortController().signal;

Deno.test("Capture.catchUp() reads the newest file first, whatever source it is of", async () => {
  using stage = makeStage();
  const read: string[] = [];
  const onLine = (id: string) => read.push(id);
  const sources = ["one", "two"].map((platform) =>
    stage.open({ folder: stage.makeFolder(platform), platform, onLine }).source
  );
  for (const [name, day] of Object.entries({ "one/a": 2, "one/b": 4, "two/c": 1, "two/d": 3 })) {
    stage.write(`${name}.jsonl`, plainLines(name.slice(-1)), new Date(Date.UTC(2026, 0, day)));
  }

  const totals = await new Capture({ sources, clock: stage.clock }).catchUp(never);

  assert.deepEqual(read, ["b", "d", "a", "c"]);
  assert.deepEqual(stage.inbox.ids().sort(), ["a", "b", "c", "d"]);
  const counts = [...totals].map(([platform, { files, events }]) => [platform, files, events]);
  assert.deepEqual(counts, [["one", 2, 2], ["two", 2, 2]]);
});

Deno.test("Capture.catchUp() reads nothing, when nothing is new", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const capture = stage.capture();
  await capture.catchUp(never);

  const totals = await capture.catchUp(never);

  assert.deepEqual(stage.inbox.ids(), ["a1"]);
  assert.deepEqual(
    totals.get("plain"),
    { files: 0, bytes: 0, events: 0, linesMalformed: 0, linesUnknown: 0 },
  );
});

Deno.test("Capture.catchUp() reads what a scan found before", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const capture = stage.capture();
  const found = capture.scan();
  stage.write("b.jsonl", plainLines("b1"));

  await capture.catchUp(never, found);

  assert.deepEqual([...found.values()].map((pending) => pending.length), [1]);
  assert.deepEqual(stage.inbox.ids(), ["a1"]);
});

Deno.test("Capture.catchUp() tells how far it has come, after each file", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"), new Date(2000));
  stage.write("b.jsonl", plainLines("b1", "b2"), new Date(1000));
  const told: ReadProgress[] = [];
  const bytes = [plainLines("a1"), plainLines("b1", "b2")].map(({ length }) => length);

  await stage.capture({ onProgress: (progress) => told.push(progress) }).catchUp(never);

  const bytesTotal = bytes[0]! + bytes[1]!;
  assert.deepEqual(told, [
    { filesDone: 1, filesTotal: 2, bytesDone: bytes[0], bytesTotal },
    { filesDone: 2, filesTotal: 2, bytesDone: bytesTotal, bytesTotal },
  ]);
});

Deno.test("Capture.catchUp() leaves the rest, when it is aborted", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"), new Date(2000));
  stage.write("b.jsonl", plainLines("b1"), new Date(1000));
  const stop = new AbortController();
  const capture = stage.capture({ onProgress: () => stop.abort() });

  await capture.catchUp(stop.signal);

  assert.deepEqual(stage.inbox.ids(), ["a1"]);
  assert.deepEqual(capture.coverage(), { files_done: 1, files_total: 2 });
});

Deno.test("Capture.coverage() sums up all sources", async () => {
  using stage = makeStage();
  const { source } = stage.open({ folder: stage.makeFolder("one"), platform: "one" });
  const { source: other } = stage.open({ folder: stage.makeFolder("two"), platform: "two" });
  stage.write("one/a.jsonl", plainLines("a"));
  stage.write("two/b.jsonl", plainLines("b"));
  const capture = new Capture({ sources: [source, other], clock: stage.clock });
  const found = capture.scan();
  const before = capture.coverage();

  await capture.catchUp(never, found);

  assert.deepEqual(before, { files_done: 0, files_total: 2 });
  assert.deepEqual(capture.coverage(), { files_done: 2, files_total: 2 });
});

Deno.test("Capture.follow() reads what is there, then ends when it is aborted", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));

  await stage.whileFollowing(stage.capture(), async () => {
    await until(() => stage.inbox.ids().length === 1, "the first line");
  });

  assert.deepEqual(stage.inbox.ids(), ["a1"]);
});

Deno.test("Capture.follow() reads again what is not stored, when the queue was lost", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  stage.write("b.jsonl", plainLines("b1"));
  const { inbox } = stage;
  let stored = inbox.checkpoints("plain"), isLost = false;
  const asked: number[] = [];
  const sources = [stage.open({ watched: true }).source];
  const capture = stage.capture({
    sources,
    recovery: {
      intake: { accept: async (events) => void asked.push(events.length) },
      checkpoints: () => stored,
      onRewound: async () => {
        isLost = false;
        inbox.onAccept = () => {};
      },
    },
  });

  await stage.whileFollowing(capture, async () => {
    await until(() => inbox.ids().length === 2, "the first lines");
    // Lost with all that was accepted since: nothing is taken until the sources have gone back.
    isLost = true;
    inbox.events.length = 0;
    stored = new Map();
    inbox.onAccept = () => {
      if (isLost) throw new QueueLostError();
    };
    stage.append("a.jsonl", plainLines("a2"));
    await until(() => inbox.ids().length === 3, "all lines");
  });

  assert.deepEqual(inbox.ids().sort(), ["a1", "a2", "b1"]);
  assert.ok(asked.length > 0 && asked.every((count) => count === 0));
});

Deno.test("Capture.follow() ends at once, when it was aborted before", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));

  await stage.capture().follow(AbortSignal.abort());

  assert.deepEqual(stage.inbox.ids(), []);
});

Deno.test("Capture.follow() sees an appended line by its watch, in no time", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"), new Date(1000));
  const { source } = stage.open({ watched: true });

  await stage.whileFollowing(stage.capture({ sources: [source] }), async () => {
    await until(() => stage.inbox.ids().length === 1, "the first line");
    stage.append("a.jsonl", plainLines("a2"));
    await until(() => stage.inbox.ids().length === 2, "the appended line");
  });

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
});

Deno.test("Capture.follow() sees a file in a new folder by its watch, in no time", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open({ watched: true });

  await stage.whileFollowing(stage.capture({ sources: [source] }), async () => {
    await until(() => stage.inbox.ids().length === 1, "the first line");
    stage.makeFolder("project");
    stage.write("project/b.jsonl", plainLines("b1"));
    await until(() => stage.inbox.ids().length === 2, "the line of the new file");
    stage.append("project/b.jsonl", plainLines("b2"));
    await until(() => stage.inbox.ids().length === 3, "the appended line");
  });

  assert.deepEqual(stage.inbox.ids(), ["a1", "b1", "b2"]);
});

Deno.test("Capture.follow() looks at active files each second, without a watch", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));

  await stage.whileFollowing(stage.capture(), async () => {
    await until(() => stage.clock.sleepers > 0, "the first wait");
    stage.append("a.jsonl", plainLines("a2"));
    stage.clock.advance(1000);
    await until(() => stage.inbox.ids().length === 2, "the appended line");
  });

  assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
});

Deno.test("Capture.follow() looks at all files each half minute, without a watch", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));

  await stage.whileFollowing(stage.capture(), async () => {
    await until(() => stage.clock.sleepers > 0, "the first wait");
    stage.write("b.jsonl", plainLines("b1"));
    await stage.untilNextSleep(() => stage.clock.advance(29_000));
    assert.deepEqual(stage.inbox.ids(), ["a1"]);
    stage.clock.advance(1000);
    await until(() => stage.inbox.ids().length === 2, "the line of the new file");
  });

  assert.deepEqual(stage.inbox.ids(), ["a1", "b1"]);
});

Deno.test("Capture.follow() tells of trouble and tries again after two seconds", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const told: unknown[] = [];
  stage.inbox.onAccept = () => {
    throw full;
  };
  const capture = stage.capture({
    onTrouble: (trouble) => told.push(trouble),
    onRecovered: () => told.push("recovered"),
  });

  await stage.whileFollowing(capture, async () => {
    await until(() => stage.clock.sleepers > 0, "the first trouble");
    stage.inbox.onAccept = () => {};
    stage.clock.advance(1999);
    assert.equal(stage.clock.sleepers, 1);
    await stage.untilNextSleep(() => stage.clock.advance(1));

    assert.deepEqual(stage.inbox.ids(), ["a1"]);
  });

  assert.deepEqual(told, [full, "recovered"]);
});

Deno.test("Capture.follow() tells of the same trouble once, and of another one, too", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const troubles: string[] = [];
  let count = 0;
  stage.inbox.onAccept = () => {
    throw new RangeError(`Cannot store: ${++count > 3 ? "locked" : "full"}`);
  };
  const capture = stage.capture({ onTrouble: (error) => troubles.push(String(error)) });

  await stage.whileFollowing(capture, async () => {
    await until(() => stage.clock.sleepers > 0, "the first trouble");
    while (count < 5) await stage.untilNextSleep(() => stage.clock.advance(2000));
  });

  assert.deepEqual(troubles, [
    "RangeError: Cannot store: full",
    "RangeError: Cannot store: locked",
  ]);
});

Deno.test("Capture.follow() reads the files behind the one with trouble, too", async () => {
  using stage = makeStage();
  stage.write("big.jsonl", manyLines(6000), new Date(2000));
  stage.write("b.jsonl", plainLines("b1"), new Date(1000));
  stage.inbox.onAccept = () => {
    throw full;
  };

  await stage.whileFollowing(stage.capture(), async () => {
    await until(() => stage.clock.sleepers > 0, "the first trouble");
    stage.inbox.onAccept = () => {};
    await stage.untilNextSleep(() => stage.clock.advance(2000));

    assert.equal(stage.inbox.ids().length, 6001);
  });
});

Deno.test("Capture.follow() goes on, when the file of a refused batch is gone", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const told: unknown[] = [];
  stage.inbox.onAccept = () => {
    throw full;
  };
  const capture = stage.capture({ onRecovered: () => told.push("recovered") });

  await stage.whileFollowing(capture, async () => {
    await until(() => stage.clock.sleepers > 0, "the first trouble");
    stage.remove("a.jsonl");
    await stage.untilNextSleep(() => stage.clock.advance(2000));
  });

  assert.deepEqual(told, ["recovered"]);
});

Deno.test("Capture.follow() reads what its watch named before the trouble", async () => {
  using stage = makeStage();
  stage.write("a.jsonl", plainLines("a1"));
  const { source } = stage.open({ watched: true });
  const troubles: unknown[] = [];
  const capture = stage.capture({
    sources: [source],
    onTrouble: (trouble) => troubles.push(trouble),
  });

  await stage.whileFollowing(capture, async () => {
    await until(() => stage.inbox.ids().length === 1, "the first line");
    stage.inbox.onAccept = () => {
      stage.inbox.onAccept = () => {};
      throw full;
    };
    stage.append("a.jsonl", plainLines("a2"));
    await until(() => troubles.length === 1 && stage.clock.sleepers > 0, "the trouble");
    await stage.untilNextSleep(() => stage.clock.advance(2000));

    assert.deepEqual(stage.inbox.ids(), ["a1", "a2"]);
  });
});

Deno.test("Capture.follow() sees what is written, while a long first read goes on", async () => {
  using stage = makeStage();
  stage.write("new.jsonl", plainLines("n1"), new Date(stage.clock.now() + 3000));
  stage.write("old.jsonl", plainLines("o1"), new Date(stage.clock.now() + 2000));
  stage.write("older.jsonl", plainLines("p1"), new Date(stage.clock.now() + 1000));
  const read: string[] = [];
  const onLine = (id: string) => {
    read.push(id);
    stage.clock.advance(1000);
    if (id === "o1") stage.append("new.jsonl", plainLines("n2"));
  };
  const { source } = stage.open({ onLine });

  await stage.whileFollowing(stage.capture({ sources: [source] }), async () => {
    await until(() => stage.inbox.ids().length === 4, "all lines");
  });

  assert.deepEqual(read, ["n1", "o1", "n2", "p1"]);
});

Deno.test({
  name: "Capture.follow() complains once of a file that cannot be read, not every second",
  ignore: Deno.build.os !== "linux", // Elsewhere there is no file that root cannot read.
  async fn() {
    using stage = makeStage();
    const { source, problems } = stage.open({ watched: true });

    stage.link("broken.jsonl", "/proc/self/mem");
    await stage.whileFollowing(stage.capture({ sources: [source] }), async () => {
      await until(() => problems.length > 0, "the complaint");
      for (let second = 0; second < 5; second++) {
        await stage.untilNextSleep(() => stage.clock.advance(1000));
      }
    });

    assert.equal(problems.length, 1);
  },
});

function makeStage() {
  const folder = tempFolder();
  const inbox = new Inbox();
  const clock = new CountingClock();
  const open = (sketch: Partial<PlainSketch> = {}) =>
    openPlain({ folder: folder.path, inbox, clock, ...sketch });
  return {
    inbox,
    clock,
    open,
    capture: (options: Partial<CaptureOptions> & { sources?: readonly Source[] } = {}) =>
      new Capture({ sources: options.sources ?? [open().source], clock, ...options }),
    makeFolder(name: string) {
      Deno.mkdirSync(folder.at(name));
      return folder.at(name);
    },
    link(name: string, target: string) {
      Deno.symlinkSync(target, folder.at(name));
    },
    write(name: string, text: string, modified?: Date) {
      Deno.writeTextFileSync(folder.at(name), text);
      if (modified) Deno.utimeSync(folder.at(name), modified, modified);
    },
    append: (name: string, text: string) =>
      Deno.writeTextFileSync(folder.at(name), text, { append: true }),
    remove: (name: string) => Deno.removeSync(folder.at(name)),
    /** Acts, and waits until the follower has nothing more to do. */
    async untilNextSleep(act: () => void) {
      const { sleeps } = clock;
      act();
      await until(() => clock.sleeps > sleeps, "the next wait");
    },
    async whileFollowing(capture: Capture, act: () => Promise<void>) {
      const stop = new AbortController();
      const following = capture.follow(stop.signal);
      try {
        await act();
      } finally {
        stop.abort();
        await following;
      }
    },
    [Symbol.dispose]: () => {
      inbox[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** Knows how many sleep now, and how often somebody lay down. */
class CountingClock extends VirtualClock {
  sleepers = 0;
  sleeps = 0;

  override async sleep(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    this.sleepers++;
    this.sleeps++;
    await super.sleep(timeoutMs, signal);
    this.sleepers--;
  }
}
