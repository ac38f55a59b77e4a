/** Tests of hooks as an assistant runs them: the command in its settings, by a shell. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { killIfThere } from "../helpers/kill_if_there.ts";
import {
  binaryPath,
  type Machine,
  type Run,
  runBinary,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { run } from "./piped_run.ts";

const isUnix = Deno.build.os !== "windows";
const SILENT: Run = { code: 0, stdout: "", stderr: "" };
/** How long what a hook tells may take to be stored while a server runs. */
const LIVE_WITHIN_MS = 2000;

function hook(machine: Machine, payload: unknown): Promise<Run> {
  return run(machine, binaryPath(), ["hook", "claude-code"], JSON.stringify(payload));
}

function payload(name: string, more: Record<string, unknown> = {}) {
  return {
    hook_event_name: name,
    session_id: "00000001-0000-4000-8000-00000000cafe",
    cwd: "/home/ada/engine",
    permission_mode: "default",
    ...more,
  };
}

function call(id: string) {
  return payload("PostToolUse", {
    tool_name: "Edit",
    tool_use_id: id,
    tool_input: { file_path: "/home/ada/engine/a.ts", new_string: "my secret" },
  });
}

async function stored(machine: Machine): Promise<number> {
  const { stdout } = await runBinary(machine, ["status", "--json"]);
  return JSON.parse(stdout).storage?.events ?? 0;
}

function spooled(machine: Machine): string[] {
  return [...Deno.readDirSync(`${machine.home}/spool`)].map(({ name }) => name);
}

Deno.test("blueplane hook tells nothing and waits in the spool, when no server runs", async () => {
  using machine = tempMachine();

  deepEqual(await hook(machine, payload("SessionStart", { source: "startup" })), SILENT);
  deepEqual(await hook(machine, payload("PermissionRequest", { tool_name: "Edit" })), SILENT);
  deepEqual(await hook(machine, call("toolu_1")), SILENT);
  const waiting = spooled(machine).length;
  const { code, stderr } = await runBinary(machine, ["sync"]);

  deepEqual({ code, stderr, waiting }, { code: 0, stderr: "", waiting: 3 });
  equal(await stored(machine), 3);
  deepEqual(spooled(machine), []);
});

Deno.test("blueplane hook is seen at once, when a server runs", async () => {
  using machine = tempMachine();
  const { server } = await startServe(machine);
  await using _server = server;

  deepEqual(await hook(machine, call("toolu_1")), SILENT);
  await until("it is stored", async () => await stored(machine) === 1, LIVE_WITHIN_MS);
  deepEqual(await hook(machine, call("toolu_2")), SILENT);
  await until("the second is stored", async () => await stored(machine) === 2, LIVE_WITHIN_MS);

  deepEqual(spooled(machine), []);
  equal(server.stderr, "");
});

Deno.test("blueplane hook loses nothing, when fifty run at once", async () => {
  using machine = tempMachine();
  const { server } = await startServe(machine);
  await using _server = server;
  const ids = Array.from({ length: 50 }, (_, i) => `toolu_${i}`);

  const runs = await Promise.all(ids.map((id) => hook(machine, call(id))));
  await until("all are stored", async () => await stored(machine) === 50);

  deepEqual(new Set(runs.map((run) => JSON.stringify(run))), new Set([JSON.stringify(SILENT)]));
  deepEqual(spooled(machine), []);
});

// Goal: whoever is killed in the middle, a hook's event is stored, and once. Method: a server is
// killed again and again while hooks leave events; one sync at the end must find all of them.
Deno.test({
  name: "blueplane hook loses nothing and counts nothing twice, when the server is killed",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    let sent = 0;
    for (let round = 0; round < 5; round++) {
      await using server = startBinary(machine, ["serve", "--port", "0"]);
      if (round % 2 === 0) await server.until("it listens", () => server.stdout !== "");
      for (let i = 0; i < 6; i++) deepEqual(await hook(machine, call(`toolu_${sent++}`)), SILENT);
      await server.stop("SIGKILL");
    }

    const { code, stderr } = await runBinary(machine, ["sync"]);

    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    equal(await stored(machine), sent);
    deepEqual(spooled(machine), []);
  },
});

Deno.test({
  name: "blueplane hook leaves whole events or none, when it is killed itself",
  ignore: !isUnix, // The way of dying is SIGKILL's.
  async fn() {
    using machine = tempMachine();
    for (let i = 0; i < 20; i++) {
      const child = new Deno.Command(binaryPath(), {
        args: ["hook", "claude-code"],
        clearEnv: true,
        env: { ...machine.env },
        stdin: "piped",
        stdout: "null",
        stderr: "null",
      }).spawn();
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(JSON.stringify(call(`toolu_${i}`))));
      await writer.close();
      await new Promise((resolve) => setTimeout(resolve, i * 4));
      killIfThere(child);
      await child.status;
    }
    deepEqual(await hook(machine, call("toolu_last")), SILENT);

    const { code, stdout, stderr } = await runBinary(machine, ["sync", "--json"]);

    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    equal(JSON.parse(stdout).platforms.claude_code.lines_malformed, 0);
    ok(await stored(machine) >= 1);
  },
});

Deno.test("blueplane hook is silent and well, whatever it is given", async () => {
  using machine = tempMachine();
  for (
    const stdin of [
      "",
      "{half",
      "null",
      new Uint8Array([0xff, 0x00, 0xfe]),
      "[".repeat(200_000),
      `{"hook_event_name":"Stop","session_id":"${"x".repeat(40_000_000)}"}`,
    ]
  ) {
    deepEqual(await run(machine, binaryPath(), ["hook", "claude-code"], stdin), SILENT);
  }
  for (
    const args of [["hook"], ["hook", "emacs"], ["hook", "--no-such"], ["--what", "hook", "x"]]
  ) {
    deepEqual(await run(machine, binaryPath(), args, "{}"), SILENT);
  }
});

Deno.test({
  name: "blueplane hook is silent and well, when its home cannot be written",
  ignore: Deno.build.os !== "linux", // /proc takes no folder, not even root's.
  async fn() {
    using machine = tempMachine();
    for (const home of ["/proc/blueplane", "/dev/null", "/dev/null/blueplane"]) {
      const env = { ...machine.env, BLUEPLANE_HOME: home };
      deepEqual(await hook({ ...machine, env }, payload("Stop")), SILENT);
    }
    deepEqual(await hook({ ...machine, env: {} }, payload("Stop")), SILENT);
  },
});

Deno.test({
  name: "blueplane install writes a command that a shell runs, and uninstall the same bytes",
  ignore: !isUnix, // The shell is sh.
  async fn() {
    using plain = tempMachine();
    const home = `${plain.path}/it's my "home" & more`;
    const machine = { ...plain, env: { ...plain.env, BLUEPLANE_HOME: home } };
    const path = `${machine.claude}/settings.json`;
    const mine = '\ufeff{\r\n\t"model": "opus", // mine\r\n\t"hooks": {"Stop": [ ]},\r\n}\r\n';
    Deno.writeTextFileSync(path, mine);

    equal((await runBinary(machine, ["install", "claude-code"])).code, 0);
    const commands = [...Deno.readTextFileSync(path).matchAll(/"command": ("(?:[^"\\]|\\.)*")/g)]
      .map(([, text]) => JSON.parse(text!) as string);
    for (const command of commands) {
      const stdin = JSON.stringify(payload("Stop"));
      // Another environment, as an assistant may give: the home is in the command.
      const bare = { ...machine, env: { HOME: machine.user } };
      deepEqual(await run(bare, "/bin/sh", ["-c", command], stdin), SILENT);
    }

    equal(commands.length, 7);
    equal([...Deno.readDirSync(`${home}/spool`)].length, 7);
    equal((await runBinary(machine, ["uninstall", "claude-code"])).code, 0);
    equal(Deno.readTextFileSync(path), mine);
    deepEqual([...Deno.readDirSync(machine.claude)].map(({ name }) => name).sort(), [
      "projects",
      "settings.json",
    ]);
  },
});

Deno.test("blueplane serve takes what a hook posts, from our own clients alone", async () => {
  using machine = tempMachine();
  const { server, url } = await startServe(machine);
  await using _server = server;
  const post = async (headers: Record<string, string>) => {
    const body = JSON.stringify(call("toolu_1"));
    const response = await fetch(`${url}/hooks/claude-code`, { method: "POST", headers, body });
    return [response.status, await response.text()];
  };
  const json = { "Content-Type": "application/json" };

  const [refused] = await post(json);
  const answers = [
    await post({ ...json, "Blueplane-Client": "hook" }),
    await post({ ...json, "Blueplane-Client": "hook" }),
  ];

  equal(refused, 403);
  deepEqual(answers, [[202, ""], [202, ""]]);
  await until("it is stored", async () => await stored(machine) === 1, LIVE_WITHIN_MS);
});

Deno.test("blueplane hook counts nothing that a transcript tells as well", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response({ tool: "Edit" }).result();
  const totals = async () => {
    const { stdout } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);
    // That a hook came is a moment at which the session went on.
    const { duration_ms: _, active_ms: __, ...counts } = JSON.parse(stdout).totals;
    return counts;
  };
  const before = await totals();
  await hook(machine, payload("UserPromptSubmit", { prompt: "Look at part 0 of engine 1" }));
  await hook(machine, call("toolu_0000000100000001"));
  await hook(machine, payload("Stop"));

  deepEqual(await totals(), before);
  equal(payload("Stop").session_id, transcript.sessionId);
});

Deno.test("blueplane hook keeps nothing of what it is given", async () => {
  using machine = tempMachine();
  const marked = "the secret of my life";
  for (const name of ["UserPromptSubmit", "PostToolUse", "PostToolUseFailure", "Stop"]) {
    await hook(machine, {
      ...payload(name),
      prompt: marked,
      cwd: `/home/${marked}`,
      transcript_path: marked,
      tool_name: `mcp__${marked}`,
      tool_input: { file_path: `/x/${marked}.${marked}`, command: marked },
      tool_response: [marked],
      last_assistant_message: marked,
      error: marked,
    });
  }
  const texts = spooled(machine).map((name) =>
    Deno.readTextFileSync(`${machine.home}/spool/${name}`)
  );
  await runBinary(machine, ["sync"]);
  for (const { name, isFile } of Deno.readDirSync(machine.home)) {
    if (isFile) {
      texts.push(new TextDecoder("latin1").decode(Deno.readFileSync(`${machine.home}/${name}`)));
    }
  }

  equal(await stored(machine), 4);
  for (const text of texts) ok(!/secret/.test(text));
  match(texts.join("\n"), /PostToolUseFailure/);
});
