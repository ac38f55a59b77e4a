/** Tests of `capture/folder_watch.ts`: what the system tells of changes, as a hint. */

import assert from "node:assert/strict";
import { FolderWatch } from "../../capture/folder_watch.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { until } from "./polling.ts";

Deno.test("FolderWatch.takePaths() names a file that was written, once", async () => {
  using folder = tempFolder();
  Deno.mkdirSync(folder.at("project"));
  using watch = watching(folder.path);

  Deno.writeTextFileSync(folder.at("project/a.jsonl"), "{}\n");
  await watch.wait(new VirtualClock(), 1000, new AbortController().signal);
  const taken = [watch.takePaths(), watch.takePaths()];

  assert.deepEqual(taken, [[folder.at("project/a.jsonl")], []]);
});

Deno.test("FolderWatch.takePaths() does not name other files", async () => {
  using folder = tempFolder();
  using watch = watching(folder.path);

  Deno.writeTextFileSync(folder.at("notes.txt"), "");
  Deno.writeTextFileSync(folder.at("a.jsonl"), "{}\n");
  const paths = await changesOf(watch);

  assert.deepEqual([...paths], [folder.at("a.jsonl")]);
});

Deno.test("FolderWatch.takeRescan() says once that a folder came", async () => {
  using folder = tempFolder();
  using watch = watching(folder.path);
  const before = watch.takeRescan();

  Deno.mkdirSync(folder.at("project"));

  await until(() => watch.takeRescan(), "a rescan");
  assert.equal(before, false);
});

Deno.test("FolderWatch.wait() resolves at the next change, though no time passes", async () => {
  using folder = tempFolder();
  using watch = watching(folder.path);

  const wait = watch.wait(new VirtualClock(), 1000, new AbortController().signal);
  Deno.writeTextFileSync(folder.at("a.jsonl"), "{}\n");

  await wait;
  assert.ok(watch.takePaths().length > 0);
});

Deno.test("FolderWatch.wait() resolves at once, when a change came before", async () => {
  using folder = tempFolder();
  using watch = watching(folder.path);
  Deno.writeTextFileSync(folder.at("a.jsonl"), "{}\n");
  await watch.wait(new VirtualClock(), 1000, new AbortController().signal);

  await watch.wait(new VirtualClock(), 1000, new AbortController().signal);

  assert.ok(watch.takePaths().length > 0);
});

Deno.test("FolderWatch.wait() resolves, when its time is over or it is aborted", async () => {
  using watch = watching();
  const clock = new VirtualClock();
  const stop = new AbortController();

  const first = watch.wait(clock, 1000, stop.signal);
  clock.advance(1000);
  await first;
  const second = watch.wait(clock, 1000, stop.signal);
  stop.abort();

  await second;
});

Deno.test("FolderWatch.takePaths() names nothing, when there is no folder to watch", () => {
  using none = watching();
  using missing = watching("/nowhere/at/all");

  assert.deepEqual([none.takePaths(), missing.takePaths()], [[], []]);
  assert.deepEqual([none.takeRescan(), missing.takeRescan()], [false, false]);
});

Deno.test("FolderWatch.takePaths() names files of the others, when one is missing", async () => {
  using folder = tempFolder();
  using watch = watching(folder.at("missing"), folder.path);

  Deno.writeTextFileSync(folder.at("a.jsonl"), "{}\n");
  const paths = await changesOf(watch);

  assert.deepEqual([...paths], [folder.at("a.jsonl")]);
});

Deno.test("FolderWatch.watch() goes over to other folders, when they have changed", async () => {
  using folder = tempFolder();
  Deno.mkdirSync(folder.at("one"));
  Deno.mkdirSync(folder.at("two"));
  using watch = watching(folder.at("one"));

  watch.watch([folder.at("two")]);
  Deno.writeTextFileSync(folder.at("one/a.jsonl"), "{}\n");
  Deno.writeTextFileSync(folder.at("two/b.jsonl"), "{}\n");
  const paths = await changesOf(watch);

  assert.deepEqual([...paths], [folder.at("two/b.jsonl")]);
});

Deno.test("FolderWatch.watch() goes on, when it is called with the same folders", async () => {
  using folder = tempFolder();
  using watch = watching(folder.path);
  Deno.writeTextFileSync(folder.at("a.jsonl"), "{}\n");

  watch.watch([folder.path]);
  const paths = await changesOf(watch);

  assert.deepEqual([...paths], [folder.at("a.jsonl")]);
});

Deno.test("FolderWatch.watch() finds a folder, when it came later", async () => {
  using folder = tempFolder();
  using watch = watching(folder.at("later"));
  watch.watch([]);
  Deno.mkdirSync(folder.at("later"));

  watch.watch([folder.at("later")]);
  Deno.writeTextFileSync(folder.at("later/a.jsonl"), "{}\n");
  const paths = await changesOf(watch);

  assert.deepEqual([...paths], [folder.at("later/a.jsonl")]);
});

function watching(...roots: readonly string[]): FolderWatch {
  const watch = new FolderWatch();
  watch.watch(roots);
  return watch;
}

/** The files named until the first news, and shortly after. */
async function changesOf(watch: FolderWatch): Promise<Set<string>> {
  const paths = new Set<string>();
  await until(() => {
    for (const path of watch.takePaths()) paths.add(path);
    return paths.size > 0;
  }, "a change");
  return paths;
}
