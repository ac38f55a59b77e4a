/** Tests of `capture/claude_code/hook_payload.ts`: what a hook is given becomes one safe event. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHookPayload } from "../../../capture/claude_code/hook_payload.ts";
import { Projects } from "../../../capture/project.ts";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { hookPayload, type Payload, RECORDED } from "./hook_payloads.ts";
import { privacy, SECRET, SESSION, START } from "./lines.ts";

const projects = new Projects(privacy, "/home/kim");
const VERSIONS = Object.keys(RECORDED);
const EVENTS = RECORDED["2.1.330"]!;

function parse(payload: unknown, at = START) {
  return parseHookPayload(payload, at, privacy, projects);
}

function only(payload: Payload, at = START) {
  const [event, ...more] = parse(payload, at);
  assert.ok(event && more.length === 0, "one event");
  return event;
}

for (const version of VERSIONS) {
  for (const name of RECORDED[version]!) {
    Deno.test(`parseHookPayload() keeps no content of ${name} of ${version}`, () => {
      const event = only(hookPayload(version, name));

      const text = encodeEvent(event);
      assert.ok(!/secret|kim|home|claude\/|Exit code/i.test(text), text);
      assert.deepEqual(encodeEvent(decodeEvent(text)), text);
      assert.deepEqual(
        [event.platform, event.sessionId, event.hookType, event.timestamp],
        ["claude_code", SESSION, name, START],
      );
      assert.equal(event.metadata.project_hash, projects.of(`/home/kim/${SECRET}`).hash);
    });
  }
}

const PAYLOADS: Readonly<Record<string, readonly [string, Payload]>> = {
  SessionStart: ["session_start", { source: "startup", model: "claude-sonnet-4-6" }],
  SessionEnd: ["session_end", { reason: "prompt_input_exit" }],
  UserPromptSubmit: ["user_prompt", { characters: 31, words: 9, lines: 2 }],
  PermissionRequest: ["permission_request", { tool: "Edit", file_extension: "ts" }],
  PermissionDenied: ["permission_denied", {
    tool: "Edit",
    tool_use_id: "toolu_01A8QUUC9zHWzhSReV8AuFmf",
    file_extension: "ts",
  }],
  PostToolUse: ["tool_use", {
    tool: "Edit",
    tool_use_id: "toolu_01A8QUUC9zHWzhSReV8AuFmf",
    duration_ms: 8,
    file_extension: "ts",
    lines_added: 1,
    lines_removed: 0,
    success: true,
  }],
  PostToolUseFailure: ["tool_use", {
    tool: "Edit",
    tool_use_id: "toolu_01A8QUUC9zHWzhSReV8AuFmf",
    duration_ms: 22,
    file_extension: "ts",
    success: false,
    interrupted: true,
  }],
  SubagentStop: ["subagent_end", { agent_type: "Explore" }],
  PreCompact: ["context_compact", { trigger: "manual" }],
  Stop: ["turn_end", {}],
};

for (const [name, [type, expected]] of Object.entries(PAYLOADS)) {
  Deno.test(`parseHookPayload() tells of ${name} what may be kept`, () => {
    const event = only(hookPayload("2.1.330", name));
    const { prompt_id, permission_mode, effort, ...payload } = event.payload;

    assert.equal(event.eventType, type);
    assert.deepEqual(payload, expected);
    const given = hookPayload("2.1.330", name);
    assert.equal(prompt_id, given.prompt_id);
    assert.equal(permission_mode, given.permission_mode);
    assert.equal(effort, given.effort && "medium");
  });
}

Deno.test("parseHookPayload() counts the lines of a new file, and keeps none of them", () => {
  const made = { type: "create", filePath: SECRET, content: `${SECRET}\n${SECRET}\n` };
  const given = { tool_name: "Write", tool_response: { ...made, structuredPatch: [] } };
  const { payload } = only(hookPayload("2.1.330", "PostToolUse", given));

  assert.deepEqual([payload.files_created, payload.created_file_lines], [1, 2]);
  assert.doesNotMatch(JSON.stringify(payload), new RegExp(SECRET));
});

Deno.test("parseHookPayload() names the agent, when a hook comes from inside one", () => {
  const event = only(hookPayload("2.1.112", "PostToolUse"));

  assert.equal(event.metadata.agent_id, "aa681c8e334271323");
});

Deno.test("parseHookPayload() knows a call again by its id, whenever it is told", () => {
  const first = only(hookPayload("2.1.330", "PostToolUse"), START);
  const second = only(hookPayload("2.1.330", "PostToolUse", { duration_ms: 9 }), START + 5);
  const failed = only(hookPayload("2.1.330", "PostToolUseFailure"), START);

  assert.equal(first.eventId, "hook:PostToolUse:toolu_01A8QUUC9zHWzhSReV8AuFmf");
  assert.equal(first.eventId, second.eventId);
  assert.notEqual(first.eventId, failed.eventId);
});

Deno.test("parseHookPayload() tells two requests apart, when they come at the same moment", () => {
  const one = only(hookPayload("2.1.330", "PermissionRequest"));
  const input = { file_path: "/b.ts" };
  const other = only(hookPayload("2.1.330", "PermissionRequest", { tool_input: input }));
  const later = only(hookPayload("2.1.330", "PermissionRequest"), START + 1);

  assert.equal(new Set([one, other, later].map(({ eventId }) => eventId)).size, 3);
  assert.equal(only(hookPayload("2.1.330", "PermissionRequest")).eventId, one.eventId);
});

Deno.test("parseHookPayload() makes 'other' of words that no list knows", () => {
  const strange = { source: SECRET, reason: SECRET, trigger: SECRET, permission_mode: SECRET };

  assert.equal(only(hookPayload("2.1.330", "SessionStart", strange)).payload.source, "other");
  assert.equal(only(hookPayload("2.1.330", "SessionEnd", strange)).payload.reason, "other");
  assert.equal(only(hookPayload("2.1.330", "PreCompact", strange)).payload.trigger, "other");
  assert.equal(only(hookPayload("2.1.330", "Stop", strange)).payload.permission_mode, "other");
  const effort = only(hookPayload("2.1.330", "Stop", { effort: SECRET })).payload.effort;
  assert.equal(effort, "other");
});

Deno.test("parseHookPayload() hashes what is not built in: agents, MCP tools, odd ids", () => {
  const agent = only(hookPayload("2.1.330", "SubagentStop", { agent_type: "my-agent" }));
  const internal = only(hookPayload("2.1.330", "SubagentStop", { agent_type: "" }));
  const tool = only(hookPayload("2.1.330", "PostToolUse", { tool_name: "mcp__mine__look" }));
  const odd = only(hookPayload("2.1.330", "PostToolUse", { tool_use_id: SECRET }));

  assert.match(String(agent.payload.agent_type), /^[0-9a-f]{16}$/);
  assert.equal(internal.payload.agent_type, null);
  assert.match(String(tool.payload.tool), /^mcp:[0-9a-f]{8}$/);
  assert.match(String(odd.payload.tool_use_id), /^[0-9a-f]{32}$/);
});

Deno.test("parseHookPayload() knows the model of a long context", () => {
  for (const model of ["claude-opus-4-6[1m]", { id: "claude-opus-4-6[1m]" }]) {
    const event = only(hookPayload("2.1.330", "SessionStart", { model }));
    assert.equal(event.payload.model, "claude-opus-4-6");
  }
});

for (
  const [what, payload] of [
    [
      "a hook that is not installed",
      hookPayload("2.1.330", "Stop", {
        hook_event_name: "PreToolUse",
      }),
    ],
    [
      "a name from a prototype",
      hookPayload("2.1.330", "Stop", {
        hook_event_name: "constructor",
      }),
    ],
    ["no session", hookPayload("2.1.330", "Stop", { session_id: undefined })],
    ["a list", []],
    ["nothing", null],
    ["a word", "Stop"],
  ] as const
) {
  Deno.test(`parseHookPayload() makes no event, when it is given ${what}`, () => {
    assert.deepEqual(parse(payload), []);
  });
}

Deno.test("parseHookPayload() gives safe events or none, when it is given anything", () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const fields = fc.dictionary(
    fc.constantFrom(
      "session_id",
      "cwd",
      "prompt",
      "tool_name",
      "tool_input",
      "tool_use_id",
      "tool_response",
      "duration_ms",
      "agent_id",
      "agent_type",
      "model",
      "source",
      "reason",
      "trigger",
      "effort",
      "permission_mode",
      "prompt_id",
      "is_interrupt",
    ),
    fc.oneof(anything, fc.string({ unit: "binary" }), fc.constant(SECRET)),
  );
  const payloads = fc.oneof(
    anything,
    fc.tuple(fields, fc.constantFrom(...EVENTS)).map(([more, name]) =>
      hookPayload("2.1.330", name, more)
    ),
  );
  fc.assert(
    fc.property(payloads, (payload) => {
      for (const event of parse(payload)) {
        const text = encodeEvent(event);
        assert.ok(!text.includes("secret"), text);
        assert.equal(encodeEvent(decodeEvent(text)), text);
      }
    }),
    fcRuns(300),
  );
});
