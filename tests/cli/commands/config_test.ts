/** Tests of `blueplane config list`, `get`, `path` and `validate`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { runHere } from "../recorded_io.ts";

function writeConfig(machine: Machine, text: string): void {
  Deno.mkdirSync(machine.home);
  Deno.writeTextFileSync(`${machine.home}/config.json`, text);
}

Deno.test("runConfigList() shows each value and its origin, without a password", async () => {
  using machine = tempMachine();
  writeConfig(machine, '{"redis": {"url": "redis://ada:secret@localhost:6379"}}');
  const options = { env: { BLUEPLANE_PORT: "8000" } };
  const { code, stdout } = await runHere(machine, ["config", "list"], options);
  equal(code, 0);
  match(stdout, /^ web\.host +127\.0\.0\.1 +default *$/m);
  match(stdout, /^ web\.port +8000 +environment *$/m);
  match(stdout, /^ redis\.url +redis:\/\/ada:\*\*\*@localhost:6379 +file *$/m);
  const json = JSON.parse((await runHere(machine, ["config", "list", "--json"], options)).stdout);
  equal(json.schema, "blueplane.config/1");
  const url = json.settings.find(({ key }: { key: string }) => key === "redis.url");
  deepEqual(url, { key: "redis.url", value: "redis://ada:***@localhost:6379", origin: "file" });
});

Deno.test("runConfigGet() prints the value alone, and makes no folder", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await runHere(machine, ["config", "get", "web.port"]);
  deepEqual([code, stdout, stderr], [0, "7531\n", ""]);
  equal(existsSync(machine.home), false);
});

Deno.test("runConfigGet() suggests the nearest setting, when there is none", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["config", "get", "web.prot"]);
  equal(code, 2);
  match(stderr, /^error: Cannot .*no setting 'web\.prot'; did you mean web\.port\?\n$/);
});

Deno.test("runConfigPath() prints where the file would be, and never as JSON", async () => {
  using machine = tempMachine();
  const { code, stdout } = await runHere(machine, ["config", "path"]);
  deepEqual([code, stdout], [0, `${machine.home}/config.json\n`]);
  const json = await runHere(machine, ["config", "path", "--json"]);
  deepEqual([json.code, json.stdout], [2, ""]);
});

Deno.test("runConfigValidate() names line and column of all that is wrong", async () => {
  using machine = tempMachine();
  writeConfig(machine, '{\n  "web": {\n    "prot": 1,\n    "port": -1\n  }\n}\n');
  const { code, stdout, stderr } = await runHere(machine, ["config", "validate"]);
  deepEqual([code, stdout], [2, ""]);
  deepEqual(stderr.split("\n"), [
    "error: Cannot use config.json: line 3, column 5: there is no setting 'web.prot'; " +
    "did you mean web.port?",
    "error: Cannot use config.json: line 4, column 13: " +
    "web.port must be a whole number up to 65535",
    "",
  ]);
  const json = await runHere(machine, ["config", "validate", "--json"]);
  const { valid, problems } = JSON.parse(json.stdout);
  deepEqual([json.code, valid, problems.length], [2, false, 2]);
});

Deno.test("runConfigValidate() is content with a good file, or none", async () => {
  using machine = tempMachine();
  const none = await runHere(machine, ["config", "validate"]);
  equal(none.code, 0);
  match(none.stdout, /^There is no config\.json/);
  writeConfig(machine, '{"web": {"port": 1}} // mine');
  const { code, stdout } = await runHere(machine, ["config", "validate"]);
  deepEqual([code, stdout], [0, "config.json is valid\n"]);
  equal(existsSync(`${machine.home}/config.schema.json`), true);
});

Deno.test("runConfigList() warns of values that cannot be, unless it is quiet", async () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_PORT: "abc" };
  const { code, stdout, stderr } = await runHere(machine, ["config", "list"], { env });
  equal(code, 0);
  match(stdout, /^ web\.port +abc +environment$/m);
  equal(
    stderr,
    "warning: Cannot use the environment: BLUEPLANE_PORT: " +
      "web.port must be a whole number up to 65535\n",
  );
  equal((await runHere(machine, ["config", "list", "--quiet"], { env })).stderr, "");
});
