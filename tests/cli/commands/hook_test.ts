/** Tests of `blueplane hook`, run in this process: silent and well, whatever it is given. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { loadedBy } from "../../helpers/loaded_by.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { type RecordedOptions, runHere } from "../recorded_io.ts";

const SILENT = { code: 0, stdout: "", stderr: "" };
const STOP = { hook_event_name: "Stop", session_id: "s1", cwd: "/home/ada/engine" };

function hook(machine: Machine, payload: unknown, options: RecordedOptions = {}) {
  const stdin = typeof payload === "string" ? payload : JSON.stringify(payload);
  return runHere(machine, ["hook", "claude-code"], { stdin, ...options });
}

function spooled(home: string): string[] {
  if (!existsSync(`${home}/spool`)) return [];
  return [...Deno.readDirSync(`${home}/spool`)].map(({ name }) =>
    Deno.readTextFileSync(`${home}/spool/${name}`)
  );
}

Deno.test("runHook() leaves an event without content, and needs no database", async () => {
  using machine = tempMachine();

  deepEqual(await hook(machine, { ...STOP, last_assistant_message: "my secret" }), SILENT);

  const [text, ...more] = spooled(machine.home);
  equal(more.length, 0);
  equal(JSON.parse(text!).event_type, "turn_end");
  ok(!/secret|engine/.test(text!), text);
  deepEqual([...Deno.readDirSync(machine.home)].map(({ name }) => name).sort(), [
    "install.key",
    "spool",
  ]);
});

Deno.test("runHook() takes every spelling of a platform, and the home that is named", async () => {
  using machine = tempMachine();
  const stdin = JSON.stringify(STOP);
  for (const name of ["claude", "claude_code"]) {
    deepEqual(
      await runHere(machine, ["--home", `${machine.path}/other`, "hook", name], { stdin }),
      SILENT,
    );
  }
  equal(spooled(`${machine.path}/other`).length, 2);
  equal(existsSync(machine.home), false);
});

Deno.test("runHook() goes by HOME, when nothing else names a folder", async () => {
  using machine = tempMachine();
  await hook(machine, STOP, { env: { BLUEPLANE_HOME: undefined } });

  equal(spooled(`${machine.user}/.blueplane`).length, 1);
});

Deno.test("runHook() takes a payload of any size, and measures what is left of it", async () => {
  using machine = tempMachine();
  const tool_response = { content: "word ".repeat(4_000_000) };
  const payload = {
    ...STOP,
    hook_event_name: "PostToolUse",
    tool_name: "Read",
    tool_use_id: "toolu_1",
    tool_input: { file_path: "/a.ts" },
    tool_response,
  };

  deepEqual(await hook(machine, payload), SILENT);

  match(spooled(machine.home)[0]!, /"tool":"Read","tool_use_id":"toolu_1"/);
});

for (
  const [what, stdin] of [
    ["nothing", ""],
    ["no JSON", "{half"],
    ["no object", "null"],
    ["bytes", "\0\ufffd\u0001"],
    ["no hook", "{}"],
    ["a hook that is not installed", '{"hook_event_name":"PreToolUse","session_id":"s1"}'],
  ] as const
) {
  Deno.test(`runHook() is silent and leaves nothing, when it is given ${what}`, async () => {
    using machine = tempMachine();
    deepEqual(await hook(machine, stdin), SILENT);
    deepEqual(spooled(machine.home), []);
  });
}

for (
  const args of [
    ["hook"],
    ["hook", "cursor-2"],
    ["hook", "claude-code", "more"],
    ["hook", "claude-code", "--nothing"],
    ["--nothing", "hook", "claude-code"],
    ["hook", "--debug", "__proto__"],
  ]
) {
  Deno.test(`runHook() is silent, when it is called as ${args.join(" ")}`, async () => {
    using machine = tempMachine();
    deepEqual(await runHere(machine, args, { stdin: JSON.stringify(STOP) }), SILENT);
  });
}

Deno.test("runHook() is silent, when there is no home, or a file in its place", async () => {
  using machine = tempMachine();
  const env = { HOME: undefined, USERPROFILE: undefined, BLUEPLANE_HOME: undefined };
  deepEqual(await hook(machine, STOP, { env }), SILENT);
  Deno.writeTextFileSync(machine.home, "a file");
  deepEqual(await hook(machine, STOP), SILENT);
  equal(Deno.readTextFileSync(machine.home), "a file");
});

Deno.test("runHook() gives up, when what is piped in does not end", async () => {
  using machine = tempMachine();
  const asked: number[] = [];
  const clock = {
    now: () => 0,
    sleep: (timeoutMs: number) => (asked.push(timeoutMs), Promise.resolve()),
  };
  const stdin = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(new TextEncoder().encode('{"hook_event_name":')),
  });

  deepEqual(await runHere(machine, ["hook", "claude-code"], { stdin, clock }), SILENT);

  deepEqual(asked, [5000]);
  deepEqual(spooled(machine.home), []);
});

Deno.test("runHook() is silent, when what is piped in breaks", async () => {
  using machine = tempMachine();
  const stdin = new ReadableStream<Uint8Array>({
    start: (stream) => stream.error(new Deno.errors.BrokenPipe("broken")),
  });

  deepEqual(await runHere(machine, ["hook", "claude-code"], { stdin }), SILENT);
});

Deno.test("runHook() is silent, when the key is broken", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home);
  Deno.writeTextFileSync(`${machine.home}/install.key`, "short");

  deepEqual(await hook(machine, STOP), SILENT);
});

Deno.test("runHook() counts nothing that the transcript tells as well", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt().response({ tool: "Edit" }).result();
  await runHere(machine, ["sync"]);
  const totals = async (...more: string[]) => {
    const { stdout } = await runHere(machine, ["metrics", "-p", "all", "--json", ...more]);
    // That a hook came is a moment at which the session went on.
    const { duration_ms: _, active_ms: __, ...counts } = JSON.parse(stdout).totals;
    return counts;
  };
  const before = await totals();
  const session = { ...STOP, session_id: transcript.sessionId };
  const call = { ...session, tool_name: "Edit", tool_use_id: "toolu_0000000100000001" };
  for (
    const payload of [
      { ...session, hook_event_name: "UserPromptSubmit", prompt: "Look at part 0" },
      { ...call, hook_event_name: "PostToolUse" },
      { ...call, hook_event_name: "PostToolUse" },
      { ...session, hook_event_name: "PreCompact", trigger: "manual" },
      session,
    ]
  ) await hook(machine, payload);

  equal(spooled(machine.home).length, 5);
  deepEqual(await totals(), before);
  deepEqual(spooled(machine.home), []);
  const { stdout } = await runHere(machine, ["status", "--json"]);
  // Three lines, a prompt, a compaction, a turn's end, and a call that was told twice.
  equal(JSON.parse(stdout).storage.events, 4 + 4);
});

Deno.test("runHook() loads no package, no database and no table of commands", () => {
  const loaded = loadedBy(new URL("../../../cli/commands/hook.ts", import.meta.url).href);

  ok(loaded.some((name) => name.endsWith("/capture/spool.ts")));
  deepEqual(
    loaded.filter((name) => /^npm:|node:sqlite|database|cli\/cli\.ts/.test(name)),
    [],
  );
});
