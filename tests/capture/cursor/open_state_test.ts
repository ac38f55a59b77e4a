/** Tests of `capture/cursor/open_state.ts`: how a database is opened, leaving nothing. */

import assert from "node:assert/strict";
import { chooseWay, openInPlace, openState } from "../../../capture/cursor/open_state.ts";
import { StateError } from "../../../capture/cursor/state_problem.ts";
import type { Database } from "../../../core/database.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import {
  changeState,
  listFolder,
  makeState,
  startWriter,
} from "../../helpers/cursor_databases.ts";

const KEY = "aiService.prompts";

Deno.test("openState() reads beside a running writer what it wrote last", async () => {
  using stage = makeStage();
  await using writer = await startWriter(stage.path);
  await writer.put([KEY, "first"]);
  const before = listFolder(stage.folder);

  {
    using opened = await stage.open();
    assert.equal(opened.way, "live");
    assert.equal(valueIn(opened.db), "first");
    await writer.put([KEY, "second"]);
    assert.equal(valueIn(opened.db), "second");
    assert.ok(opened.isSound());
  }

  assert.deepEqual(namesOf(listFolder(stage.folder)), namesOf(before));
});

Deno.test("openState() lets a running writer empty its log", async () => {
  using stage = makeStage();
  await using writer = await startWriter(stage.path);
  await writer.put([KEY, "first"]);
  using opened = await stage.open();
  valueIn(opened.db);

  await writer.run(["pragma wal_checkpoint(truncate)"]);

  assert.equal(Deno.statSync(`${stage.path}-wal`).size, 0);
  assert.equal(valueIn(opened.db), "first");
});

Deno.test("openState() reads what a killed writer left, and changes not a byte", async () => {
  using stage = makeStage();
  const writer = await startWriter(stage.path);
  await writer.put([KEY, "in the log"]);
  await writer.kill();
  const before = stage.bytes();

  {
    using opened = await stage.open();
    assert.equal(opened.way, "live");
    assert.equal(valueIn(opened.db), "in the log");
  }

  assert.deepEqual(stage.bytes(), before);
});

Deno.test("openState() leaves a closed database alone in its folder", async () => {
  using stage = makeStage();
  const before = stage.bytes();

  {
    using opened = await stage.open();
    assert.equal(opened.way, "still");
    assert.equal(valueIn(opened.db), "stored");
    assert.deepEqual(listFolder(stage.folder), ["state.vscdb 20480"]);
  }

  assert.deepEqual(stage.bytes(), before);
});

Deno.test("openState() takes a log that was left alone from a private copy", async () => {
  using stage = makeStage();
  await stage.leaveLog();
  const before = stage.bytes();

  {
    using opened = await stage.open();
    assert.equal(opened.way, "copy");
    assert.equal(valueIn(opened.db), "in the log");
    const [copy] = [...Deno.readDirSync(stage.temporary)];
    const { mode } = Deno.statSync(`${stage.temporary}/${copy!.name}`);
    if (Deno.build.os !== "windows") assert.equal(mode! & 0o777, 0o700);
  }

  assert.deepEqual(stage.bytes(), before);
  assert.deepEqual([...Deno.readDirSync(stage.temporary)], []);
});

Deno.test("openState() reads the main file alone, when its log is too large to copy", async () => {
  using stage = makeStage();
  await stage.leaveLog();
  const before = stage.bytes();

  {
    using opened = await openState(stage.path, {
      temporary: stage.temporary,
      copyBytesMax: 20_000,
    });
    assert.equal(opened.way, "main_only");
    assert.equal(valueIn(opened.db), "stored");
  }

  assert.deepEqual(stage.bytes(), before);
});

Deno.test("openState() reads a database without log format under its locks", async () => {
  using stage = makeStage("delete");
  await using writer = await startWriter(stage.path, "delete");
  await writer.put([KEY, "first"]);

  using opened = await stage.open();

  assert.equal(opened.way, "plain");
  assert.equal(valueIn(opened.db), "first");
  await writer.put([KEY, "second"]);
  assert.equal(valueIn(opened.db), "second");
  assert.deepEqual(listFolder(stage.folder), ["state.vscdb 20480"]);
});

Deno.test("openState() says so, when a database is locked", async () => {
  using stage = makeStage("delete");
  await using writer = await startWriter(stage.path, "delete");
  await writer.run(["begin exclusive"]);

  await assertProblem(stage, "locked");
  await writer.run(["commit"]);

  using opened = await stage.open();
  assert.equal(valueIn(opened.db), "stored");
});

Deno.test("openState() says so, when there is no whole database", async () => {
  using stage = makeStage();
  const whole = Deno.readFileSync(stage.path);

  Deno.writeTextFileSync(stage.path, "no database at all ".repeat(500));
  await assertProblem(stage, "damaged");
  Deno.writeFileSync(stage.path, whole.slice(0, 40));
  await assertProblem(stage, "damaged");
  Deno.removeSync(stage.path);
  await assertProblem(stage, "gone");
});

Deno.test("openState() knows that it read torn pages, when a file is written", async () => {
  using stage = makeStage();
  using opened = await stage.open();
  assert.ok(opened.isSound());

  changeState(stage.path, (db) => db.exec("update ItemTable set value = 'other'"));

  assert.equal(opened.isSound(), false);
});

Deno.test("openState() finds a path with every sign that a URI gives a meaning", async () => {
  using folder = tempFolder();
  const path = folder.at("a ?mode=rw#%41&b/state.vscdb");
  makeState(path, [[KEY, "stored"]]);

  using opened = await openState(path, { temporary: folder.at("tmp") });

  assert.equal(valueIn(opened.db), "stored");
});

Deno.test("openState() takes a copy, when the shared memory cannot be shared", async () => {
  using stage = makeStage();
  await stage.leaveLog();
  const elsewhere = `${stage.folder}/../elsewhere`;
  Deno.writeTextFileSync(elsewhere, "");
  Deno.symlinkSync(elsewhere, `${stage.path}-shm`);

  assert.equal(chooseWay(stage.path), "live");
  assert.equal(openInPlace(stage.path, "live"), undefined);
  using opened = await stage.open();

  assert.equal(opened.way, "copy");
  assert.equal(valueIn(opened.db), "in the log");
});

Deno.test("chooseWay() takes an empty log for none", () => {
  using stage = makeStage();
  Deno.writeTextFileSync(`${stage.path}-wal`, "");

  assert.equal(chooseWay(stage.path), "still");
});

Deno.test({
  name: "openState() reads in a folder in which nothing can be written",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    using stage = makeStage();
    await stage.leaveLog();
    Deno.chmodSync(stage.folder, 0o500);
    try {
      using opened = await stage.open();
      assert.equal(valueIn(opened.db), "in the log");
    } finally {
      Deno.chmodSync(stage.folder, 0o700);
    }
  },
});

function makeStage(mode: "wal" | "delete" = "wal") {
  const temp = tempFolder();
  const folder = temp.at("User/globalStorage");
  const path = `${folder}/state.vscdb`;
  const temporary = temp.at("tmp");
  makeState(path, [[KEY, "stored"]], mode);
  return {
    folder,
    path,
    temporary,
    open: () => openState(path, { temporary }),
    /** A log without shared memory, as when both files were copied from a running machine. */
    async leaveLog() {
      const writer = await startWriter(path);
      await writer.put([KEY, "in the log"]);
      await writer.kill();
      Deno.removeSync(`${path}-shm`);
    },
    bytes: () =>
      [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)
        .map(({ name }) => [name, Deno.readFileSync(`${folder}/${name}`)]),
    [Symbol.dispose]: () => temp[Symbol.dispose](),
  };
}

function valueIn(db: Database): unknown {
  return db.prepare("select value from ItemTable where key = ?").get(KEY)?.value;
}

function namesOf(listed: readonly string[]): string[] {
  return listed.map((line) => line.split(" ")[0]!);
}

async function assertProblem(
  stage: ReturnType<typeof makeStage>,
  problem: string,
): Promise<void> {
  await assert.rejects(stage.open(), (error) => {
    assert.ok(error instanceof StateError);
    assert.equal(error.problem, problem);
    assert.ok(!error.message.includes(stage.path));
    return true;
  });
}
