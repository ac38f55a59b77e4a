/** Tests of the search for the programs that tests need, on machines that are made up. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { findProgram, missingPartText } from "../../tools/parts.ts";
import { neededParts, setup } from "../../tools/setup.ts";

const setupFile = new URL("../../tools/setup.ts", import.meta.url);
const isUnix = Deno.build.os !== "windows";

/** A folder for programs that are shell scripts; gone with the end of its scope. */
function makeFolder() {
  const path = Deno.makeTempDirSync();
  return {
    path,
    add(name: string, script = "", mode = 0o755) {
      Deno.writeTextFileSync(`${path}/${name}`, `#!/bin/sh\n${script}\n`, { mode });
    },
    [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }),
  };
}

/** Runs tools/setup.ts as a command, on a machine that has nothing but `path`. */
async function runSetup(path: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", setupFile.href, ...args],
    clearEnv: true,
    env: { PATH: path, DENO_DIR: `${path}/deno` },
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("neededParts() takes the command line, else the list, else the usual", () => {
  deepEqual(neededParts(["chromium"], "redis-server"), ["chromium"]);
  deepEqual(neededParts([], "redis-server, python3"), ["redis-server", "python3"]);
  deepEqual(neededParts([], " "), ["chromium", "fish", "redis-server", "tmux", "zsh"]);
  deepEqual(neededParts([]), ["chromium", "fish", "redis-server", "zsh"]);
});

Deno.test({
  name: "findProgram() passes over folders and files that cannot run, when it looks for one",
  ignore: !isUnix, // Windows has no such mode.
  fn() {
    using first = makeFolder();
    using second = makeFolder();
    first.add("redis-server", "", 0o644);
    Deno.mkdirSync(`${first.path}/chromium`);
    second.add("redis-server");
    const path = `/nowhere:${first.path}::${second.path}`;
    equal(findProgram(["redis-server"], path), `${second.path}/redis-server`);
    equal(findProgram(["chromium"], path), undefined);
  },
});

Deno.test("missingPartText() names the line to type on each system", () => {
  equal(
    missingPartText("redis-server"),
    `error: Cannot run the tests: redis-server is missing; install it with
  Debian, Ubuntu:  sudo apt-get install -y --no-install-recommends redis-server
  Fedora:          sudo dnf install -y redis
  macOS:           brew install redis`,
  );
});

Deno.test({
  name: "setup() says nothing and succeeds, when all parts are there",
  ignore: !isUnix, // The made-up programs are shell scripts.
  async fn() {
    using machine = makeFolder();
    for (const name of ["chromium-browser", "fish", "redis-server", "zsh"]) machine.add(name);
    deepEqual(await runSetup(machine.path), { code: 0, output: "" });
  },
});

Deno.test("setup() fails and names each missing part, when there is no apt-get", async () => {
  using machine = makeFolder();
  const { code, output } = await runSetup(machine.path, "redis-server", "python3");
  equal(code, 1);
  equal(output, `${missingPartText("redis-server")}\n${missingPartText("python3")}\n`);
});

Deno.test("setup() refuses, when a part is unknown", async () => {
  using machine = makeFolder();
  const { code, output } = await runSetup(machine.path, "toString");
  equal(code, 2);
  match(output, /^error: Cannot set up "toString": the known parts are chromium, /);
});

Deno.test({
  name: "setup() installs what is missing and no more, when root has apt-get",
  ignore: !isUnix, // The made-up programs are shell scripts.
  async fn() {
    using machine = makeFolder();
    const said = `${machine.path}/said`;
    machine.add("chromium");
    machine.add(
      "apt-get",
      `echo "$@" >> ${said}; [ $1 = update ] || /bin/cp "$0" ${machine.path}/redis-server`,
    );
    const logFile = `${machine.path}/logs/setup.log`;
    const names = ["chromium", "redis-server"];
    equal(await setup(names, { path: machine.path, isRoot: true, logFile }), 0);
    const [update, install] = Deno.readTextFileSync(said).trim().split("\n");
    equal(update, "update");
    match(install!, /^install -y --no-install-recommends .* redis-server$/);
    ok(!install!.includes("chromium"));
    deepEqual([...Deno.readDirSync(machine.path)].filter(({ isDirectory }) => isDirectory), []);
  },
});

Deno.test({
  name: "setup() fails and keeps what apt-get said, when the installation fails",
  ignore: !isUnix, // The made-up programs are shell scripts.
  async fn() {
    using machine = makeFolder();
    machine.add("apt-get", `echo "out $1"; echo "err $1" >&2; exit 100`);
    const logFile = `${machine.path}/logs/setup.log`;
    equal(await setup(["redis-server"], { path: machine.path, isRoot: true, logFile }), 1);
    equal(Deno.readTextFileSync(logFile), "out update\nerr update\nout install\nerr install\n");
  },
});

Deno.test({
  name: "setup() leaves apt-get alone, when it is not root that asks",
  ignore: !isUnix, // The made-up programs are shell scripts.
  async fn() {
    using machine = makeFolder();
    machine.add("apt-get", `echo > ${machine.path}/said`);
    const logFile = `${machine.path}/setup.log`;
    equal(await setup(["redis-server"], { path: machine.path, isRoot: false, logFile }), 1);
    deepEqual([...Deno.readDirSync(machine.path)].map(({ name }) => name), ["apt-get"]);
  },
});
