/** Tests of `capture/claude_code/tool_result.ts`: how calls ended, and what they changed. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { OUTCOMES } from "../../../core/session_counts.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import {
  type Line,
  parseLines,
  parseOne,
  resultLine,
  SECRET,
  userLine,
  uuidOf,
} from "./lines.ts";

Deno.test("parseToolResults() tells of a call that went well", () => {
  const event = parseOne(resultLine());

  assert.equal(event.eventType, "tool_result");
  assert.equal(event.eventId, `${uuidOf(2)}:toolu_01`);
  assert.deepEqual(event.payload, {
    tool_use_id: "toolu_01",
    outcome: "ok",
    characters: 4,
  });
});

const OUTCOME_TEXTS: readonly (readonly [string, string])[] = [
  ["The user doesn't want to proceed with this tool use. The tool use was rejected", "rejected"],
  ["The user doesn't want to take this action right now. STOP what you are doing", "rejected"],
  ["User chose to stay in plan mode and continue planning", "rejected"],
  ["[Request interrupted by user for tool use]\nsome output", "interrupted"],
  ["[Tool call interrupted: the session ended before it was done]", "interrupted"],
  ["Exit code 137\n[Request interrupted by user for tool use]", "interrupted"],
  ["Permission for this action was denied by the auto mode classifier.", "permission_denied"],
  ["Permission to read /home/kim/.ssh has been denied.", "permission_denied"],
  [
    "Claude requested permissions to write to /x, but you haven't granted it yet.",
    "permission_denied",
  ],
  [
    "This Bash command contains multiple operations. The following parts require approval: rm",
    "permission_denied",
  ],
  [
    "<tool_use_error>File is in a directory that is denied by your permission settings.",
    "permission_denied",
  ],
  ["PreToolUse:Bash hook error: [./check.sh]: no", "hook_blocked"],
  ["PostToolUse:Edit hook error: [./check.sh]: no", "hook_blocked"],
  ["Execution stopped by a hook blocked", "hook_blocked"],
  ["Bash operation blocked by hook:\n- no", "hook_blocked"],
  ["<tool_use_error>Sibling tool call errored</tool_use_error>", "cancelled_sibling"],
  ["<tool_use_error>Cancelled: parallel tool call Bash(ls) errored", "cancelled_sibling"],
  ["Exit code 1\nnot found", "failed"],
  ["<tool_use_error>File has not been read yet", "failed"],
  ["The tests say: [Request interrupted by user for tool use]", "failed"],
  ["I quote: The user doesn't want to proceed with this tool use.", "failed"],
  ["", "failed"],
];

for (const [content, outcome] of OUTCOME_TEXTS) {
  Deno.test(`parseToolResults() says ${outcome}, when it reads "${content.slice(0, 40)}"`, () => {
    assert.equal(outcomeOf({ is_error: true, content }), outcome);
    assert.equal(
      outcomeOf({ is_error: true, content: [{ type: "text", text: content }] }),
      outcome,
    );
  });
}

Deno.test("parseToolResults() says ok, when the text of a good result quotes a refusal", () => {
  for (const [content] of OUTCOME_TEXTS) {
    assert.equal(outcomeOf({ content }), "ok");
    assert.equal(outcomeOf({ content, is_error: false }), "ok");
    assert.equal(outcomeOf({ content, is_error: null }), "ok");
  }
});

Deno.test("parseToolResults() says failed, when a failed command prints a refusal late", () => {
  const lead = `Exit code 1\n${"reading the notes of the last session\n".repeat(10)}`;
  const quotes = ["denied by your permission settings", "hook blocked"];

  for (const quote of quotes) {
    assert.equal(outcomeOf({ is_error: true, content: lead + quote }), "failed", quote);
  }
});

const DENIALS: readonly (readonly [Line, string])[] = [
  [{ toolDenialKind: "user-rejected", toolDenialBeforeRun: true }, "rejected"],
  [{ toolDenialKind: "user-rejected", userFeedback: "use tabs" }, "rejected"],
  [{ toolDenialKind: "user-rejected" }, "failed"],
  [{ toolDenialKind: "interrupted" }, "interrupted"],
  [{ toolDenialKind: "permission-rule" }, "permission_denied"],
  [{ toolDenialKind: "automode-blocked" }, "permission_denied"],
  [{ toolDenialKind: "automode-unavailable" }, "permission_denied"],
  [{ toolDenialKind: "cancelled" }, "cancelled_sibling"],
  [{ toolDenialKind: "something-new" }, "failed"],
  [{ toolDenialKind: "constructor" }, "failed"],
  [{ permissionDecision: { decision: "reject", source: "hook" } }, "hook_blocked"],
  [{ permissionDecision: { decision: "reject", source: "config" } }, "permission_denied"],
  [
    { permissionDecision: { decision: "reject", source: "user_reject", reasonType: "rule" } },
    "permission_denied",
  ],
  [{ permissionDecision: { decision: "reject", source: "user_reject" } }, "rejected"],
  [{ permissionDecision: { decision: "accept", source: "user_temporary" } }, "failed"],
  [
    {
      toolDenialKind: "user-rejected",
      toolDenialBeforeRun: true,
      permissionDecision: { decision: "reject", source: "config" },
    },
    "permission_denied",
  ],
];

for (const [fields, outcome] of DENIALS) {
  Deno.test(`parseToolResults() says ${outcome}, when there is ${JSON.stringify(fields)}`, () => {
    assert.equal(outcomeOf({ is_error: true, content: "Something else" }, fields), outcome);
    assert.equal(outcomeOf({ content: "done" }, fields), "ok");
  });
}

Deno.test("parseToolResults() counts the lines of a patch", () => {
  const { payload } = parseOne(resultLine({}, {
    toolUseResult: {
      filePath: SECRET,
      oldString: SECRET,
      structuredPatch: [
        { oldStart: 1, lines: [" a", "+b", "+c", "-d", "\\ No newline at end of file"] },
        { oldStart: 9, lines: ["-e", "--- not a header", "+"] },
      ],
      userModified: false,
    },
  }));

  assert.deepEqual(payload, {
    tool_use_id: "toolu_01",
    outcome: "ok",
    characters: 4,
    lines_added: 3,
    lines_removed: 3,
  });
});

Deno.test("parseToolResults() counts a created file and its lines apart", () => {
  const created = (content: string) =>
    parseOne(resultLine({}, { toolUseResult: { type: "create", content, structuredPatch: [] } }))
      .payload;

  assert.deepEqual(created("a\nb\n"), {
    tool_use_id: "toolu_01",
    outcome: "ok",
    characters: 4,
    lines_added: 0,
    lines_removed: 0,
    files_created: 1,
    created_file_lines: 2,
  });
  assert.equal(created("a\nb").created_file_lines, 2);
  assert.equal(created("").created_file_lines, 0);
});

Deno.test("parseToolResults() counts no created file, when one was overwritten", () => {
  const structuredPatch = [{ lines: ["-a", "+b"] }];
  const { payload } = parseOne(
    resultLine({}, { toolUseResult: { type: "update", content: "b", structuredPatch } }),
  );

  assert.ok(!("files_created" in payload));
  assert.deepEqual([payload.lines_added, payload.lines_removed], [1, 1]);
});

Deno.test("parseToolResults() tells that a person changed the edit", () => {
  const { payload } = parseOne(
    resultLine({}, { toolUseResult: { structuredPatch: [], userModified: true } }),
  );

  assert.equal(payload.user_modified, true);
});

Deno.test("parseToolResults() counts no lines, when the result is of another shape", () => {
  const shapes = ["Error: Exit code 1", [{ type: "text" }], null, 5, {}, {
    structuredPatch: "+a",
  }, {
    structuredPatch: [null, 5, { lines: "+a" }, { lines: [5, null, {}] }],
  }];

  for (const toolUseResult of shapes) {
    const { payload } = parseOne(resultLine({}, { toolUseResult }));

    assert.equal(payload.lines_added ?? 0, 0);
    assert.equal(payload.files_created ?? 0, 0);
  }
});

Deno.test("parseToolResults() gives the lines of a patch to one of several results", () => {
  const results = ["toolu_01", "toolu_02"].map((tool_use_id) => ({
    type: "tool_result",
    tool_use_id,
    content: "done",
  }));

  const events = parseLines(
    userLine(results, { toolUseResult: { structuredPatch: [{ lines: ["+a"] }] } }),
  );

  assert.deepEqual(events.map(({ payload }) => payload.tool_use_id), ["toolu_01", "toolu_02"]);
  assert.deepEqual(events.map(({ payload }) => payload.lines_added), [1, undefined]);
  assert.notEqual(events[0]!.eventId, events[1]!.eventId);
});

Deno.test("parseToolResults() counts searches as the client does, or what they found", () => {
  const searches = (toolUseResult: unknown) =>
    parseOne(resultLine({}, { toolUseResult })).payload.web_searches;
  const found = { tool_use_id: "srvtoolu_01", content: [{ title: SECRET, url: SECRET }] };
  const query = SECRET, failed = "Web search error: unavailable";

  assert.equal(searches({ query, results: [found, SECRET, found, failed] }), 2);
  assert.equal(searches({ query, results: [found, SECRET], searchCount: 3 }), 3);
  assert.equal(searches({ query, results: [found, SECRET], searchCount: 0 }), undefined);
  for (const results of [[], [failed], [{ content: [] }, null, 5], { 0: found }, "", undefined]) {
    assert.equal(searches({ query, results }), undefined);
  }
});

Deno.test("parseToolResults() tells of a sub-agent's result", () => {
  assert.equal(parseOne(resultLine({}, { isSidechain: true })).payload.sidechain, true);
});

Deno.test("parseToolResults() tells who let a call run, where the client says so", () => {
  const decider = (source: string, reasonType?: string) => {
    const permissionDecision = { decision: "accept", source, reasonType };
    return parseOne(resultLine({}, { permissionDecision })).payload.decided_by;
  };

  assert.deepEqual(
    ["user_temporary", "user_permanent", "hook", SECRET].map((by) => decider(by)),
    [
      "person",
      "person",
      "hook",
      undefined,
    ],
  );
  const reasons = ["rule", "mode", "subcommandResults", SECRET, undefined];
  assert.deepEqual(reasons.map((reason) => decider("config", reason)), [
    "rule",
    "mode",
    "policy",
    "policy",
    "policy",
  ]);
});

Deno.test("parseToolResults() passes over a result without an id", () => {
  for (const tool_use_id of [undefined, null, "", 5]) {
    assert.deepEqual(parseLines(resultLine({ tool_use_id })), []);
  }
});

Deno.test("parseToolResults() makes an id, when the line has none or the ids are long", () => {
  const undated = parseOne(resultLine({}, { uuid: undefined }));
  const long = parseOne(resultLine({ tool_use_id: "t".repeat(64) }, { uuid: "u".repeat(64) }));

  assert.equal(undated.eventId, "result:toolu_01");
  assert.match(long.eventId, /^[0-9a-f]{32}$/);
  assert.deepEqual(decodeEvent(encodeEvent(long)).eventId, long.eventId);
});

Deno.test("parseToolResults() keeps the results of one call apart by their lines", () => {
  const [first, second] = parseLines(resultLine({}, {}, 1), resultLine({}, {}, 2));

  assert.notEqual(first!.eventId, second!.eventId);
  assert.equal(first!.payload.tool_use_id, second!.payload.tool_use_id);
});

Deno.test("parseToolResults() lets no text into an event, and knows every outcome", () => {
  const beginning = fc.constantFrom(...OUTCOME_TEXTS.map(([text]) => text), "");
  fc.assert(
    fc.property(beginning, fc.string({ unit: "grapheme" }), fc.boolean(), (start, end, bad) => {
      const content = `${start} ${end} ${SECRET}`;
      const toolUseResult = {
        filePath: content,
        content,
        type: "create",
        structuredPatch: bad ? [] : [{ lines: [`+${content}`] }],
        stdout: content,
      };

      const event = parseOne(
        resultLine({ is_error: bad, content, tool_use_id: content }, {
          toolUseResult,
          toolDenialKind: content,
          permissionDecision: { decision: "reject", source: content },
          userFeedback: content,
        }),
      );

      assert.ok((OUTCOMES as readonly unknown[]).includes(event.payload.outcome));
      assert.ok(!encodeEvent(event).includes("secret"));
      assert.deepEqual(decodeEvent(encodeEvent(event)).payload, event.payload);
    }),
    fcRuns(),
  );
});

function outcomeOf(block: Line, fields: Line = {}): unknown {
  return parseOne(resultLine(block, fields)).payload.outcome;
}
