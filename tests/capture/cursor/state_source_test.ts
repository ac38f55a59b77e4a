/** Tests of `capture/cursor/state_source.ts`: databases that are written while they are read. */

import assert from "node:assert/strict";
import type { ReadTotals } from "../../../capture/platform.ts";
import { QueueLostError } from "../../../core/intake.ts";
import {
  changeState,
  listFolder,
  makeState,
  type PlainRow,
  startWriter,
} from "../../helpers/cursor_databases.ts";
import { never, noTotals, readAll } from "../source_stage.ts";
import { makeStateStage, POLL_MS } from "./state_stage.ts";

const PROMPTS = "aiService.prompts";

Deno.test("StateSource.read() reads every database, and nothing again", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "1"], ["bubbleId:a:1", "22"], [null, "x"]]);
  makeState(stage.workspace("empty-window"), [[PROMPTS, "333"], ["cursorAuth/x", "secret"]]);

  const totals = await stage.read();

  assert.deepEqual(totals, { ...noTotals(), files: 2, bytes: 6, events: 3 });
  assert.deepEqual(stage.told().sort(), [
    "aiService-prompts=333",
    "bubbleId-a-1=22",
    "composerData-a=1",
  ]);
  assert.deepEqual(stage.open().scan(), []);
  assert.deepEqual(await stage.read(), noTotals());
});

Deno.test("StateSource.read() writes nothing beside a database, nor to it", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "1"]]);
  const folder = stage.at("User/globalStorage");
  const before = [listFolder(folder), Deno.readFileSync(stage.global)];

  await stage.read();

  assert.deepEqual([listFolder(folder), Deno.readFileSync(stage.global)], before);
});

Deno.test("StateSource.scan() sees what a running Cursor writes, within one poll", async () => {
  using stage = makeStateStage();
  await using writer = await startWriterAt(stage);
  const source = stage.open();
  await readAll(source);
  stage.told();

  await writer.put(["bubbleId:a:1", "streaming"]);
  stage.clock.advance(POLL_MS);
  await readAll(source);
  assert.deepEqual(stage.told(), ["bubbleId-a-1=streaming"]);

  await writer.put(["bubbleId:a:1", "streamed"], [PROMPTS, "p"]);
  stage.clock.advance(POLL_MS);
  await readAll(source);
  assert.deepEqual(stage.told().sort(), ["aiService-prompts=p", "bubbleId-a-1=streamed"]);
});

Deno.test("StateSource.scan() gives a database once in a poll, whoever asks", async () => {
  using stage = makeStateStage();
  await using writer = await startWriterAt(stage);
  const source = stage.open();
  await readAll(source);
  await writer.put(["bubbleId:a:1", "1"]);

  assert.deepEqual(source.scan(), []);
  assert.deepEqual(source.check(), []);
  assert.deepEqual(source.roots, []);
  stage.clock.advance(POLL_MS);
  assert.equal(source.scan().length, 1);
  stage.clock.setBack(3_600_000);
  assert.equal(source.scan().length, 1);
});

Deno.test("StateSource.read() goes on after the log went into the database", async () => {
  using stage = makeStateStage();
  const writer = await startWriterAt(stage);
  await writer.put(["bubbleId:a:1", "1"]);
  await stage.read();
  stage.told();

  await writer.put(["bubbleId:a:2", "2"]);
  await writer.close();
  await stage.read();

  assert.deepEqual(stage.told(), ["bubbleId-a-2=2"]);
});

Deno.test("StateSource.read() reads a log that was left alone, and removes its copy", async () => {
  using stage = makeStateStage();
  const writer = await startWriterAt(stage);
  await writer.put(["bubbleId:a:1", "1"]);
  await writer.kill();
  Deno.removeSync(`${stage.global}-shm`);
  Deno.mkdirSync(`${stage.temporary}/copy-of-a-killed-process`, { recursive: true });

  const totals = await stage.read();

  assert.equal(totals.files, 1);
  assert.ok(stage.told().includes("bubbleId-a-1=1"));
  assert.deepEqual([...Deno.readDirSync(stage.temporary)], []);
  // Copied once for each change.
  assert.deepEqual(stage.open().scan(), []);
});

Deno.test("StateSource.read() goes on where it was interrupted, in another process", async () => {
  using stage = makeStateStage();
  makeState(stage.global, manyRows());
  const stop = new AbortController();
  const source = stage.open();
  const { path, bytes } = source.scan()[0]!;
  let progress = 0;
  await source.read(path, noTotals(), stop.signal, (bytes) => {
    progress = bytes;
    if (bytes > 0) stop.abort();
  });
  await source.flush();
  const before = stage.told();
  assert.ok(progress > 0 && progress < bytes);
  assert.deepEqual(source.coverage(), { filesDone: 0, filesTotal: 1 });

  const totals = await stage.read();
  const after = stage.told();

  assert.ok(before.length > 0 && after.length < 3000, `${before.length} + ${after.length}`);
  assert.equal(new Set([...before, ...after]).size, 3030);
  assert.equal(totals.files, 1);
  assert.deepEqual(stage.open().scan(), []);
});

Deno.test("StateSource.read() keeps less than everything in memory", async () => {
  using stage = makeStateStage();
  const sizes: number[] = [];
  stage.inbox.onAccept = () => {
    sizes.push(stage.inbox.calls.at(-1)!);
  };
  makeState(stage.global, manyRows());

  await stage.read();

  assert.ok(sizes.length >= 3);
  assert.ok(sizes.every((events) => events <= 1500), sizes.join());
});

Deno.test("StateSource.read() begins anew, when another database is in the place", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "1"], ["bubbleId:a:1", "2"]]);
  await stage.read();
  stage.told();

  Deno.removeSync(stage.global);
  makeState(stage.global, [["composerData:b", "3"], ["bubbleId:b:1", "4"]]);
  await stage.read();

  assert.deepEqual(stage.told(), ["composerData-b=3", "bubbleId-b-1=4"]);
});

Deno.test("StateSource.read() tells once of what it cannot read", async () => {
  using stage = makeStateStage();
  Deno.mkdirSync(stage.at("User/globalStorage"), { recursive: true });
  Deno.writeTextFileSync(stage.global, "not a database ".repeat(1000));
  makeState(stage.workspace("empty-window"), [[PROMPTS, "1"]]);
  const source = stage.open();

  const totals = await readAll(source);
  stage.clock.advance(POLL_MS);
  assert.deepEqual(source.scan(), []);

  assert.deepEqual(stage.problems, ["Cannot read a database: it is damaged"]);
  assert.equal(totals.files, 1);
  assert.deepEqual(source.coverage(), { filesDone: 1, filesTotal: 2 });
  makeState(`${stage.global}.new`, [["composerData:a", "1"]]);
  Deno.renameSync(`${stage.global}.new`, stage.global);
  await readAll(source);
  assert.deepEqual(source.coverage(), { filesDone: 2, filesTotal: 2 });
});

Deno.test("StateSource.read() tries a locked database again at the next poll", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "1"]], "delete");
  await using writer = await startWriter(stage.global, "delete");
  await writer.run(["begin exclusive"]);
  const source = stage.open();
  await readAll(source);
  assert.deepEqual(stage.problems, ["Cannot read a database: it is locked"]);

  await writer.run(["commit"]);
  stage.clock.advance(POLL_MS);
  await readAll(source);

  assert.deepEqual(stage.told(), ["composerData-a=1"]);
});

Deno.test("StateSource.read() stands missing tables, rows and files", async () => {
  using stage = makeStateStage();
  makeState(stage.global);
  changeState(stage.global, (db) => db.exec("drop table cursorDiskKV"));
  makeState(stage.workspace("1758738643744"));
  changeState(stage.workspace("1758738643744"), (db) => db.exec("drop table ItemTable"));
  Deno.mkdirSync(stage.at("User/workspaceStorage/empty"), { recursive: true });
  Deno.writeTextFileSync(stage.workspace("empty"), "");
  const source = stage.open();

  assert.equal((await readAll(source)).files, 3);
  await source.read(stage.at("gone"), noTotals(), never);
  assert.deepEqual(stage.problems, []);
});

Deno.test("StateSource.read() drops a page during which a file was written", async () => {
  using stage = makeStateStage();
  makeState(stage.global, manyRows());
  const source = stage.open();
  source.scan();
  let touched = false;
  await source.read(stage.global, noTotals(), never, (bytes) => {
    if (bytes === 0 || touched) return;
    touched = true;
    changeState(stage.global, (db) => db.exec("update ItemTable set value = value"));
    Deno.utimeSync(stage.global, 1, 1);
  });
  await source.flush();
  assert.ok(touched);
  assert.ok(stage.told().length < 3030);

  assert.equal(source.scan().length, 0);
  stage.clock.advance(POLL_MS);
  assert.equal(source.scan().length, 1);
});

Deno.test("StateSource.read() reads again what was refused", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "1"]]);
  const source = stage.open();
  stage.inbox.onAccept = () => {
    throw new Error("Cannot store: the disk is full");
  };
  await assert.rejects(readAll(source), /disk is full/);
  assert.deepEqual(stage.problems, []);

  stage.inbox.onAccept = () => {};
  await readAll(source);

  assert.deepEqual(stage.told(), ["composerData-a=1"]);
});

Deno.test("StateSource.rewind() goes back to what is stored", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:a", "1"]]);
  const source = stage.open();
  await readAll(source);
  stage.told();
  stage.inbox.onAccept = () => {
    throw new QueueLostError();
  };
  await source.rewind(new Map());

  assert.equal(source.scan().length, 1);
  await assert.rejects(readAll(source), QueueLostError);
  stage.inbox.onAccept = () => {};
  await source.rewind(new Map());
  await readAll(source);

  assert.deepEqual(stage.told(), ["composerData-a=1"]);
});

Deno.test("StateSource.read() gives rows of a workspace its project, others none", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [[PROMPTS, "1"]]);
  makeState(stage.workspace("0a"), [[PROMPTS, "2"]]);
  Deno.writeTextFileSync(
    stage.at("User/workspaceStorage/0a/workspace.json"),
    '{"folder": "file:///srv/shop"}',
  );

  await stage.read();

  const projects = new Map(
    stage.inbox.events.map((
      { payload, metadata },
    ) => [String(payload.value), metadata.project_hash]),
  );
  assert.equal(projects.get("1"), undefined);
  assert.match(String(projects.get("2")), /^[0-9a-f]{16}$/);
});

Deno.test("StateSource.read() counts rows that are too large as drift", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["bubbleId:a:1", "x".repeat(17 * 1024 * 1024)]]);

  await stage.read();

  const [checkpoint] = stage.inbox.checkpoints("cursor").values();
  assert.equal(checkpoint!.drift, '{"row:too_long":1}');
  assert.deepEqual(stage.told(), []);
});

Deno.test("StateSource.read() keeps no key, value or path in its positions", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [["composerData:secret", "secret"], [PROMPTS, "secret"]]);

  await stage.read();

  const [checkpoint, ...more] = stage.inbox.checkpoints("cursor").values();
  assert.deepEqual(more, []);
  const json = JSON.stringify(checkpoint);
  for (const word of ["secret", "composerData", "aiService", "User", "Storage"]) {
    assert.ok(!json.includes(word), word);
  }
  assert.equal(checkpoint!.position, checkpoint!.size);
  assert.equal(checkpoint!.lines, 2);
});

Deno.test("StateSource.read() reads the database of tracked code", async () => {
  using stage = makeStateStage();
  const path = stage.at("home/.cursor/ai-tracking/ai-code-tracking.db");
  Deno.mkdirSync(stage.at("home/.cursor/ai-tracking"), { recursive: true });
  changeState(path, (db) => db.exec("create table tracking_state (key text, value text)"));

  const totals: ReadTotals = await stage.read();

  assert.equal(totals.files, 1);
  assert.deepEqual(stage.open().scan(), []);
});

Deno.test("StateSource.inspect() counts the databases that are there", async () => {
  using stage = makeStateStage();
  makeState(stage.global);
  makeState(stage.workspace("empty-window"));
  await stage.read();
  Deno.removeSync(stage.global);

  assert.deepEqual(stage.open().inspect(), {
    files: 1,
    unreadable: [],
    foldersUnreadable: 0,
    goneSessions: [],
  });
});

async function startWriterAt(stage: ReturnType<typeof makeStateStage>) {
  makeState(stage.global, [["composerData:a", "c"]]);
  return await startWriter(stage.global);
}

function* manyRows(): Generator<PlainRow> {
  const text = "x".repeat(3000);
  for (let i = 0; i < 30; i++) {
    yield [`composerData:c${i}`, `${i}`];
    for (let n = 0; n < 100; n++) yield [`bubbleId:c${i}:${n}`, `${n} ${text}`];
  }
}
