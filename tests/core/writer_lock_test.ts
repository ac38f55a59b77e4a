/** Tests of `core/writer_lock.ts`: at most one writer, and none when it is gone. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { isLocked, takeWriterLock } from "../../core/writer_lock.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("takeWriterLock() gives the lock to one, and to nobody else while it is held", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.lock");

  using first = takeWriterLock(path);

  assert.equal(first?.path, path);
  assert.equal(takeWriterLock(path), undefined);
  assert.equal(takeWriterLock(path), undefined);
});

Deno.test("takeWriterLock() gives the lock to the next, when it was released", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.lock");
  takeWriterLock(path)![Symbol.dispose]();

  using next = takeWriterLock(path);

  assert.ok(next);
});

Deno.test("takeWriterLock() lets a lock be released twice", () => {
  using folder = tempFolder();
  const lock = takeWriterLock(folder.at("telemetry.lock"))!;

  lock[Symbol.dispose]();
  lock[Symbol.dispose]();

  using next = takeWriterLock(folder.at("telemetry.lock"));
  assert.ok(next);
});

Deno.test("isLocked() tells who holds a lock from who only asks", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.lock");
  const asking = new DatabaseSync(path);
  asking.exec("begin; select 1 from sqlite_schema");

  assert.equal(isLocked(path), false);
  asking.close();

  using lock = takeWriterLock(path);
  assert.ok(lock && isLocked(path));
});

Deno.test("takeWriterLock() keeps the locks of two homes apart", () => {
  using folder = tempFolder();

  using one = takeWriterLock(folder.at("one.lock"));
  using two = takeWriterLock(folder.at("two.lock"));

  assert.ok(one && two);
});

Deno.test("takeWriterLock() throws, when the file cannot be made", () => {
  using folder = tempFolder();

  assert.throws(() => takeWriterLock(folder.at("nowhere/telemetry.lock")));
});

Deno.test("takeWriterLock() gives the lock to the next, when its process was killed", async () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.lock");
  await using holder = await holdElsewhere(folder.path, path);
  const held = takeWriterLock(path);

  holder.child.kill("SIGKILL");
  await holder.child.status;

  using next = takeWriterLock(path);
  assert.equal(held, undefined);
  assert.ok(next);
});

/** Starts a process that takes the lock, and waits until it has it. */
async function holdElsewhere(folder: string, path: string) {
  const source = import.meta.resolve("../../core/writer_lock.ts");
  const script = `import { takeWriterLock } from "${source}";
    const lock = takeWriterLock(Deno.args[0]);
    console.log(lock ? "held" : "busy");
    setTimeout(() => lock, 60_000);`;
  Deno.writeTextFileSync(`${folder}/hold.ts`, script);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", `${folder}/hold.ts`, path],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assert.equal(new TextDecoder().decode(value).trim(), "held");
  return {
    child,
    async [Symbol.asyncDispose]() {
      await reader.cancel();
      await child[Symbol.asyncDispose]();
    },
  };
}

Deno.test("isLocked() says so, and holds nothing itself", () => {
  using folder = tempFolder();
  const path = folder.at("telemetry.lock");

  assert.equal(isLocked(path), false);
  using lock = takeWriterLock(path);
  assert.ok(lock);
  assert.equal(isLocked(path), true);
});
