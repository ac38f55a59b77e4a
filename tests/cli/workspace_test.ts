/** Tests of the composition root: home, settings, folders of platforms and their spellings. */

import { deepEqual, equal, match, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import type { Globals } from "../../cli/cli.ts";
import { namedPlatform, openWorkspace, projectLabels } from "../../cli/workspace.ts";
import { type Machine, runSource, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo, runHere } from "./recorded_io.ts";
import { ConfigError } from "../../core/setting.ts";

const GLOBALS: Globals = { color: true, sync: true };
const isUnix = Deno.build.os !== "windows";

function open(machine: Machine, env: Record<string, string | undefined> = {}, flags = {}) {
  const io = recordedIo(machine, [], { env });
  return { workspace: openWorkspace(io, GLOBALS, flags), io };
}

function withConfig(machine: Machine, text: string): Machine {
  Deno.mkdirSync(machine.home);
  Deno.writeTextFileSync(`${machine.home}/config.json`, text);
  return machine;
}

Deno.test("openWorkspace() makes its home where it is told, by flag before environment", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []);
  openWorkspace(io, { ...GLOBALS, home: `${machine.path}/flag` });
  equal(existsSync(`${machine.path}/flag/install.key`), true);
  equal(existsSync(machine.home), false);
  open(machine, { BLUEPLANE_HOME: "" });
  equal(existsSync(`${machine.user}/.blueplane/install.key`), true);
});

Deno.test({
  name: "openWorkspace() keeps all it makes for its user alone, whatever the umask",
  ignore: !isUnix, // Windows has no modes.
  async fn() {
    using machine = tempMachine();
    new Transcript(machine.claude).prompt();
    const { code, stderr } = await runSource(machine, ["sync"]);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    equal(Deno.statSync(machine.home).mode! & 0o777, 0o700);
    for (const { name } of Deno.readDirSync(machine.home)) {
      equal(Deno.statSync(`${machine.home}/${name}`).mode! & 0o777, 0o600, name);
    }
  },
});

Deno.test("openWorkspace() asks for a folder, when HOME is not set", async () => {
  using machine = tempMachine();
  const env = { HOME: undefined, USERPROFILE: undefined, BLUEPLANE_HOME: undefined };
  const { code, stdout, stderr } = await runHere(machine, ["status"], { env });
  deepEqual({ code, stdout }, { code: 2, stdout: "" });
  match(stderr, /^error: Cannot find your home folder: HOME is not set; .*--home DIR\n$/);
});

Deno.test("openWorkspace() needs no HOME, when the folder is named", async () => {
  using machine = tempMachine();
  const env = { HOME: undefined, USERPROFILE: undefined, BLUEPLANE_HOME: undefined };
  const { code, stderr } = await runHere(machine, ["--home", machine.home, "metrics"], { env });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("openWorkspace() says what is in the way, when its home cannot be made", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(machine.home, "");
  for (const home of [machine.home, `${machine.home}/below`]) {
    const { code, stdout, stderr } = await runHere(machine, ["--home", home, "metrics"]);
    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    match(stderr, /^error: Cannot make the data folder: a file is in its place; .*--home DIR\n$/);
  }
});

Deno.test("openWorkspace() refuses a key that is none, and leaves it alone", () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  Deno.writeTextFileSync(`${machine.home}/install.key`, "short");
  throws(
    () => open(machine),
    /^Error: Cannot use the key of this installation: install\.key has 5/,
  );
  equal(Deno.readTextFileSync(`${machine.home}/install.key`), "short");
});

Deno.test("openWorkspace() suggests the nearest setting, when one is unknown", async () => {
  using machine = withConfig(tempMachine(), '{ "web": { "prot": 1 } }');
  const { code, stderr } = await runHere(machine, ["status"]);
  equal(code, 2);
  equal(
    stderr,
    "error: Cannot read config.json: in line 1, column 12, there is no setting 'web.prot'; " +
      "did you mean web.port?\n",
  );
});

Deno.test("openWorkspace() names the line, when config.json is broken", async () => {
  using machine = withConfig(tempMachine(), '// mine\n{ "web":\n  { "port": } }');
  const { code, stderr } = await runHere(machine, ["status"]);
  equal(code, 2);
  match(stderr, /^error: Cannot read config\.json: in line 3, column 13, [a-z ]+\n$/);
});

Deno.test("openWorkspace() takes settings by flag, environment, file and default", () => {
  using plain = tempMachine();
  using machine = withConfig(tempMachine(), '{ "web": { "port": 3 } /* mine */, }');
  equal(open(plain).workspace.config.port, 7531);
  equal(open(machine).workspace.config.port, 3);
  equal(open(machine, { BLUEPLANE_PORT: "2" }).workspace.config.port, 2);
  equal(open(machine, { BLUEPLANE_PORT: "2" }, { "web.port": 1 }).workspace.config.port, 1);
});

Deno.test("openWorkspace() listens to nobody but this machine", async () => {
  using machine = tempMachine();
  for (const host of ["0.0.0.0", "192.168.0.1", "::", "example.com"]) {
    const { code, stdout, stderr } = await runHere(machine, ["serve", "--host", host]);
    deepEqual({ code, stdout }, { code: 2, stdout: "" });
    match(stderr, /^error: Cannot listen there: .*loopback/);
    throws(() => open(machine, { BLUEPLANE_HOST: host }), ConfigError);
  }
});

Deno.test("openWorkspace() refuses ports that are none", () => {
  using machine = tempMachine();
  for (const port of ["65536", "-1", "web", "80.5"]) {
    throws(() => open(machine, { BLUEPLANE_PORT: port }), /port must be a whole number/);
  }
});

Deno.test("openWorkspace() takes an empty variable for one that is not set", () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_PORT: "", BLUEPLANE_HOST: "" };
  const { host, port } = open(machine, env).workspace.config;
  deepEqual([host, port], ["127.0.0.1", 7531]);
});

Deno.test("openWorkspace() warns of a named folder that is missing, and goes on", async () => {
  using machine = tempMachine();
  const missing = `${machine.path}/gone`;
  const env = { CLAUDE_CONFIG_DIR: `${machine.claude},${missing}` };
  const { code, stdout, stderr } = await runHere(machine, ["metrics", "--json"], { env });
  equal(code, 0);
  equal(stderr, `warning: Cannot find the folder of Claude Code (${missing})\n`);
  equal(JSON.parse(stdout).schema, "blueplane.metrics/1");
});

Deno.test("openWorkspace() says nothing of a usual folder that is missing", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["sync"], {
    env: { CLAUDE_CONFIG_DIR: undefined },
  });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("namedPlatform() takes every spelling, and names them all when it knows none", () => {
  equal(namedPlatform(undefined), undefined);
  for (const name of ["claude", "claude-code", "claude_code"]) {
    equal(namedPlatform(name)?.id, "claude_code", name);
  }
  throws(() => namedPlatform("emacs"), /UsageError: Cannot .*'emacs' is none of .*claude_code/);
});

Deno.test("projectLabels() names a project by the last part of its folder", () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { session: 1, cwd: "/home/ada/engine/" }).prompt();
  new Transcript(machine.claude, { session: 2, cwd: "C:\\Users\\ada\\loom" }).prompt();
  const { workspace } = open(machine);
  deepEqual([...projectLabels(workspace).values()].sort(), ["engine", "loom"]);
});

Deno.test("projectLabels() shows a sign for what nobody sees, or what would be obeyed", () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { session: 1, cwd: "/home/ada/\u202egnp.exe" }).prompt();
  new Transcript(machine.claude, { session: 2, cwd: "/home/ada/\u200b" }).prompt();
  const { workspace } = open(machine);
  deepEqual([...projectLabels(workspace).values()].sort(), ["\ufffd", "\ufffdgnp.exe"]);
});

Deno.test("projectLabels() passes over broken lines, when one looks like a folder", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  transcript.write('{"cwd":"C:\\quux"}\n{"cwd":"/half\n{"x":"written"}\n');
  const { code, stdout, stderr } = await runHere(machine, ["sessions", "--json"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  equal(JSON.parse(stdout).sessions[0].project_label, "engine");
});
