/** Tests of `blueplane install`, run in this process. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { type RecordedOptions, runHere } from "../recorded_io.ts";

/** A program on the PATH would be asked for its version. */
const NO_PROGRAM = { PATH: undefined };

function install(machine: Machine, args: readonly string[] = [], options: RecordedOptions = {}) {
  const env = { ...NO_PROGRAM, ...options.env };
  return runHere(machine, ["install", "claude-code", ...args], { ...options, env });
}

function settings(machine: Machine) {
  return JSON.parse(Deno.readTextFileSync(`${machine.claude}/settings.json`));
}

Deno.test("runInstall() writes what every version takes, when none is known", async () => {
  using machine = tempMachine();

  const { code, stdout, stderr } = await install(machine);

  equal(code, 0, stderr);
  equal(stdout, "Claude Code (of an unknown version): 7 hooks are installed\n");
  equal(stderr, `note: changed ${machine.claude}/settings.json\n`);
  const { hooks } = settings(machine);
  const command = `/usr/bin/blueplane --home ${machine.home} hook claude-code`;
  deepEqual(hooks.Stop, [{ hooks: [{ type: "command", command, timeout: 1 }] }]);
});

Deno.test("runInstall() writes what the version takes that wrote the transcripts", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();

  const { stdout } = await install(machine);

  equal(stdout, "Claude Code 2.1.231: 10 hooks are installed\n");
  ok(settings(machine).hooks.PermissionDenied);
});

Deno.test("runInstall() names the home, unless it is the usual one", async () => {
  using machine = tempMachine();
  await install(machine, [], { env: { BLUEPLANE_HOME: undefined } });

  ok(!JSON.stringify(settings(machine)).includes("--home"));
});

Deno.test("runInstall() lets hooks post, when the port is fixed", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await install(machine, [], { env: { BLUEPLANE_PORT: "9000" } });

  const { hooks } = settings(machine);
  equal(hooks.Stop[0].hooks[0].url, "http://127.0.0.1:9000/hooks/claude_code");
  equal(hooks.SessionStart[0].hooks[0].type, "command");
});

Deno.test("runInstall() lets hooks post nothing, when the port is the default", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await install(machine);

  ok(!JSON.stringify(settings(machine)).includes('"http"'));
});

Deno.test("runInstall() changes nothing the second time", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, '{"model": "opus"}');
  await install(machine);
  const before = [...Deno.readDirSync(machine.claude)].length;

  const { code, stdout, stderr } = await install(machine);

  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /already installed\n$/);
  equal([...Deno.readDirSync(machine.claude)].length, before);
});

Deno.test("runInstall() shows what would be changed, and changes nothing, when dry", async () => {
  using machine = tempMachine();
  const text = '{\n  "model": "opus"\n}\n';
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, text);

  const { code, stdout, stderr } = await install(machine, ["--dry-run"]);

  equal(code, 0);
  equal(stderr, `note: would change ${machine.claude}/settings.json\n`);
  const begin = [
    " {",
    '-  "model": "opus"',
    '+  "model": "opus",',
    '+  "hooks": {',
  ];
  match(stdout, /^@@ -1,3 \+1,\d+ @@\n/);
  deepEqual(stdout.split("\n").slice(1, 5), begin);
  equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), text);
  equal(existsSync(`${machine.home}/installs.json`), false);
  deepEqual([...Deno.readDirSync(machine.claude)].map(({ name }) => name).sort(), [
    "projects",
    "settings.json",
  ]);
});

Deno.test("runInstall() shows each file once, when dry, as all kinds leave it", async () => {
  using machine = tempMachine();
  const path = `${machine.claude}/settings.json`;
  Deno.writeTextFileSync(path, '{ "model": "opus" }\n');

  const { stdout, stderr } = await install(machine, ["--all", "--dry-run"]);
  await install(machine, ["--all", "--quiet"]);

  equal(stderr.match(/would change .*\/settings\.json/g)?.length, 1);
  const added = stdout.slice(0, stdout.indexOf("\n@@", 1)).split("\n")
    .filter((line) => line.startsWith("+")).map((line) => line.slice(1));
  equal(`${added.join("\n")}\n`, Deno.readTextFileSync(path));
  const out = await runHere(machine, ["uninstall", "claude-code", "--all", "--dry-run"]);
  equal(out.stderr.match(/would change .*\/settings\.json/g)?.length, 1);
  const back = out.stdout.split("\n").filter((line) => line.startsWith("+"));
  deepEqual(back, ['+{ "model": "opus" }']);
});

Deno.test("runInstall() tells scripts in JSON what it did, without a path", async () => {
  using machine = tempMachine();

  const { stdout } = await install(machine, ["--json", "--dry-run"]);

  const { hooks, ...rest } = JSON.parse(stdout);
  deepEqual(rest, {
    schema: "blueplane.install/1",
    platform: "claude_code",
    version: null,
    dry_run: true,
    files_changed: 1,
  });
  ok(hooks.includes("SessionStart"));
});

for (
  const [text, why] of [
    ["{half", /no valid JSON, .* in line 1/],
    ['{"hooks": 7}', /"hooks" is no object/],
  ] as const
) {
  Deno.test(`runInstall() refuses settings that say ${text}`, async () => {
    using machine = tempMachine();
    Deno.writeTextFileSync(`${machine.claude}/settings.json`, text);

    const { code, stdout, stderr } = await install(machine);

    deepEqual({ code, stdout }, { code: 1, stdout: "" });
    match(stderr, /^error: Cannot edit the settings: [^\n]* \(.*settings\.json\)\n$/);
    match(stderr, why);
    equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), text);
  });
}

Deno.test("runInstall() names the assistants there are, when asked for another", async () => {
  using machine = tempMachine();

  const { code, stderr } = await runHere(machine, ["install", "emacs"]);

  deepEqual({ code, stderr }, {
    code: 2,
    stderr: "error: Cannot install: 'emacs' is none of claude_code, cursor\n",
  });
});

Deno.test("runInstall() says so, when the assistant is not on this machine", async () => {
  using machine = tempMachine();

  const { code, stderr } = await install(machine, [], { env: { CLAUDE_CONFIG_DIR: undefined } });

  equal(code, 3);
  match(stderr, /^error: Cannot find Claude Code: .*; start it once\n$/);
});

Deno.test("runInstall() refuses a version that was never measured", async () => {
  using machine = tempMachine();
  const line = { type: "user", version: "1.0.60", sessionId: "s1" };
  Deno.mkdirSync(`${machine.claude}/projects/-shop`);
  Deno.writeTextFileSync(
    `${machine.claude}/projects/-shop/s1.jsonl`,
    `${JSON.stringify(line)}\n`,
  );

  const { code, stderr } = await install(machine);

  equal(code, 1);
  equal(
    stderr,
    "error: Cannot install hooks: Claude Code 1.0.60 (in transcripts of the last days) " +
      "is too old; update it\n",
  );
  equal(existsSync(`${machine.claude}/settings.json`), false);
});

Deno.test("runInstall() puts the status line in alone, or with all the rest", async () => {
  using machine = tempMachine();

  const { stdout } = await install(machine, ["--statusline"]);
  equal(stdout, "Claude Code: the status line is installed\n");
  const { hooks, statusLine } = settings(machine);
  equal(hooks, undefined);
  equal(statusLine.command, `/usr/bin/blueplane --home ${machine.home} statusline`);
  const all = await install(machine, ["--all", "--json"]);
  const { status_line, files_changed } = JSON.parse(all.stdout);
  deepEqual([status_line, files_changed], [true, 2]);
  ok(settings(machine).hooks.Stop);
  const gone = await runHere(machine, ["uninstall", "claude-code", "--all"]);
  match(gone.stdout, /our entries are gone/);
  equal(existsSync(`${machine.claude}/settings.json`), false);
  await install(machine, ["--all"]);
  await runHere(machine, ["uninstall", "claude-code", "--all"]);
  equal(existsSync(`${machine.claude}/settings.json`), false);
});

Deno.test("runInstall() writes nothing at all, when there is a status line already", async () => {
  using machine = tempMachine();
  const mine = '{ "statusLine": { "type": "command", "command": "mine" } }';
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, mine);

  const { code, stderr } = await install(machine, ["--hooks", "--statusline"]);
  equal(code, 1);
  match(stderr, /^error: Cannot install the status line: there is one already; --force/);
  equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), mine);
  equal((await install(machine, ["--statusline", "--force"])).code, 0);
  await runHere(machine, ["uninstall", "claude-code", "--statusline"]);
  equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), mine);
});

Deno.test("runInstall() leaves a status line of the user's own with --all", async () => {
  using machine = tempMachine();
  const mine = '{ "statusLine": { "type": "command", "command": "mine" } }';
  const line = () => {
    const text = Deno.readTextFileSync(`${machine.claude}/settings.json`);
    return JSON.parse(text).statusLine.command;
  };
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, mine);

  const { code, stdout } = await install(machine, ["--all"]);

  equal(code, 0);
  match(
    stdout,
    /hooks are installed\n.*: the status line is your own and stays as it is; --force/,
  );
  match(stdout, /the server of tools is listed/);
  equal(line(), "mine");
  await install(machine, ["--all", "--force"]);
  match(line(), /blueplane/);
  await runHere(machine, ["uninstall", "claude-code", "--all"]);
  equal(Deno.readTextFileSync(`${machine.claude}/settings.json`), mine);
});

Deno.test("runInstall() says so of an assistant that has no status line", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(`${machine.user}/.cursor`, { recursive: true });
  const args = ["install", "cursor", "--statusline"];
  const { code, stderr } = await runHere(machine, args, { env: NO_PROGRAM });

  equal(code, 2);
  equal(stderr, "error: Cannot install a status line: Cursor has none\n");
});

Deno.test("runInstall() lists the server of tools, and uninstall takes it out again", async () => {
  using machine = tempMachine();
  const run = (command: string) => runHere(machine, [command, "claude-code", "--mcp"]);

  const { code, stdout } = await run("install");
  const { mcpServers } = JSON.parse(Deno.readTextFileSync(`${machine.claude}/.claude.json`));
  const gone = await run("uninstall");

  equal(code, 0);
  match(stdout, /the server of tools is listed/);
  deepEqual(mcpServers.blueplane.args, ["--home", machine.home, "mcp"]);
  ok(!existsSync(`${machine.claude}/settings.json`));
  equal(gone.stdout, "Claude Code: our server of tools is gone\n");
  ok(!existsSync(`${machine.claude}/.claude.json`));
});

Deno.test("runInstall() makes the client export to the port that is configured", async () => {
  using machine = tempMachine();

  const { code, stdout } = await install(machine, ["--otel"], {
    env: { BLUEPLANE_PORT: "9000" },
  });

  equal(code, 0);
  match(stdout, /^Claude Code: the export \(OpenTelemetry\) is installed/);
  const { env, hooks } = settings(machine);
  deepEqual([env.OTEL_EXPORTER_OTLP_ENDPOINT, hooks], ["http://127.0.0.1:9000", undefined]);
});

Deno.test("runInstall() leaves an export to elsewhere, and says so", async () => {
  using machine = tempMachine();
  const text = '{"env":{"OTEL_LOGS_EXPORTER":"console"}}';
  Deno.writeTextFileSync(`${machine.claude}/settings.json`, text);

  const alone = await install(machine, ["--otel"]);
  const before = Deno.readTextFileSync(`${machine.claude}/settings.json`);
  const all = await install(machine, ["--all"]);

  equal(alone.code, 1);
  match(alone.stderr, /OTEL_LOGS_EXPORTER is set already; export to one place only/);
  equal(before, text);
  equal(all.code, 0);
  match(all.stdout, /exports elsewhere already; that stays as it is/);
  equal(settings(machine).env.OTEL_LOGS_EXPORTER, "console");
});
