/** Tests of files that are written whole or not at all. */

import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { OutputFile } from "../../../cli/exports/output_file.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

Deno.test("finish() puts the file in its place, for its owner alone", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/out.json`;
  {
    using file = new OutputFile(path, false);
    await file.write(["{", "x".repeat(200_000), "ü}"]);
    equal(file.finish(), 200_004);
  }

  equal(Deno.readTextFileSync(path), `{${"x".repeat(200_000)}ü}`);
  equal(Deno.statSync(path).mode! & 0o777, 0o600);
  deepEqual([...Deno.readDirSync(machine.path)].filter(({ name }) => name.endsWith(".tmp")), []);
});

Deno.test("OutputFile() leaves nothing, when it is not finished", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/out.json`;
  {
    using file = new OutputFile(path, false);
    await rejects(file.write(failing()), /half way/);
  }

  deepEqual([...Deno.readDirSync(machine.path)].filter(({ name }) => name.startsWith("out")), []);
});

function* failing(): Generator<string> {
  yield "{";
  throw new Error("Cannot go on: it is half way");
}

Deno.test("OutputFile() replaces a file only when it is told to", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/out.json`;
  Deno.writeTextFileSync(path, "old");

  throws(() => new OutputFile(path, false), /there is such a file; --force replaces it/);
  equal(Deno.readTextFileSync(path), "old");
  using file = new OutputFile(path, true);
  await file.write(["new"]);
  file.finish();
  equal(Deno.readTextFileSync(path), "new");
});

Deno.test("finish() replaces no file that came meanwhile, nor what a link leads to", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/out.json`, target = `${machine.path}/target`;
  using file = new OutputFile(path, false);
  await file.write(["new"]);
  Deno.writeTextFileSync(target, "old");
  Deno.symlinkSync(target, path);

  throws(() => file.finish(), /there is such a file/);
  throws(() => new OutputFile(path, false), /there is such a file/);
  equal(Deno.readTextFileSync(target), "old");
});

for (
  const [name, error] of [
    ["nowhere/out.json", /its folder does not exist/],
    ["file/out.json", /a folder is in its place, or a file where a folder should be/],
  ] as const
) {
  Deno.test(`OutputFile() says why ${name} cannot be written`, () => {
    using machine = tempMachine();
    Deno.writeTextFileSync(`${machine.path}/file`, "");

    throws(() => new OutputFile(`${machine.path}/${name}`, false), error);
  });
}

Deno.test("OutputFile() takes neither an empty name nor that of a folder", () => {
  using machine = tempMachine();
  throws(
    () => new OutputFile("", true),
    /^UsageError: Cannot write the export: its name is empty/,
  );
  for (const replaces of [true, false]) {
    throws(
      () => new OutputFile(machine.user, replaces, "backup"),
      /^UsageError: Cannot write the backup: there is a folder/,
    );
  }
  deepEqual([...Deno.readDirSync(machine.user)], []);
});

Deno.test("OutputFile() replaces no device", () => {
  for (const replaces of [true, false]) {
    throws(
      () => new OutputFile("/dev/null", replaces),
      /^UsageError: Cannot write the export: there is no plain file, but a device or pipe/,
    );
  }
  equal(Deno.statSync("/dev/null").isCharDevice, true);
});
