/** Tests of `capture/claude_code/assistant_line.ts`: responses, their tokens and their tools. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import {
  assistantLine,
  type Line,
  makeLine,
  parseLines,
  parseOne,
  privacy,
  SECRET,
  userLine,
  uuidOf,
} from "./lines.ts";

Deno.test("parseAssistantLine() tells of a response and its tokens", () => {
  const event = parseOne(assistantLine());

  assert.equal(event.eventType, "assistant_response");
  assert.equal(event.eventId, uuidOf(1));
  assert.deepEqual(event.payload, {
    message_id: "msg_01",
    request_id: "req_011",
    model: "claude-opus-4-5-20251101",
    stop_reason: "end_turn",
    calls: 0,
    input_tokens: 10,
    output_tokens: 20,
    cache_read_tokens: 30,
    cache_creation_tokens: 40,
    cache_creation_5m_tokens: 15,
    cache_creation_1h_tokens: 25,
  });
});

Deno.test("parseAssistantLine() gives the lines of one response ids of their own", () => {
  const events = parseLines(assistantLine({}, {}, 1), assistantLine({}, {}, 2));

  assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 2);
  assert.deepEqual(events.map(({ payload }) => payload.message_id), ["msg_01", "msg_01"]);
});

Deno.test("parseAssistantLine() takes numbers that are written as text, and null as 0", () => {
  const { payload } = parseOne(assistantLine({
    usage: {
      input_tokens: "12",
      output_tokens: " 7.0 ",
      cache_read_input_tokens: null,
      cache_creation_input_tokens: "many",
      cache_creation: null,
    },
  }));

  assert.deepEqual(
    [payload.input_tokens, payload.output_tokens, payload.cache_read_tokens],
    [12, 7, 0],
  );
  assert.deepEqual(
    [payload.cache_creation_tokens, payload.cache_creation_5m_tokens],
    [0, 0],
  );
});

Deno.test("parseAssistantLine() counts no tokens, when there is no usage", () => {
  for (const usage of [undefined, null, "none", [], 5]) {
    const { payload } = parseOne(assistantLine({ usage }));

    assert.equal(payload.input_tokens, 0);
    assert.equal(payload.output_tokens, 0);
  }
});

Deno.test("parseAssistantLine() tells that a response has no stop reason", () => {
  for (const stop_reason of [null, undefined, "", 5]) {
    assert.equal(parseOne(assistantLine({ stop_reason })).payload.stop_reason, null);
  }
});

Deno.test("parseAssistantLine() says other for stop reasons and models that nobody knows", () => {
  const { payload } = parseOne(assistantLine({ stop_reason: SECRET, model: SECRET }));

  assert.equal(payload.stop_reason, "other");
  assert.equal(payload.model, "other");
  assert.equal(parseOne(assistantLine({ model: undefined })).payload.model, "other");
  assert.equal(parseOne(assistantLine({ model: { a: 1 } })).payload.model, "other");
});

Deno.test("parseAssistantLine() tells that the client itself wrote a line", () => {
  const { payload } = parseOne(assistantLine({ model: "<synthetic>" }));

  assert.equal(payload.synthetic, true);
  assert.ok(!("model" in payload));
});

Deno.test("parseAssistantLine() tells of a call of the API that failed for good", () => {
  const [, failure] = parseLines(assistantLine(
    { model: "<synthetic>", content: [{ type: "text", text: SECRET }] },
    { isApiErrorMessage: true, error: "rate_limit", apiErrorStatus: 429, errorDetails: SECRET },
  ));

  assert.equal(failure!.eventType, "api_error");
  assert.deepEqual(failure!.payload, { final: true, error_class: "rate_limit", status: 429 });
});

Deno.test("parseAssistantLine() tells of thinking, searches, speed, tier and effort", () => {
  const { payload } = parseOne(assistantLine({
    usage: {
      output_tokens: 20,
      output_tokens_details: { thinking_tokens: 12 },
      server_tool_use: { web_search_requests: 3, web_fetch_requests: 1 },
      service_tier: "priority",
      speed: "fast",
    },
  }, { effort: "xhigh" }));

  const { thinking_tokens, web_searches, service_tier, fast, effort } = payload;
  assert.deepEqual({ thinking_tokens, web_searches, service_tier, fast, effort }, {
    thinking_tokens: 12,
    web_searches: 3,
    service_tier: "priority",
    fast: true,
    effort: "xhigh",
  });
});

Deno.test("parseAssistantLine() names a server as its tools do, spaces or not", () => {
  const [response, use] = parseLines(assistantLine(
    { content: [toolUse({ name: "mcp__acme_co_uk__read" })] },
    { attributionMcpServer: "acme co.uk" },
  ));

  assert.match(String(response!.payload.mcp_server), /^mcp:/);
  assert.equal(response!.payload.mcp_server, use!.payload.mcp_server);
});

Deno.test("parseAssistantLine() tells on whose account a response goes, without a name", () => {
  const [response, use] = parseLines(assistantLine(
    { content: [toolUse({ name: "mcp__acme__read" })] },
    {
      attributionAgent: "acme-reviewer",
      attributionSkill: "simplify",
      attributionMcpServer: "acme",
    },
  ));

  assert.match(String(response!.payload.agent_type), /^[0-9a-f]{16}$/);
  assert.equal(response!.payload.skill, "simplify");
  assert.equal(response!.payload.mcp_server, use!.payload.mcp_server);
});

Deno.test("parseAssistantLine() tells in what mode, and whether for nobody, a tool ran", () => {
  const events = parseLines(
    userLine("go", { permissionMode: "acceptEdits" }, 1),
    assistantLine({ content: [toolUse()] }, { entrypoint: "sdk-cli" }, 2),
    makeLine("permission-mode", 3, { permissionMode: SECRET }),
    assistantLine({ id: "msg_02", content: [toolUse({ id: "toolu_09" })] }, {}, 4),
  );

  const uses = events.filter(({ eventType }) => eventType === "tool_use");
  const told = uses.map(({ payload }) => [payload.permission_mode, payload.headless]);
  assert.deepEqual(told, [["acceptEdits", true], ["other", undefined]]);
});

Deno.test("parseAssistantLine() takes the line's uuid for a message without id", () => {
  for (const id of [undefined, null, ""]) {
    assert.equal(parseOne(assistantLine({ id })).payload.message_id, uuidOf(1));
  }
});

Deno.test("parseAssistantLine() takes a line without uuid for what it says", () => {
  const bare = (message: Line = {}) => parseOne(assistantLine(message, { uuid: undefined }));

  assert.match(bare().eventId, /^[0-9a-f]{32}$/);
  assert.equal(bare().eventId, bare().eventId);
  assert.notEqual(bare().eventId, bare({ id: "msg_02" }).eventId);
  assert.notEqual(bare().eventId, bare({ usage: { output_tokens: 21 } }).eventId);
});

Deno.test("parseAssistantLine() tells of no response, when nothing has an id", () => {
  assert.deepEqual(parseLines(assistantLine({ id: undefined }, { uuid: undefined })), []);
});

Deno.test("parseAssistantLine() keeps no request, when none is named", () => {
  for (const requestId of [undefined, null, ""]) {
    assert.equal(parseOne(assistantLine({}, { requestId })).payload.request_id, undefined);
  }
});

Deno.test("parseAssistantLine() tells of a sub-agent's response and tools", () => {
  const events = parseLines(
    assistantLine({ content: [toolUse()] }, { isSidechain: true, agentId: "a1" }),
  );

  assert.deepEqual(events.map(({ payload }) => payload.sidechain), [true, true]);
  assert.deepEqual(events.map(({ metadata }) => metadata.agent_id), ["a1", "a1"]);
});

Deno.test("parseAssistantLine() tells of each tool use, with the extension of its file", () => {
  const content = [
    { type: "thinking", thinking: SECRET, signature: SECRET },
    toolUse({ id: "toolu_01", name: "Edit", input: { file_path: "/home/kim/shop/Cart.TS" } }),
    toolUse({ id: "toolu_02", name: "NotebookEdit", input: { notebook_path: "/x/a.ipynb" } }),
    toolUse({ id: "toolu_03", name: "Bash", input: { command: SECRET } }),
  ];

  const [response, ...uses] = parseLines(assistantLine({ content }));

  assert.equal(response!.payload.calls, 3);
  assert.deepEqual(uses.map(({ payload }) => payload.message_id), ["msg_01", "msg_01", "msg_01"]);
  assert.deepEqual(uses.map(({ eventType }) => eventType), ["tool_use", "tool_use", "tool_use"]);
  assert.deepEqual(uses.map(({ eventId }) => eventId), ["toolu_01", "toolu_02", "toolu_03"]);
  const files = ["/home/kim/shop/Cart.TS", "/x/a.ipynb"].map((path) =>
    privacy.hash(`file ${path}`)
  );
  const own = uses.map(({ payload: { message_id: _, ...payload } }) => payload);
  assert.deepEqual(own, [
    { tool_use_id: "toolu_01", tool: "Edit", file_extension: "ts", file: files[0] },
    { tool_use_id: "toolu_02", tool: "NotebookEdit", file_extension: "ipynb", file: files[1] },
    { tool_use_id: "toolu_03", tool: "Bash", form: "script" },
  ]);
});

Deno.test("parseAssistantLine() says none or other for extensions that are on no list", () => {
  const extension = (file_path: string) =>
    toolUseOf({ input: { file_path } }).payload.file_extension;

  assert.equal(extension("/home/kim/Makefile"), "none");
  assert.equal(extension("/home/kim/notes.kimsecret"), "other");
});

Deno.test("parseAssistantLine() hashes the names of MCP tools", () => {
  const tool = toolUseOf({ name: "mcp__private-journal__process_thoughts" }).payload.tool;

  assert.match(String(tool), /^mcp:[0-9a-f]{8}$/);
});

Deno.test("parseAssistantLine() says other, when a tool has no name or a strange one", () => {
  for (const name of [undefined, null, "", 5, {}, SECRET]) {
    assert.equal(toolUseOf({ name }).payload.tool, "other", String(name));
  }
});

Deno.test("parseAssistantLine() passes over a tool use without an id, and other blocks", () => {
  const content = [
    toolUse({ id: undefined }),
    toolUse({ id: "" }),
    { type: "server_tool_use", id: "srvtoolu_01", name: "web_search" },
    null,
    "text",
    [],
  ];

  assert.equal(parseLines(assistantLine({ content })).length, 1);
  assert.equal(parseLines(assistantLine({ content: "text" })).length, 1);
});

Deno.test("parseAssistantLine() takes an old line without type, when it tells its usage", () => {
  const { type: _, ...line } = assistantLine();

  assert.equal(parseOne(line).eventType, "assistant_response");
});

Deno.test("parseAssistantLine() throws for no value of the model, as one that has no text", () => {
  const evil = { toString: 1, valueOf: 1 };

  assert.equal(parseOne(assistantLine({ model: evil })).payload.model, "other");
  assert.equal(toolUseOf({ name: evil }).payload.tool, "other");
});

Deno.test("parseAssistantLine() lets no text into an event, whichever field it is in", () => {
  const anySecret = fc.string({ unit: "grapheme" }).map((text) => `${text}${SECRET}`);
  const anyField = fc.oneof(anySecret, fc.jsonValue(), fc.constant(undefined));
  fc.assert(
    fc.property(
      fc.record({
        id: anyField,
        model: anyField,
        stop_reason: anyField,
        usage: fc.record({ input_tokens: anyField, output_tokens: anyField, speed: anySecret }),
      }, { requiredKeys: [] }),
      fc.record({ id: anyField, name: anyField, file_path: anyField, type: anyField }),
      (message, { id, name, file_path, type }) => {
        const content = [
          { type: "text", text: SECRET },
          { type: "tool_use", id, name, input: { file_path, command: SECRET } },
          { type, id, name },
        ];

        for (const event of parseLines(assistantLine({ ...message, content }))) {
          assert.ok(!encodeEvent(event).includes("secret"));
          assert.equal(encodeEvent(decodeEvent(encodeEvent(event))), encodeEvent(event));
        }
      },
    ),
    fcRuns(),
  );
});

function toolUse(fields: Line = {}): Line {
  return { type: "tool_use", id: "toolu_01", name: "Edit", input: {}, ...fields };
}

function toolUseOf(fields: Line) {
  const [, use, ...more] = parseLines(assistantLine({ content: [toolUse(fields)] }));
  assert.ok(use && more.length === 0);
  return use;
}
