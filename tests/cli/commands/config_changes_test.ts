/** Tests of `blueplane config set` and `unset`. */

import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeServerNote } from "../../../cli/server_file.ts";
import { takeHomeLock } from "../../../cli/home_lock.ts";
import { homeAt } from "../../../core/home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

const isUnix = Deno.build.os !== "windows"; // There files have no modes.

function textOf(machine: Machine): string {
  return Deno.readTextFileSync(`${machine.home}/config.json`);
}

Deno.test("runConfigSet() makes a file for its owner alone, and the schema", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["config", "set", "web.port", "8000"]);
  deepEqual([code, stdout, stderr], [0, "web.port is set in config.json\n", ""]);
  deepEqual(JSON.parse(textOf(machine)), {
    $schema: "./config.schema.json",
    web: { port: 8000 },
  });
  equal(existsSync(`${machine.home}/config.schema.json`), true);
  if (isUnix) equal(Deno.statSync(`${machine.home}/config.json`).mode! & 0o777, 0o600);
  equal((await runHere(machine, ["config", "get", "web.port"])).stdout, "8000\n");
});

Deno.test("runConfigSet() keeps comments, mark and link, and closes the mode", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  const real = `${machine.user}/settings.json`;
  Deno.writeTextFileSync(real, '\ufeff{\n\t// mine\n\t"web": { "port": 1 }, // and this\n}\n');
  if (isUnix) {
    Deno.chmodSync(real, 0o644);
    Deno.symlinkSync(real, `${machine.home}/config.json`);
  } else Deno.renameSync(real, `${machine.home}/config.json`);
  equal((await runHere(machine, ["config", "set", "web.port", "2"])).code, 0);
  equal(
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      Deno.readFileSync(`${machine.home}/config.json`),
    ),
    '\ufeff{\n\t// mine\n\t"web": { "port": 2 }, // and this\n}\n',
  );
  if (isUnix) {
    equal(Deno.lstatSync(`${machine.home}/config.json`).isSymlink, true);
    equal(Deno.statSync(real).mode! & 0o777, 0o600);
  }
  equal((await runHere(machine, ["config", "get", "web.port"])).stdout, "2\n");
});

for (
  const [key, value] of [
    ["web.port", "x"],
    ["web.port", ""],
    ["web.port", " "],
    ["web.port", "0x10"],
    ["web.port", "70000"],
    ["web.host", "0.0.0.0"],
  ]
) {
  Deno.test(`runConfigSet() refuses '${value}' for ${key}, and writes nothing`, async () => {
    using machine = tempMachine();
    const { code, stderr } = await runHere(machine, ["config", "set", key!, value!]);
    equal(code, 2);
    match(stderr, new RegExp(`^error: Cannot .*${key} must be .*\n$`));
    equal(existsSync(machine.home), false);
  });
}

Deno.test("runConfigSet() says that what was read before stays, of what leaves out", async () => {
  using machine = tempMachine();
  for (const [key, value] of [["capture.off", "prompts"], ["capture.exclude", "/home/**"]]) {
    const { stderr } = await runHere(machine, ["config", "set", key!, value!]);
    equal(stderr, "note: what was read before stays; blueplane purge deletes it\n");
    equal((await runHere(machine, ["config", "set", key!, value!, "-q"])).stderr, "");
  }
});

Deno.test("runConfigSet() takes a secret from stdin, and repeats it nowhere", async () => {
  using machine = tempMachine();
  const stdin = "redis://ada:secret@localhost:6379\n";
  const set = await runHere(machine, ["config", "set", "redis.url"], { stdin });
  deepEqual([set.code, set.stderr], [0, ""]);
  match(textOf(machine), /secret/);
  const wrong = await runHere(machine, ["config", "set", "redis.url"], {
    stdin: "http://secret",
  });
  equal(wrong.code, 2);
  doesNotMatch(set.stdout + wrong.stdout + wrong.stderr, /secret/);
});

Deno.test("runConfigSet() leaves what is set, when no value comes", async () => {
  using machine = tempMachine();
  await runHere(machine, ["config", "set", "redis.url"], { stdin: "redis://localhost:6379" });
  const before = textOf(machine);
  for (const none of [{ typed: "" }, { typed: "\n" }, { stdin: "" }, { stdin: "\n\n" }]) {
    const { code, stderr } = await runHere(machine, ["config", "set", "redis.url"], none);
    equal(code, 2);
    match(stderr, /Cannot set redis\.url: no value came; config unset redis\.url takes it out/);
  }
  equal(textOf(machine), before);
});

Deno.test("runConfigSet() refuses a file that is no object, and leaves it alone", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  for (const text of ["[]", '{"web": ']) {
    Deno.writeTextFileSync(`${machine.home}/config.json`, text);
    for (const args of [["set", "web.port", "1"], ["unset", "web.port"]]) {
      const { code, stderr } = await runHere(machine, ["config", ...args]);
      equal(code, 2);
      match(stderr, /^error: Cannot change config\.json: .*blueplane config validate says where/);
    }
    equal(textOf(machine), text);
  }
});

Deno.test("runConfigSet() says what goes before it, and when a server takes it", async () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  Deno.mkdirSync(machine.home);
  using _lock = takeHomeLock(home);
  using _note = writeServerNote(home, { pid: 7, url: "", started_at: "2026-03-01" });
  const env = { BLUEPLANE_PORT: "9000" };
  const { code, stderr } = await runHere(machine, ["config", "set", "web.port", "1"], { env });
  equal(code, 0);
  match(stderr, /^note: BLUEPLANE_PORT is set, and goes before config\.json$/m);
  match(stderr, /^note: the running server takes it at its next start/m);
});

Deno.test("runConfigUnset() goes back to the default, also where there is nothing", async () => {
  using machine = tempMachine();
  const unset = () => runHere(machine, ["config", "unset", "web.port", "--json"]);
  equal((await unset()).code, 0);
  equal(existsSync(`${machine.home}/config.json`), false);
  await runHere(machine, ["config", "set", "web.port", "1"]);
  const { code, stdout } = await unset();
  deepEqual([code, JSON.parse(stdout)], [0, {
    schema: "blueplane.config_change/1",
    key: "web.port",
    is_set: false,
  }]);
  equal((await runHere(machine, ["config", "get", "web.port"])).stdout, "7531\n");
  equal((await runHere(machine, ["config", "unset", "web.prot"])).code, 2);
});

Deno.test("runConfigSet() says what the setting must be, when it is something else", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["config", "set", "web.port", "abc"]);
  equal(code, 2);
  equal(
    stderr,
    "error: Cannot set the value: web.port must be a whole number up to 65535\n",
  );
});
