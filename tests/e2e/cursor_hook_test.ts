/** Tests of Cursor's hooks as Cursor runs them: the command in its `hooks.json`, by a shell. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  binaryPath,
  type Machine,
  type Run,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { CONVERSATION, cursorPayload, EVENTS } from "../capture/cursor/hook_payloads.ts";
import { run } from "./piped_run.ts";

const isUnix = Deno.build.os !== "windows";
const SILENT: Run = { code: 0, stdout: "", stderr: "" };
const FOREIGN = '\ufeff{\r\n\t"version": 1, // mine\r\n\t"hooks": {\r\n' +
  '\t\t"stop": [{ "command": "./say.sh" }],\r\n\t},\r\n}\r\n';

/** A machine with a Cursor that was started once. */
function cursorMachine(): Machine & { readonly hooks: string } {
  const machine = tempMachine();
  Deno.mkdirSync(`${machine.user}/.cursor`);
  return { ...machine, hooks: `${machine.user}/.cursor/hooks.json` };
}

function hook(machine: Machine, payload: unknown, name = "cursor"): Promise<Run> {
  return run(machine, binaryPath(), ["hook", name], JSON.stringify(payload));
}

function call(id: string, more: Record<string, unknown> = {}) {
  return cursorPayload("postToolUse", { tool_use_id: id, ...more });
}

// deno-lint-ignore no-explicit-any -- a document as its reader sees it
async function jsonOf(machine: Machine, args: readonly string[]): Promise<any> {
  return JSON.parse((await runBinary(machine, [...args, "--json"])).stdout);
}

async function stored(machine: Machine): Promise<number> {
  return (await jsonOf(machine, ["status"])).storage?.events ?? 0;
}

Deno.test({
  name: "blueplane install writes what Cursor's shell runs, and uninstall the same bytes",
  ignore: !isUnix, // The shell is sh.
  async fn() {
    using machine = cursorMachine();
    Deno.writeTextFileSync(machine.hooks, FOREIGN);

    const installed = await runBinary(machine, ["install", "cursor"]);
    const text = Deno.readTextFileSync(machine.hooks);
    const commands = [...text.matchAll(/"command": ("(?:[^"\\]|\\.)*")/g)]
      .map(([, command]) => JSON.parse(command!) as string)
      .filter((command) => command !== "./say.sh");
    for (const command of commands) {
      const stdin = JSON.stringify(call(`toolu_${commands.indexOf(command)}`));
      // Another environment, as Cursor gives one: the home is in the command.
      const bare = { ...machine, env: { HOME: machine.user, CURSOR_VERSION: "3.19.4" } };
      deepEqual(await run(bare, "/bin/sh", ["-c", command], stdin), SILENT);
    }

    deepEqual(
      [installed.code, installed.stdout],
      [0, "Cursor (of an unknown version): 12 hooks are installed\n"],
    );
    equal(commands.length, 12);
    match(text, /"version": 1, \/\/ mine\r\n/);
    equal((await runBinary(machine, ["uninstall", "cursor"])).code, 0);
    equal(Deno.readTextFileSync(machine.hooks), FOREIGN);
    deepEqual([...Deno.readDirSync(`${machine.user}/.cursor`)].length, 1);
  },
});

Deno.test("blueplane install says so, when Cursor was never started here", async () => {
  using machine = tempMachine();

  const { code, stderr } = await runBinary(machine, ["install", "cursor"]);

  equal(code, 3);
  match(stderr, /^error: Cannot find Cursor: it has no folder on this machine/);
});

Deno.test("blueplane doctor is content with Cursor's hooks, until one is missing", async () => {
  using machine = cursorMachine();
  const finding = async () => {
    const { findings } = await jsonOf(machine, ["doctor"]);
    return findings.find(({ id }: { id: string }) => id === "hooks.cursor");
  };

  const before = await finding();
  await runBinary(machine, ["install", "cursor"]);
  const installed = await finding();
  const { hooks, ...others } = JSON.parse(Deno.readTextFileSync(machine.hooks));
  delete hooks.stop;
  Deno.writeTextFileSync(machine.hooks, JSON.stringify({ ...others, hooks }));
  const broken = await finding();

  deepEqual(
    [before, installed, broken].map(({ severity }) => severity),
    ["note", "ok", "warning"],
  );
  equal(
    before.title,
    "Cursor: no hooks, so what it does is seen at the next look at its database",
  );
  equal(broken.remedy, "blueplane install cursor");
});

Deno.test("blueplane hook shows a session of Cursor, when no server ran", async () => {
  using machine = cursorMachine();

  for (const event of EVENTS) deepEqual(await hook(machine, cursorPayload(event)), SILENT);
  const { sessions } = await jsonOf(machine, ["sessions"]);

  equal(await stored(machine), EVENTS.length);
  deepEqual(
    sessions.map((session: Record<string, unknown>) => [
      session.session_id,
      session.platform,
      session.tool_uses,
      session.versions,
    ]),
    [[CONVERSATION, "cursor", 1, ["3.19.4"]]],
  );
});

Deno.test("blueplane hook shows a session of Cursor at once, when a server runs", async () => {
  using machine = cursorMachine();
  const { server, url } = await startServe(machine);
  await using _server = server;

  deepEqual(await hook(machine, call("toolu_1")), SILENT);
  await until("it is stored", async () => await stored(machine) === 1);
  const response = await fetch(`${url}/hooks/cursor`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Blueplane-Client": "hook" },
    body: JSON.stringify(call("toolu_2")),
  });

  deepEqual([response.status, await response.text()], [202, ""]);
  await until("both are shown", async () => {
    const { sessions } = await jsonOf(machine, ["sessions"]);
    return sessions[0]?.platform === "cursor" && sessions[0].tool_uses === 2;
  });
  equal(server.stderr, "");
});

Deno.test("blueplane hook counts once, when Cursor runs Claude Code's hook, too", async () => {
  using machine = cursorMachine();
  for (const name of ["postToolUse", "sessionStart", "stop", "beforeSubmitPrompt"]) {
    const other = name === "beforeSubmitPrompt"
      ? "UserPromptSubmit"
      : `${name[0]!.toUpperCase()}${name.slice(1)}`;
    await hook(machine, cursorPayload(name));
    await hook(machine, cursorPayload(name, { hook_event_name: other }), "claude-code");
  }

  const { sessions } = await jsonOf(machine, ["sessions"]);

  equal(await stored(machine), 4);
  deepEqual(
    sessions.map(({ platform, tool_uses }: Record<string, unknown>) => [
      platform,
      tool_uses,
    ]),
    [["cursor", 1]],
  );
});

Deno.test("blueplane hook calls no edit accepted, when a hook alone tells it", async () => {
  using machine = cursorMachine();
  await hook(machine, call("toolu_1", { tool_name: "Write" }));

  const { sessions: [session] } = await jsonOf(machine, ["sessions"]);

  deepEqual([session.acceptance.accepted, session.acceptance.rate], [0, null]);
  deepEqual([session.lines_added, session.lines_removed], [2, 1]);
});

Deno.test("blueplane hook bears a byte order mark, and all that is no payload", async () => {
  using machine = cursorMachine();
  const program = binaryPath();

  const marked = `\ufeff${JSON.stringify(call("toolu_1"))}`;
  deepEqual(await run(machine, program, ["hook", "cursor"], marked), SILENT);
  for (
    const stdin of ["", "{half", "null", "[]", `{"conversation_id":"${"x\\n".repeat(9e6)}"}`]
  ) {
    deepEqual(await run(machine, program, ["hook", "cursor"], stdin), SILENT);
  }

  await runBinary(machine, ["sync"]);
  equal(await stored(machine), 1);
});

Deno.test("blueplane hook keeps nothing of what Cursor gives it", async () => {
  using machine = cursorMachine();
  for (const event of EVENTS) await hook(machine, cursorPayload(event));
  const texts = [...Deno.readDirSync(`${machine.home}/spool`)].map(({ name }) =>
    Deno.readTextFileSync(`${machine.home}/spool/${name}`)
  );
  const { stdout } = await runBinary(machine, ["sessions", "--json"]);
  texts.push(stdout);
  for (const { name, isFile } of Deno.readDirSync(machine.home)) {
    if (isFile) {
      texts.push(new TextDecoder("latin1").decode(Deno.readFileSync(`${machine.home}/${name}`)));
    }
  }

  ok(texts.length > EVENTS.length);
  for (const text of texts) ok(!/secret|\/home\/kim|example\.org/.test(text));
});
