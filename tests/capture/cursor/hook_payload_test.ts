/** Tests of `capture/cursor/hook_payload.ts`: what a hook is given becomes one safe event. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { Gate } from "../../../capture/gate.ts";
import { parseCursorHook, readCursorHook } from "../../../capture/cursor/hook_payload.ts";
import { Projects } from "../../../capture/project.ts";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { plainPrivacy as privacy } from "../plain_source.ts";
import {
  CALL,
  CONVERSATION,
  cursorPayload,
  EVENTS,
  GENERATION,
  type Payload,
  SECRET,
} from "./hook_payloads.ts";

const NOW = Date.UTC(2026, 10, 9);
const CHILD = "22222222-2222-4222-8222-222222222222";
const projects = new Projects(privacy, "/home/kim");

function parentOf(conversation: string): string | undefined {
  return conversation === CHILD ? CONVERSATION : undefined;
}

function parse(payload: unknown, at = NOW) {
  return parseCursorHook(payload, at, { privacy, projects, parentOf });
}

function only(payload: Payload, at = NOW) {
  const [event, ...more] = parse(payload, at);
  assert.ok(event && more.length === 0, "one event");
  return event;
}

for (const name of EVENTS) {
  Deno.test(`parseCursorHook() keeps no content of ${name}`, () => {
    const event = only(cursorPayload(name));

    const text = encodeEvent(event);
    assert.ok(!/secret|kim|home|example|projects\/|echo/i.test(text), text);
    assert.equal(encodeEvent(decodeEvent(text)), text);
    assert.deepEqual(
      [event.platform, event.sessionId, event.hookType, event.timestamp],
      ["cursor", CONVERSATION, name, NOW],
    );
    assert.deepEqual(event.metadata, {
      project_hash: projects.of(`/home/kim/${SECRET}`).hash,
      agent_id: undefined,
      version: "3.19.4",
    });
  });
}

const TOOL = {
  tool: "edit_file",
  tool_kind: "edit",
  file_extension: "ts",
  file: privacy.hash(`file /home/kim/${SECRET}/a.ts`),
  lines_added: 2,
  lines_removed: 1,
  tool_use_id: CALL,
};
const PAYLOADS: Readonly<Record<string, readonly [string, Payload]>> = {
  sessionStart: ["session_start", { mode: "agent", background: false }],
  sessionEnd: ["session_end", { reason: "user_close", background: false, duration_ms: 45_000 }],
  beforeSubmitPrompt: ["user_prompt", { characters: 22, words: 6, lines: 2, attachments: 1 }],
  postToolUse: ["tool_use", { ...TOOL, duration_ms: 812, success: true }],
  postToolUseFailure: ["tool_use", {
    ...TOOL,
    duration_ms: 30_000,
    success: false,
    error_class: "timeout",
  }],
  afterFileEdit: ["tool_use", {
    tool: "edit_file",
    tool_kind: "edit",
    file_extension: "py",
    file: privacy.hash(`file /home/kim/${SECRET}/a.py`),
    lines_added: 1,
    lines_removed: 1,
  }],
  afterShellExecution: ["tool_use", {
    tool: "run_terminal_command",
    tool_kind: "shell",
    duration_ms: 150,
  }],
  afterMCPExecution: ["tool_use", {
    tool: privacy.tool(`mcp__${SECRET}`),
    tool_kind: "other",
    duration_ms: 250,
  }],
  afterAgentThought: ["assistant_response", {
    thinking: true,
    characters: 13,
    words: 4,
    lines: 1,
    duration_ms: 1200,
  }],
  afterAgentResponse: ["assistant_response", { characters: 27, words: 8, lines: 2 }],
  subagentStop: ["subagent_end", {
    agent_type: "explore",
    status: "completed",
    files_modified: 1,
    duration_ms: 9000,
    messages: 4,
    tool_uses: 7,
  }],
  preCompact: ["context_compact", {
    trigger: "auto",
    first: true,
    tokens_before: 120_000,
    context_limit: 128_000,
    messages: 40,
    messages_compacted: 30,
  }],
  stop: ["turn_end", { status: "completed", loops: 2 }],
};

for (const name of EVENTS) {
  Deno.test(`parseCursorHook() tells of ${name} what may be kept`, () => {
    const [type, expected] = PAYLOADS[name]!;
    const { eventType, payload } = only(cursorPayload(name));

    assert.equal(eventType, type);
    assert.deepEqual(payload, {
      ...expected,
      model: "claude-4.6-opus-high-thinking",
      generation_id: GENERATION,
      tokens: "not_kept",
    });
  });
}

Deno.test("parseCursorHook() knows a call again by its id, whenever it is told", () => {
  const first = only(cursorPayload("postToolUse"));
  const second = only(cursorPayload("postToolUse", { duration: 9, model: "x" }), NOW + 5);
  const failed = only(cursorPayload("postToolUseFailure"));

  assert.equal(first.eventId, `hook:postToolUse:${CALL}`);
  assert.equal(first.eventId, second.eventId);
  assert.notEqual(first.eventId, failed.eventId);
});

for (
  const [name, other] of [
    ["sessionStart", "SessionStart"],
    ["sessionEnd", "SessionEnd"],
    ["beforeSubmitPrompt", "UserPromptSubmit"],
    ["postToolUse", "PostToolUse"],
    ["postToolUseFailure", "PostToolUseFailure"],
    ["subagentStop", "SubagentStop"],
    ["preCompact", "PreCompact"],
    ["stop", "Stop"],
  ] as const
) {
  Deno.test(`parseCursorHook() takes ${other} for ${name}, told once more`, () => {
    const own = only(cursorPayload(name));
    const again = only(cursorPayload(name, { hook_event_name: other, extra: 1 }), NOW + 3);

    assert.deepEqual({ ...again, timestamp: NOW }, own);
  });
}

Deno.test("parseCursorHook() takes tools under the names of another assistant", () => {
  const tools = ["Bash", "Edit", "Write", "Read", "MCP:mine", "TodoWrite", SECRET, "my_tool"];
  const told = tools.map((tool_name) =>
    only(cursorPayload("postToolUse", { tool_name })).payload.tool
  );

  assert.deepEqual(told, [
    "run_terminal_command",
    "edit_file",
    "edit_file",
    "read_file",
    privacy.tool("mcp__mine"),
    "TodoWrite",
    "other",
    "other",
  ]);
});

for (
  const [what, more, expected] of [
    ["interrupted", { is_interrupt: true }, { success: false, interrupted: true }],
    ["denied", { failure_type: "permission_denied" }, {
      success: false,
      outcome: "permission_denied",
    }],
    ["failed", { failure_type: "error" }, { success: false, error_class: "other" }],
    ["failed, for an unknown reason", { failure_type: SECRET }, {
      success: false,
      error_class: "other",
    }],
  ] as const
) {
  Deno.test(`parseCursorHook() tells how a call ended that was ${what}`, () => {
    const { payload } = only(cursorPayload("postToolUseFailure", more));

    const { success, interrupted, outcome, error_class } = payload;
    const told = Object.entries({ success, interrupted, outcome, error_class });
    assert.deepEqual(Object.fromEntries(told.filter(([, is]) => is !== undefined)), expected);
  });
}

Deno.test("parseCursorHook() tells two of a kind apart, and the same ones not", () => {
  for (const name of EVENTS.filter((event) => !/^postTool|^session|^beforeSub/.test(event))) {
    const one = only(cursorPayload(name)).eventId;
    const other = only(cursorPayload(name, { generation_id: "g2" })).eventId;

    assert.notEqual(one, other, name);
    assert.equal(only(cursorPayload(name)).eventId, one, name);
  }
  const loops = [1, 2].map((loop_count) => only(cursorPayload("stop", { loop_count })).eventId);
  assert.notEqual(loops[0], loops[1]);
  const nameless = { generation_id: undefined };
  const moments = [NOW, NOW + 1].map((at) => only(cursorPayload("stop", nameless), at).eventId);
  assert.notEqual(moments[0], moments[1]);
});

Deno.test("parseCursorHook() gives a sub-agent's deeds to the conversation it works for", () => {
  const call = only(cursorPayload("postToolUse", { conversation_id: CHILD }));
  const told = only(cursorPayload("stop", {
    conversation_id: "33333333-3333-4333-8333-333333333333",
    parent_conversation_id: CONVERSATION,
  }));
  const end = only(cursorPayload("subagentStop", { subagent_id: CHILD }));

  assert.deepEqual([call.sessionId, call.metadata.agent_id], [CONVERSATION, CHILD]);
  assert.equal(told.sessionId, CONVERSATION);
  assert.equal(told.metadata.agent_id, "33333333-3333-4333-8333-333333333333");
  assert.deepEqual([end.sessionId, end.metadata.agent_id], [CONVERSATION, CHILD]);
});

Deno.test("parseCursorHook() knows a folder by any way to write it, or says none", () => {
  const of = (workspace_roots: unknown) =>
    only(cursorPayload("stop", { workspace_roots })).metadata.project_hash;

  assert.equal(of(["/c:/Users/kim/shop"]), projects.of("C:\\Users\\kim\\shop").hash);
  assert.equal(of(["/home/kim/shop/", "/other"]), projects.of("/home/kim/shop").hash);
  for (const none of [[], [""], [7], null, "x", undefined]) assert.equal(of(none), undefined);
});

Deno.test("parseCursorHook() hashes what Cursor did not name: agents, odd ids", () => {
  const agent = only(cursorPayload("subagentStop", { subagent_type: "my-agent" }));
  const none = only(cursorPayload("subagentStop", { subagent_type: "" }));
  const odd = only(cursorPayload("postToolUse", { tool_use_id: "call_1\nfc_2" }));
  const session = only(cursorPayload("stop", { conversation_id: "task-call_1\nfc_2" }));

  assert.match(String(agent.payload.agent_type), /^[0-9a-f]{16}$/);
  assert.equal(none.payload.agent_type, null);
  assert.equal(odd.payload.tool_use_id, privacy.id("call_1\nfc_2"));
  assert.equal(session.sessionId, privacy.id("task-call_1\nfc_2"));
});

for (
  const [what, payload] of [
    ["a hook that is not known", cursorPayload("stop", { hook_event_name: "preToolUse" })],
    ["a Tab completion", cursorPayload("stop", { hook_event_name: "afterTabFileEdit" })],
    ["a name from a prototype", cursorPayload("stop", { hook_event_name: "constructor" })],
    ["no conversation", cursorPayload("stop", { conversation_id: undefined })],
    ["a list", []],
    ["nothing", null],
    ["a word", "stop"],
  ] as const
) {
  Deno.test(`parseCursorHook() makes no event, when it is given ${what}`, () => {
    assert.deepEqual(parse(payload), []);
  });
}

Deno.test("parseCursorHook() gives safe events or none, when it is given anything", () => {
  const names = [...new Set(EVENTS.flatMap((name) => Object.keys(cursorPayload(name))))];
  const anything = fc.jsonValue({ maxDepth: 3 });
  const fields = fc.dictionary(
    fc.constantFrom(...names, "subagent_id", "parent_conversation_id", "duration", "edits"),
    fc.oneof(
      anything,
      fc.string({ unit: "binary" }),
      fc.constantFrom(SECRET, "a\nb", "x".repeat(200), -1, 1e300, NaN),
    ),
  );
  const payloads = fc.oneof(
    anything,
    fc.tuple(fields, fc.constantFrom(...EVENTS)).map(([more, name]) => cursorPayload(name, more)),
  );
  fc.assert(
    fc.property(payloads, (payload) => {
      for (const event of parse(payload)) {
        const text = encodeEvent(event);
        assert.ok(!text.includes("secret"), text);
        assert.equal(encodeEvent(decodeEvent(text)), text);
      }
    }),
    fcRuns(500),
  );
});

Deno.test("readCursorHook() finds a sub-agent's conversation in the user's own folder", () => {
  using folder = tempFolder();
  const place = folder.at(`.cursor/projects/x/agent-transcripts/${CONVERSATION}/subagents`);
  Deno.mkdirSync(place, { recursive: true });
  Deno.writeTextFileSync(`${place}/${CHILD}.jsonl`, "");
  const environment = { home: folder.path, get: () => undefined };
  const context = { environment, privacy, gate: new Gate() };

  const [event] = readCursorHook(
    cursorPayload("postToolUse", { conversation_id: CHILD }),
    NOW,
    context,
  );

  assert.deepEqual([event!.sessionId, event!.metadata.agent_id], [CONVERSATION, CHILD]);
});
