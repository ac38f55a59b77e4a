/** Tests of `core/home.ts`: the data folder and its key. */

import assert from "node:assert/strict";
import {
  type Home,
  homeAt,
  KEY_BYTES,
  makeHome,
  readKey,
  replaceKey,
  writePrivateFile,
} from "../../core/home.ts";
import { tempFolder } from "./temp_folder.ts";

const hasModes = Deno.build.os !== "windows";

Deno.test("homeAt() keeps every file in the folder that was named, and makes none", () => {
  using folder = tempFolder();
  const { path, ...files } = homeAt(folder.at("home"));

  assert.equal(path, folder.at("home"));
  for (const file of Object.values(files)) assert.ok(file.startsWith(`${path}/`), file);
  assert.equal(new Set(Object.values(files)).size, Object.keys(files).length);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test("makeHome() makes the folder and those above it, and does no harm twice", () => {
  using folder = tempFolder();
  const home = homeAt(folder.at("a/b"));

  makeHome(home);
  makeHome(home);

  assert.ok(Deno.statSync(home.path).isDirectory);
});

Deno.test({
  name: "makeHome() opens the folder to its owner alone",
  ignore: !hasModes, // Windows has no modes.
  fn() {
    using folder = tempFolder();

    makeHome(homeAt(folder.at("home")));

    assert.equal(modeOf(folder.at("home")), 0o700);
  },
});

Deno.test({
  name: "makeHome() takes a link for the folder, and none in it",
  ignore: !hasModes, // On Windows it takes rights to make one.
  fn() {
    using folder = tempFolder();
    Deno.mkdirSync(folder.at("elsewhere"));
    Deno.symlinkSync(folder.at("elsewhere"), folder.at("home"));
    const home = homeAt(folder.at("home"));

    makeHome(home);

    for (const path of [home.spool, home.logs, home.temporary]) {
      Deno.symlinkSync(folder.path, path);
      assert.throws(
        () => makeHome(home),
        /^Error: Cannot use the data folder: \w+ in it is a link/,
      );
      Deno.removeSync(path);
    }
  },
});

Deno.test("makeHome() says what to do, when a file is in the place of the folder", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("home"), "");

  assert.throws(() => makeHome(homeAt(folder.at("home"))), {
    message: "Cannot make the data folder: a file is in its place; name another with --home DIR",
  });
});

Deno.test("makeHome() says what to do, when a file is in the place of a folder above", () => {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("above"), "");

  assert.throws(() => makeHome(homeAt(folder.at("above/home"))), {
    message: "Cannot make the data folder: a file is in its place; name another with --home DIR",
  });
});

Deno.test("readKey() makes a key at the first call, and finds it at the next", () => {
  using folder = tempFolder();
  const home = madeHome(folder.path);

  const key = readKey(home, true);

  assert.equal(key?.length, 32);
  assert.ok(key!.some((byte) => byte !== 0));
  assert.deepEqual(readKey(home, true), key);
  assert.deepEqual(readKey(home, false), key);
});

Deno.test("readKey() makes another key for another home", () => {
  using one = tempFolder();
  using two = tempFolder();

  assert.notDeepEqual(readKey(madeHome(one.path), true), readKey(madeHome(two.path), true));
});

Deno.test("readKey() makes none, when none may be made", () => {
  using folder = tempFolder();
  const home = madeHome(folder.path);

  assert.equal(readKey(home, false), undefined);
  assert.deepEqual([...Deno.readDirSync(folder.path)], []);
});

Deno.test({
  name: "readKey() lets nobody else read the key",
  ignore: !hasModes, // Windows has no modes.
  fn() {
    using folder = tempFolder();
    const home = madeHome(folder.path);

    readKey(home, true);

    assert.equal(modeOf(home.key), 0o600);
  },
});

Deno.test("readKey() says what to do and keeps the file, when the key is damaged", () => {
  using folder = tempFolder();
  const home = madeHome(folder.path);
  Deno.writeTextFileSync(home.key, "short");

  assert.throws(() => readKey(home, true), /install\.key has 5 bytes, not 32; restore it/);
  assert.equal(Deno.readTextFileSync(home.key), "short");
});

Deno.test("readKey() gives everybody the same key, when two ask for it at once", async () => {
  using folder = tempFolder();
  const homes = Array.from({ length: 400 }, (_, i) => madeHome(folder.at(`${i}`)).path);

  const [one, two] = await raceForKeys(homes);

  assert.deepEqual(one, two);
  assert.deepEqual(one, homes.map((home) => String(readKey(homeAt(home), false))));
});

Deno.test("writePrivateFile() writes text and bytes", () => {
  using folder = tempFolder();

  writePrivateFile(folder.at("text"), "größer");
  writePrivateFile(folder.at("bytes"), new Uint8Array([1, 2, 3]));

  assert.equal(Deno.readTextFileSync(folder.at("text")), "größer");
  assert.deepEqual(Deno.readFileSync(folder.at("bytes")), new Uint8Array([1, 2, 3]));
});

Deno.test({
  name: "writePrivateFile() closes a file to others, also when it was there and open to all",
  ignore: !hasModes, // Windows has no modes.
  fn() {
    using folder = tempFolder();
    Deno.writeTextFileSync(folder.at("old"), "", { mode: 0o644 });

    writePrivateFile(folder.at("old"), "token");
    writePrivateFile(folder.at("new"), "token");

    assert.equal(modeOf(folder.at("old")), 0o600);
    assert.equal(modeOf(folder.at("new")), 0o600);
  },
});

Deno.test("writePrivateFile() leaves a file alone, when it was to be new", () => {
  using folder = tempFolder();
  writePrivateFile(folder.at("file"), "first");

  assert.throws(
    () => writePrivateFile(folder.at("file"), "second", { createNew: true }),
    Deno.errors.AlreadyExists,
  );
  assert.equal(Deno.readTextFileSync(folder.at("file")), "first");
});

async function raceForKeys(homes: readonly string[]): Promise<string[][]> {
  const arrived = new SharedArrayBuffer(4 * homes.length);
  const workers = [1, 2].map(() =>
    new Worker(new URL("./key_racer.ts", import.meta.url), { type: "module" })
  );
  try {
    return await Promise.all(workers.map((worker) =>
      new Promise<string[]>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(`Cannot race: ${message}`));
        worker.postMessage({ homes, racers: workers.length, arrived });
      })
    ));
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

function madeHome(path: string): Home {
  const home = homeAt(path);
  makeHome(home);
  return home;
}

function modeOf(path: string): number {
  return Deno.statSync(path).mode! & 0o777;
}

Deno.test("replaceKey() puts another key in the place of the own one, or of none", () => {
  using folder = tempFolder();
  const home = homeAt(folder.path);
  for (const fill of [1, 2]) {
    const key = new Uint8Array(KEY_BYTES).fill(fill);
    replaceKey(home, key);
    assert.deepEqual(readKey(home, false), key);
  }
  if (hasModes) assert.equal(modeOf(home.key), 0o600);
  assert.deepEqual([...Deno.readDirSync(home.path)].map(({ name }) => name), ["install.key"]);
});

Deno.test({
  name: "makeHome() says what to do, when a system makes no folder there",
  ignore: Deno.build.os !== "linux", // No other system has such a place.
  fn() {
    assert.throws(() => makeHome(homeAt("/proc/nope")), {
      message: "Cannot make the data folder: no folder can be made there; " +
        "name another with --home DIR",
    });
  },
});
