/**
 * Tests of events that another program posts to the running program: they are counted once, and
 * no text of them is kept, whichever broker takes them.
 */

import { deepEqual, equal, match } from "node:assert/strict";
import { NOON } from "../helpers/events.ts";
import { RedisServer } from "../helpers/redis_server.ts";
import {
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { METADATA_FIELDS, PAYLOAD_FIELDS } from "../../capture/posted_fields.ts";
import { Findings } from "./findings.ts";

const MARK = "QZ@7X0 canary";

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/events`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Blueplane-Client": "test", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** As the format of events shows one. */
function event(type: string, minute: number, payload: object, more: object = {}) {
  return {
    timestamp: new Date(NOON + minute * 60_000).toISOString(),
    platform: "claude_code",
    session_id: "posted-1",
    event_type: type,
    metadata: { workspace_hash: "8bbfa69a57647aaa", project_hash: "8bbfa69a57647bbb" },
    payload,
    ...more,
  };
}

function session() {
  const use = { tool: "Edit", tool_use_id: "toolu_1", file_extension: "ts" };
  const usage = { input_tokens: 100, output_tokens: 20, cache_read_tokens: 5 };
  return [
    event("user_prompt", 0, { characters: 30, words: 6, lines: 1 }),
    event("assistant_response", 1, {
      message_id: "msg_1",
      model: "claude-opus-4-5",
      stop_reason: "tool_use",
      ...usage,
    }),
    event("tool_use", 2, use, { event_id: "toolu_1" }),
    event("tool_result", 3, { ...use, outcome: "ok", duration_ms: 145, lines_added: 7 }),
    event("tool_use", 4, { tool: "Bash", success: true }, { hook_type: "PostToolUse" }),
  ];
}

/** An event with text in each of its fields, and in fields that there are not. */
function marked(type: string, minute: number) {
  const everywhere = (fields: object) =>
    Object.fromEntries([...Object.keys(fields), MARK, "prompt"].map((name) => [name, MARK]));
  return {
    ...event(type, minute, { ...everywhere(PAYLOAD_FIELDS), nested: { [MARK]: [MARK] } }),
    event_id: `${MARK} ${type}`,
    session_id: MARK,
    hook_type: MARK,
    metadata: { ...everywhere(METADATA_FIELDS), hidden: false },
    [MARK]: MARK,
  };
}

const KINDS = ["user_prompt", "assistant_response", "tool_use", "tool_result", "api_error"];

async function totalsOf(machine: Machine, session: readonly string[] = []) {
  const args = ["metrics", "-p", "all", "--json", ...session];
  return JSON.parse((await runBinary(machine, args)).stdout).totals;
}

async function tellAll(machine: Machine): Promise<void> {
  const { server, url } = await startServe(machine);
  await using _server = server;
  const findings = new Findings();

  const first = await post(url, session());
  const again = [await post(url, session()), await post(url, session()[0])];
  const marks = await post(url, KINDS.map(marked));
  const refused = [
    await post(url, event(MARK, 0, {})),
    await post(url, event("tool_use", 0, {}, { platform: MARK })),
    await post(url, event("tool_use", 0, {}, { timestamp: MARK })),
    await post(url, `{"${MARK}`),
    await post(url, session(), { Origin: "http://evil.example" }),
  ];
  await until("they are counted", async () => (await totalsOf(machine)).sessions === 2);
  const { user_prompts, tokens, lines_added, tool_uses_by_name } = await totalsOf(machine, [
    "--session",
    "posted-1",
  ]);
  const stored = await runBinary(machine, ["status", "--json"]);
  await server.stop("SIGTERM");

  deepEqual([first.status, JSON.parse(first.text)], [202, {
    schema: "blueplane.events/1",
    events: 5,
    left_out: 0,
    fields_dropped: 0,
  }]);
  deepEqual(again.map(({ status }) => status), [202, 202]);
  equal(marks.status, 202);
  deepEqual(refused.map(({ status }) => status), [400, 400, 400, 400, 403]);
  deepEqual([user_prompts, lines_added, tokens.input], [1, 7, 100]);
  deepEqual(tool_uses_by_name, { Edit: 1, Bash: 1 });
  equal(JSON.parse(stored.stdout).storage.events, 5 + KINDS.length);
  for (const { text } of refused) {
    match(text, /^\{"title":"[^"]+","status":4\d\d,"detail":"/);
    findings.look("an answer", text);
  }
  findings.look("stdout", server.stdout);
  findings.look("stderr", server.stderr);
  findings.lookAtFiles(machine.home);
  equal(findings.lookAtBlocks(machine.home), 5 + KINDS.length);
  deepEqual(findings.found, []);
}

Deno.test("blueplane serve takes posted events once, and no text of them", async () => {
  using machine = tempMachine();
  await tellAll(machine);
});

Deno.test("blueplane serve takes posted events once over Redis, and no text of them", async () => {
  await using redis = await RedisServer.start({ args: ["--appendonly", "yes"] });
  using machine = tempMachine();
  const findings = new Findings();

  await tellAll({ ...machine, env: { ...machine.env, BLUEPLANE_REDIS_URL: redis.url } });
  await redis.stop();

  findings.lookAtFiles(`${redis.folder}/appendonlydir`);
  deepEqual(findings.found, []);
});

Deno.test("blueplane serve takes no posted event while capture is paused", async () => {
  using machine = tempMachine();
  await runBinary(machine, ["config", "set", "capture.paused", "true"]);
  const { server, url } = await startServe(machine);
  await using _server = server;

  const { status, text } = await post(url, session());

  deepEqual([status, JSON.parse(text).events, JSON.parse(text).left_out], [202, 0, 5]);
});
