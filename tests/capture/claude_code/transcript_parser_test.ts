/** Tests of `capture/claude_code/transcript_parser.ts`: whose a line is, when, and what kind. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import {
  assistantLine,
  checkpointOf,
  type Line,
  makeLine,
  makeParser,
  parseLines,
  parseOne,
  resultLine,
  SECRET,
  SESSION,
  START,
  typesOf,
  userLine,
  uuidOf,
} from "./lines.ts";

Deno.test("TranscriptParser.parse() gives an event its session, time, version and project", () => {
  const event = parseOne(userLine("fix it"));

  assert.equal(event.platform, "claude_code");
  assert.equal(event.sessionId, SESSION);
  assert.equal(event.timestamp, START + 1000);
  assert.equal(event.metadata.version, "2.1.231");
  assert.match(String(event.metadata.project_hash), /^[0-9a-f]{16}$/);
  assert.equal(event.metadata.undated, undefined);
});

Deno.test("TranscriptParser.parse() gives all lines the session that the first one names", () => {
  const other = "11111111-0000-4000-8000-000000000001";

  const events = parseLines(
    userLine("a", {}, 1),
    userLine("b", {}, 2),
    userLine("c", { sessionId: other }, 3),
  );

  assert.deepEqual(events.map(({ sessionId }) => sessionId), [SESSION, SESSION, SESSION]);
});

Deno.test("TranscriptParser.parse() finds a fork's session, whatever its file is called", () => {
  const origin = "11111111-0000-4000-8000-000000000001";
  const lines = [
    userLine("a", { sessionId: origin }, 1),
    assistantLine({}, {}, 2),
    userLine("b", { sessionId: origin }, 3),
    assistantLine({ id: "msg_02" }, {}, 4),
  ];
  for (const fileName of [`${SESSION}.jsonl`, "copy.jsonl"]) {
    const parser = makeParser({ fileName });

    const events = lines.flatMap((line) => parser.parse(line)!);

    const sessions = events.map(({ sessionId }) => sessionId);
    assert.deepEqual(sessions, [origin, SESSION, SESSION, SESSION], fileName);
  }
});

Deno.test("TranscriptParser.parse() passes over what follows a # in a session's id", () => {
  const [event] = parseLines(userLine("a", { sessionId: `${SESSION}#2` }));

  assert.equal(event!.sessionId, SESSION);
});

Deno.test("TranscriptParser.parse() hashes a session's id of another shape", () => {
  const [event] = parseLines(userLine("a", { sessionId: SECRET }));

  assert.match(event!.sessionId, /^[0-9a-f]{32}$/);
});

Deno.test("TranscriptParser.parse() tells of an agent that is warmed up, in all reads", () => {
  const agent = { isSidechain: true, agentId: "a1" };
  const parser = makeParser();
  const [task] = parser.parse(userLine("Warmup", agent, 1))!;
  const resumed = makeParser({ before: checkpointOf(parser) });
  const [response] = resumed.parse(assistantLine({}, agent, 2))!;

  assert.deepEqual([task!.metadata.warmup, response!.metadata.warmup], [true, true]);
  assert.equal(parseOne(userLine("Warmup the oven", agent)).metadata.warmup, undefined);
  assert.equal(parseOne(userLine("Warmup")).metadata.warmup, undefined);
});

Deno.test("TranscriptParser.parse() takes the file's name for a session that none tells", () => {
  const parser = makeParser({ fileName: `${SESSION}.jsonl` });
  const line = userLine("a", { sessionId: undefined });

  assert.equal(parser.parse(line)![0]!.sessionId, SESSION);
  assert.equal(parser.sessionId, null);
});

Deno.test("TranscriptParser.parse() takes the first session that is told later", () => {
  const parser = makeParser({ fileName: "agent-a1.jsonl" });
  parser.parse({ type: "summary" });

  const events = parser.parse(userLine("a"));

  assert.equal(events![0]!.sessionId, SESSION);
  assert.equal(parser.sessionId, SESSION);
});

Deno.test("TranscriptParser.parse() gives a line without time the one before, and says so", () => {
  const [, second] = parseLines(
    userLine("a", {}, 5),
    userLine("b", { timestamp: undefined }, 6),
  );

  assert.equal(second!.timestamp, START + 5000);
  assert.equal(second!.metadata.undated, true);
});

Deno.test("TranscriptParser.parse() gives a first line without time the file's", () => {
  const parser = makeParser({ modifiedAt: 1_700_000_000_000 });

  const [event] = parser.parse(userLine("a", { timestamp: "soon" }))!;

  assert.equal(event!.timestamp, 1_700_000_000_000);
  assert.equal(event!.metadata.undated, true);
});

Deno.test("TranscriptParser.parse() gives a first line without time that of its snapshot", () => {
  const parser = makeParser({ modifiedAt: 1_700_000_000_000 });
  const snapshot = { messageId: "m", timestamp: "2023-01-05T10:00:00Z", trackedFileBackups: {} };
  const line = { type: "file-history-snapshot", messageId: "m", snapshot };

  const events = parser.parse(line)!;

  assert.ok(events.length > 0);
  for (const { timestamp, metadata } of events) {
    assert.equal(timestamp, Date.UTC(2023, 0, 5, 10));
    assert.equal(metadata.undated, true);
  }
});

Deno.test("TranscriptParser.parse() takes the time of lines that make no event, too", () => {
  const [event] = parseLines(
    makeLine("queue-operation", 7, { operation: "enqueue", content: SECRET }),
    userLine("a", { timestamp: undefined }),
  );

  assert.equal(event!.timestamp, START + 7000);
});

Deno.test("TranscriptParser.parse() follows the working folder, and keeps it in between", () => {
  const projects = parseLines(
    userLine("a", {}, 1),
    userLine("b", { cwd: "/home/kim/site" }, 2),
    userLine("c", { cwd: undefined }, 3),
    userLine("d", {}, 4),
  ).map(({ metadata }) => metadata.project_hash);

  assert.equal(projects[1], projects[2]);
  assert.equal(projects[0], projects[3]);
  assert.notEqual(projects[0], projects[1]);
});

Deno.test("TranscriptParser.parse() says other, when the version is strange", () => {
  assert.equal(parseOne(userLine("a", { version: SECRET })).metadata.version, "other");
  assert.equal(parseOne(userLine("a", { version: undefined })).metadata.version, undefined);
});

Deno.test("TranscriptParser.parse() tells which agent a line is of", () => {
  assert.equal(parseOne(userLine("a", { agentId: "a1b2" })).metadata.agent_id, "a1b2");
});

Deno.test("TranscriptParser.parse() tells of a compaction", () => {
  const compact = (compactMetadata: unknown) =>
    parseOne(makeLine("system", 3, { subtype: "compact_boundary", compactMetadata }));

  const event = compact({ trigger: "auto", preTokens: 155_000, postTokens: "9000" });

  assert.equal(event.eventType, "context_compact");
  assert.equal(event.eventId, uuidOf(3));
  assert.deepEqual(event.payload, {
    trigger: "auto",
    tokens_before: 155_000,
    tokens_after: 9000,
  });
  assert.deepEqual(compact(undefined).payload, {
    trigger: "other",
    tokens_before: null,
    tokens_after: null,
  });
  assert.equal(compact({ trigger: SECRET }).payload.trigger, "other");
  assert.equal(compact({ trigger: { toString: 1 } }).payload.trigger, "other");
});

Deno.test("TranscriptParser.parse() tells how long a turn took", () => {
  const event = parseOne(makeLine("system", 3, { subtype: "turn_duration", durationMs: 4321 }));

  assert.equal(event.eventType, "turn_end");
  assert.deepEqual(event.payload, { duration_ms: 4321 });
});

Deno.test("TranscriptParser.parse() tells of a request that is tried again", () => {
  const event = parseOne(makeLine("system", 3, {
    subtype: "api_error",
    level: "error",
    error: { status: 529, message: SECRET },
    retryAttempt: 2,
    retryInMs: 1200.5,
    maxRetries: 10,
  }));

  assert.equal(event.eventType, "api_error");
  assert.deepEqual(event.payload, {
    attempt: 2,
    retry_in_ms: 1200,
    error_class: "overloaded",
    status: 529,
  });
});

Deno.test("TranscriptParser.parse() tells of a prompt, typed while the model worked", () => {
  const queued = (attachment: Line) => typesOf(makeLine("attachment", 3, { attachment }));

  assert.deepEqual(
    queued({ type: "queued_command", prompt: SECRET, commandMode: "prompt" }),
    ["queued_prompt"],
  );
  assert.deepEqual(
    queued({ type: "queued_command", prompt: SECRET, commandMode: "task-notification" }),
    [],
  );
  assert.deepEqual(queued({ type: "edited_text_file", snippet: SECRET }), []);
});

Deno.test("TranscriptParser.parse() measures a queued prompt, where it is told", () => {
  const sizeOf = (attachment: Line) =>
    parseOne(makeLine("attachment", 3, {
      attachment: { type: "queued_command", commandMode: "prompt", ...attachment },
    })).payload;

  assert.deepEqual(sizeOf({ prompt: "two words" }), { characters: 9, words: 2, lines: 1 });
  assert.deepEqual(sizeOf({}), {});
});

Deno.test("TranscriptParser.parse() knows lines in which nothing is counted", () => {
  const lines: Line[] = [
    { type: "summary", summary: SECRET, leafUuid: uuidOf(1) },
    { type: "file-history-snapshot", messageId: uuidOf(1), snapshot: {} },
    { type: "permission-mode", permissionMode: "default", sessionId: SESSION },
    { type: "ai-title", aiTitle: SECRET, sessionId: SESSION },
    { type: "last-prompt", lastPrompt: SECRET, sessionId: SESSION },
    makeLine("queue-operation", 1, { operation: "remove" }),
    makeLine("system", 2, { subtype: "away_summary", content: SECRET }),
    makeLine("system", 3, { subtype: "brand_new", content: SECRET }),
    makeLine("attachment", 4, { attachment: { type: "brand_new", content: SECRET } }),
    { type: "started", key: "k", agentId: "a1" },
  ];

  for (const line of lines) assert.deepEqual(makeParser().parse(line), [], String(line.type));
});

Deno.test("TranscriptParser.parse() does not count the usage of a sub-agent twice", () => {
  const { message } = assistantLine();

  const data = { type: "agent_progress", message: { type: "assistant", message } };

  assert.deepEqual(typesOf(makeLine("progress", 1, { data })), []);
});

Deno.test("TranscriptParser.parse() does not know a line, when its type is new", () => {
  for (const type of ["brand-new", SECRET, "toString", "", 5, null, {}, undefined]) {
    assert.equal(makeParser().parse(makeLine("x", 1, { type })), undefined, String(type));
  }
  assert.equal(makeParser().parse({}), undefined);
});

Deno.test("TranscriptParser.state() holds all that the next lines need, and no text", () => {
  const lines = [
    assistantLine({ content: [{ type: "tool_use", id: "toolu_01", name: "Edit" }] }, {}, 1),
    resultLine({
      is_error: true,
      content: `The user doesn't want to proceed with this tool use. ${SECRET}`,
    }),
    userLine("[Request interrupted by user for tool use]", {}, 3),
    userLine("again", { timestamp: undefined, cwd: undefined, sessionId: undefined }, 4),
  ];

  const { events, states } = parseWithRestarts(lines, [0, 1, 2]);

  assert.deepEqual(events, parseLines(...lines));
  for (const state of states) assert.ok(!/secret|home|shop/.test(state), state);
});

Deno.test("TranscriptParser.state() lets reading go on as if it had not stopped", () => {
  const anyLine = fc.constantFrom<(number: number) => Line>(
    (number) => userLine("fix it", {}, number),
    (number) => userLine("fix it", { timestamp: undefined, cwd: undefined }, number),
    (number) => userLine("[Request interrupted by user for tool use]", {}, number),
    (number) => userLine("x", { cwd: `/home/kim/${number}` }, number),
    (number) => resultLine({}, {}, number),
    (number) =>
      resultLine({ is_error: true, content: "User chose to stay in plan mode" }, {}, number),
    (number) => assistantLine({}, {}, number),
    (number) => assistantLine({ id: undefined }, { uuid: undefined }, number),
    () => ({ type: "summary", summary: SECRET }),
  );
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 12 }), fc.array(fc.nat(11)), (makers, stops) => {
      const lines = makers.map((make, i) => make(i));

      assert.deepEqual(parseWithRestarts(lines, stops).events, parseLines(...lines));
    }),
    fcRuns(),
  );
});

Deno.test("TranscriptParser.parse() gives the same ids, when it reads the same again", () => {
  const lines = [userLine("a"), assistantLine(), resultLine()];

  assert.deepEqual(parseLines(...lines), parseLines(...lines));
});

const FIELDS = ["uuid", "timestamp", "sessionId", "cwd", "version", "isSidechain", "isMeta"]
  .concat(["message", "toolUseResult", "requestId", "subtype", "attachment", "compactMetadata"])
  .concat([
    "durationMs",
    "promptId",
    "agentId",
    "origin",
    "toolDenialKind",
    "permissionDecision",
    "parentUuid",
    "snapshot",
  ]);

Deno.test("TranscriptParser.parse() throws for no line, and lets no text into an event", () => {
  const anySecret = fc.string({ unit: "grapheme" }).map((text) => `${text}${SECRET}`);
  const anyValue = fc.oneof(
    anySecret,
    fc.jsonValue(),
    fc.constant({ toString: 1, valueOf: SECRET }),
    fc.constant({ content: [{ type: "tool_use", id: { toString: 1 }, name: { toString: 1 } }] }),
    fc.constant({ content: [{ type: "tool_result", tool_use_id: "t", is_error: true }] }),
    fc.record({ role: anySecret, content: anySecret, usage: fc.jsonValue(), model: anySecret }),
  );
  const anyLine = fc.tuple(
    fc.constantFrom(
      "user",
      "assistant",
      "system",
      "attachment",
      "progress",
      "file-history-snapshot",
      undefined,
    ),
    fc.dictionary(fc.constantFrom(...FIELDS), anyValue, { noNullPrototype: true }),
  ).map(([type, fields]) => ({ type, ...fields }));
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 4 }), (lines) => {
      for (const event of parseLines(...lines)) {
        const text = encodeEvent(event);
        assert.ok(!text.includes("secret"), text);
        assert.equal(encodeEvent(decodeEvent(text)), text);
      }
    }),
    fcRuns(500),
  );
});

/** The events, when the program is started anew before the lines of these numbers. */
function parseWithRestarts(lines: readonly Line[], stops: readonly number[]) {
  const states: string[] = [];
  let parser = makeParser();
  const events = lines.flatMap((line, i) => {
    if (stops.includes(i)) {
      states.push(parser.state);
      parser = makeParser({ before: checkpointOf(parser) });
    }
    return parser.parse(line) ?? [];
  });
  return { events, states };
}
