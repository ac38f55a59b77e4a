/** Tests of `capture/spool.ts`: what a hook leaves, whole or not at all. */

import assert from "node:assert/strict";
import {
  isSpooled,
  isUnfinished,
  makeSpool,
  spoolEvents,
  spoolOnce,
} from "../../capture/spool.ts";
import { tempFolder } from "../core/temp_folder.ts";

Deno.test("spoolEvents() leaves one file that sorts by its time", () => {
  using folder = tempFolder();

  spoolEvents(folder.at("spool"), ["b"], 1_700_000_000_001);
  spoolEvents(folder.at("spool"), ["a1", "a2"], 1_700_000_000_000);

  const names = [...Deno.readDirSync(folder.at("spool"))].map(({ name }) => name).sort();
  assert.match(names[0]!, new RegExp(`^1700000000000-${Deno.pid}-[0-9a-f]{8}\\.jsonl$`));
  assert.deepEqual(names.map(isSpooled), [true, true]);
  const texts = names.map((name) => Deno.readTextFileSync(folder.at(`spool/${name}`)));
  assert.deepEqual(texts, ["a1\na2\n", "b\n"]);
});

Deno.test({
  name: "spoolEvents() lets nobody else read it",
  ignore: Deno.build.os === "windows", // Windows has no modes.
  fn() {
    using folder = tempFolder();
    spoolEvents(folder.at("spool"), ["a"], 1);

    const [{ name } = { name: "" }] = Deno.readDirSync(folder.at("spool"));
    assert.equal(Deno.statSync(folder.at("spool")).mode! & 0o777, 0o700);
    assert.equal(Deno.statSync(folder.at(`spool/${name}`)).mode! & 0o777, 0o600);
  },
});

Deno.test("makeSpool() does no harm twice", () => {
  using folder = tempFolder();
  makeSpool(folder.at("spool"));
  makeSpool(folder.at("spool"));

  assert.equal(Deno.statSync(folder.at("spool")).isDirectory, true);
});

Deno.test("isUnfinished() tells what is being written from what is whole", () => {
  const names = [".1-2-ab.jsonl", "1-2-ab.jsonl", ".hidden", "notes.jsonl", "1-2-ab.jsonl.gz"];

  assert.deepEqual(names.map(isUnfinished), [true, false, false, false, false]);
  assert.deepEqual(names.map(isSpooled), [false, true, false, false, false]);
});

Deno.test("spoolOnce() leaves an event once, until it is taken", () => {
  using folder = tempFolder();
  const spool = folder.at("spool");
  const names = () => [...Deno.readDirSync(spool)].map(({ name }) => name);

  for (const event of ["a", "b"]) spoolOnce(spool, event, 1_700_000_000_000, "status-s1");
  spoolOnce(spool, "c", 1_700_000_000_000, "status-s2");

  assert.deepEqual(names().sort(), [
    "1700000000000-status-s1.jsonl",
    "1700000000000-status-s2.jsonl",
  ]);
  assert.ok(names().every(isSpooled));
  const path = `${spool}/1700000000000-status-s1.jsonl`;
  assert.equal(Deno.readTextFileSync(path), "a\n");
  Deno.removeSync(path);
  spoolOnce(spool, "b", 1_700_000_000_000, "status-s1");
  assert.equal(Deno.readTextFileSync(path), "b\n");
});
