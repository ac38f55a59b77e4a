/** Tests of `capture/claude_code/otel_events.ts`: records become safe events, or are counted. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readOtel } from "../../../capture/claude_code/otel_events.ts";
import type { Signal } from "../../../capture/otlp_record.ts";
import { readExport } from "../../../capture/otlp_request.ts";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { bytesOf, logsRequest, pointRequest, spanRequest, type Value } from "../export_bodies.ts";
import { privacy, SECRET, SESSION, START } from "./lines.ts";

const REQUEST_ID = "req_011C1F6Hz5VQLo2Ql0BlXXXX";
const CALL_ID = "toolu_01A8QUUC9zHWzhSReV8AuFmf";
type Told = Readonly<Record<string, Value>>;

function sentIn(body: Uint8Array, signal: Signal) {
  return readExport(body, "json", signal).filter((record) => record !== null);
}

function read(name: string, told: Told) {
  const attributes = { "session.id": SESSION, ...told };
  const body = bytesOf(logsRequest({ name, at: START, attributes }));
  return readOtel(sentIn(body, "logs"), privacy);
}

function only(name: string, told: Told) {
  const { events: [event, ...more], rejected } = read(name, told);
  assert.ok(event && more.length === 0 && rejected === 0, "one event");
  return event;
}

const REQUESTS: Readonly<Record<string, Told>> = {
  "1.0.128": { model: "claude-sonnet-4-20250514", input_tokens: "5", cost_usd: "0.0123" },
  "2.1.330": {
    model: "claude-opus-5-5[1m]",
    input_tokens: 5,
    cost_usd_micros: 12_300,
    request_id: REQUEST_ID,
    query_source: "repl_main_thread",
    ttft_ms: 12,
    effort: "medium",
    "prompt.id": "04e3351b-f658-4e1b-8f7c-000000000000",
  },
};

Deno.test("readOtel() reads a request of the oldest and the newest client", () => {
  const old = only("api_request", REQUESTS["1.0.128"]!);
  const now = only("api_request", REQUESTS["2.1.330"]!);

  assert.deepEqual([old.eventType, old.sessionId, old.timestamp], [
    "api_request",
    SESSION,
    START,
  ]);
  assert.deepEqual(old.metadata, { exported: "log", agent_id: undefined });
  assert.deepEqual(old.payload, {
    model: "claude-sonnet-4-20250514",
    input_tokens: 5,
    cost_micros: 12_300,
    purpose: "unknown",
  });
  assert.deepEqual(now.payload, {
    request_id: REQUEST_ID,
    model: "claude-opus-5-5",
    input_tokens: 5,
    ttft_ms: 12,
    cost_micros: 12_300,
    purpose: "main",
    effort: "medium",
    prompt_id: "04e3351b-f658-4e1b-8f7c-000000000000",
  });
});

Deno.test("readOtel() says what a request was for, and no name that a user gave", () => {
  const purposes = ["sdk", "agent:builtin:general-purpose", `agent:custom:${SECRET}`, "compact"]
    .map((source) => only("api_request", { model: "m", query_source: source }).payload.purpose);

  assert.deepEqual(purposes, ["main", "agent", "agent", "compact"]);
  assert.equal(
    only("api_request", { model: "m", query_source: SECRET }).payload.purpose,
    "other",
  );
});

Deno.test("readOtel() reads who decided on a call, and how it ran", () => {
  const decision = only("tool_decision", {
    tool_name: "Edit",
    tool_use_id: CALL_ID,
    decision: "accept",
    source: "user_temporary",
    permission_mode: "default",
    tool_parameters: SECRET,
  });
  const run = only("tool_result", {
    tool_name: "Bash",
    use_id: CALL_ID,
    success: "false",
    duration_ms: "104",
    error: SECRET,
    tool_input: SECRET,
  });

  assert.deepEqual(decision.payload, {
    tool_use_id: CALL_ID,
    tool: "Edit",
    decision: "accept",
    source: "user_temporary",
    permission_mode: "default",
  });
  assert.deepEqual(run.payload, {
    tool_use_id: CALL_ID,
    tool: "Bash",
    success: false,
    duration_ms: 104,
  });
});

Deno.test("readOtel() reads a compaction: its sizes, and nothing that was said", () => {
  const { eventType, payload } = only("compaction", {
    trigger: "manual",
    success: "true",
    duration_ms: "273",
    pre_tokens: "9919",
    post_tokens: "184",
    custom_instructions: SECRET,
  });

  assert.equal(eventType, "exported_compaction");
  assert.deepEqual(payload, {
    trigger: "manual",
    success: true,
    duration_ms: 273,
    tokens_before: 9919,
    tokens_after: 184,
  });
  assert.deepEqual(only("compaction", { error: SECRET }).payload, {
    trigger: "other",
    success: false,
    tokens_before: null,
    tokens_after: null,
  });
});

Deno.test("readOtel() reads metrics in whole numbers, and spans of requests", () => {
  const point = pointRequest("claude_code.cost.usage", { at: START, value: 0.0123 }, {
    model: "claude-opus-5-5",
    query_source: "auxiliary",
    "session.id": SESSION,
  });
  const span = spanRequest("claude_code.llm_request", START, {
    model: "claude-opus-5-5",
    request_id: REQUEST_ID,
    duration_ms: 12,
    "session.id": SESSION,
  });
  const [cost] = readOtel(sentIn(bytesOf(point), "metrics"), privacy).events;
  const [request] = readOtel(sentIn(bytesOf(span), "traces"), privacy).events;

  assert.deepEqual(cost?.payload, {
    metric: "cost_micros",
    value: 12_300,
    model: "claude-opus-5-5",
    purpose: "auxiliary",
    started_at: START - 1000,
  });
  assert.deepEqual([request?.eventType, request?.metadata.exported], ["api_request", "span"]);
  assert.equal(request?.payload.request_id, REQUEST_ID);
});

Deno.test("readOtel() reads the span of a request that failed as what its log record is", () => {
  const span = spanRequest("claude_code.llm_request", START, {
    model: "claude-opus-5-5",
    request_id: REQUEST_ID,
    success: false,
    status_code: 500,
    error: SECRET,
    attempt: 3,
    "session.id": SESSION,
  });
  const [failed] = readOtel(sentIn(bytesOf(span), "traces"), privacy).events;

  assert.equal(failed?.eventType, "failed_request");
  assert.deepEqual(failed?.payload, {
    request_id: REQUEST_ID,
    model: "claude-opus-5-5",
    error_class: "server_error",
    status: 500,
    attempt: 3,
  });
});

Deno.test("readOtel() takes what stands for a user's own name for no name", () => {
  const named = { "agent.name": "custom", "skill.name": "custom_skill" };
  const { payload } = only("api_request", { ...named, "mcp_server.name": "custom" });

  assert.deepEqual([payload.agent_type, payload.skill, payload.mcp_server], [
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("readOtel() counts what is new by its name, and rejects what names no session", () => {
  assert.deepEqual(only("brand_new_event", {}).payload, { kind: "brand_new_event" });
  assert.deepEqual(only(`${SECRET} of a kind`, {}).payload, { kind: "other" });
  assert.deepEqual(only("tool_decision", { tool_name: "Edit" }).eventType, "unknown_export");
  assert.deepEqual(read("hook_registered", {}).events, []);
  assert.deepEqual(read("api_request", { "session.id": "" }), { events: [], rejected: 1 });
});

Deno.test("readOtel() knows a record that is sent again, and no other", () => {
  const one = only("api_request", { model: "m", input_tokens: 1 });

  assert.equal(only("api_request", { input_tokens: 1, model: "m" }).eventId, one.eventId);
  assert.notEqual(only("api_request", { model: "m", input_tokens: 2 }).eventId, one.eventId);
});

/** Every attribute that was recorded, and some that may come. */
const NAMES = [
  "model prompt prompt_text response error error_type error_class tool_parameters tool_input",
  "tool_name tool_use_id use_id decision source permission_mode query_source effort speed",
  "agent.name skill.name mcp_server.name mcp_tool.name agent_id prompt.id request_id",
  "message.uuid command_name status_code success input_tokens cost_usd duration_ms attempt type",
  "file_path full_command user_prompt user.email user.id organization.id terminal.type language",
].join(" ").split(" ");

Deno.test("readOtel() keeps no content of any attribute of any record", () => {
  const names = fc.constantFrom(
    ..."api_request api_error api_refusal tool_decision tool_result user_prompt compaction"
      .split(" "),
    "assistant_response",
    SECRET,
  );
  const told = fc.dictionary(fc.constantFrom(...NAMES), fc.constant(SECRET), { minKeys: 10 });
  fc.assert(
    fc.property(names, told, (name, attributes) => {
      for (const event of read(name, attributes).events) {
        const text = encodeEvent(event);
        assert.ok(!/secret|kim|home/i.test(text), text);
        assert.deepEqual(encodeEvent(decodeEvent(text)), text);
      }
    }),
    fcRuns(),
  );
});
