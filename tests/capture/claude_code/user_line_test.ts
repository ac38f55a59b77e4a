/** Tests of `capture/claude_code/user_line.ts`: what a person did, among all user lines. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import {
  type Line,
  parseLines,
  parseOne,
  privacy,
  resultLine,
  SECRET,
  typesOf,
  userLine,
} from "./lines.ts";

const image = {
  type: "image",
  source: { type: "base64", media_type: "image/png", data: "AAAA" },
};
const document = { type: "document", source: { type: "base64", data: "AAAA" } };
/** Behind what the first line stands. */
const follows = ["begin"];
const opened = "<ide_opened_file>The user opened /home/kim/shop/cart.ts</ide_opened_file>";

Deno.test("parseUserLine() takes a typed text as a prompt, of which it keeps the size", () => {
  const { eventType, payload } = parseOne(userLine("fix the login\nand the logout"));

  assert.equal(eventType, "user_prompt");
  assert.deepEqual(payload, { characters: 28, words: 6, lines: 2, follows });
});

Deno.test("parseUserLine() takes blocks of text as one prompt", () => {
  const { eventType, payload } = parseOne(
    userLine([textBlock("fix the login"), textBlock("and logout")]),
  );

  assert.equal(eventType, "user_prompt");
  assert.deepEqual(payload, { characters: 24, words: 5, lines: 2, follows });
});

Deno.test("parseUserLine() takes an image or a document without text as a prompt", () => {
  for (const block of [image, document]) {
    const { eventType, payload } = parseOne(userLine([block]));

    assert.equal(eventType, "user_prompt");
    assert.deepEqual(payload, { characters: 0, words: 0, lines: 0, image: true, follows });
  }
});

Deno.test("parseUserLine() tells that an image came with the text", () => {
  const { payload } = parseOne(userLine([textBlock("like this"), image]));

  assert.deepEqual(payload, { characters: 9, words: 2, lines: 1, image: true, follows });
});

Deno.test("parseUserLine() does not measure what the editor put before the prompt", () => {
  const selection = "<ide_selection>The user selected\nlines 1 to 2</ide_selection>";
  const reminder = "<system-reminder>Remember\nthe list</system-reminder>";

  for (const injected of [opened, selection, reminder, opened + selection]) {
    const { eventType, payload } = parseOne(userLine([textBlock(injected), textBlock("fix it")]));

    assert.equal(eventType, "user_prompt");
    assert.deepEqual(payload, { characters: 6, words: 2, lines: 1, follows });
  }
});

Deno.test("parseUserLine() takes no prompt, when the editor alone put something", () => {
  assert.deepEqual(typesOf(userLine([textBlock(opened)])), []);
});

Deno.test("parseUserLine() takes no prompt, when there is no text", () => {
  for (const content of ["", " \n", [], [textBlock("")], null, undefined, 5, {}]) {
    assert.deepEqual(typesOf(userLine(content)), [], JSON.stringify(content));
  }
});

const NOT_TYPED: Readonly<Record<string, Line>> = {
  "the line is meta": userLine("Base directory for this skill: x", { isMeta: true }),
  "the line is for the transcript alone": userLine("x", { isVisibleInTranscriptOnly: true }),
  "it is the summary after a compaction": userLine("This session is being continued", {
    isCompactSummary: true,
    isVisibleInTranscriptOnly: true,
  }),
  "it is a summary of an older client": userLine("This session is", { isCompactSummary: true }),
  "a background task ended": userLine("<task-notification>\n<task-id>b1</task-id>"),
  "its origin is a task": userLine("A task ended", { origin: { kind: "task-notification" } }),
  "its origin is another agent": userLine("Do this", { origin: { kind: "coordinator" } }),
  "a Stop hook speaks": userLine("Stop hook feedback:\n- run the tests"),
  "a PreToolUse hook speaks": userLine("PreToolUse:Bash hook blocked: no"),
  "a prompt hook speaks": userLine("UserPromptSubmit operation blocked by hook:\n- no"),
  "it is what a session hook said": userLine("<session-start-hook>hello</session-start-hook>"),
  "it is what a prompt hook said": userLine("<user-prompt-submit-hook>hello"),
  "it is output of a slash command": userLine("<local-command-stdout>ok</local-command-stdout>"),
  "it is an error of a slash command": userLine(
    "<local-command-stderr>no</local-command-stderr>",
  ),
  "it is a caveat": userLine("<local-command-caveat>Caveat: …</local-command-caveat>"),
  "it is output of the shell": userLine(
    "<bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>",
  ),
  "it is an error of the shell": userLine("<bash-stderr>no</bash-stderr>"),
};

for (const [why, line] of Object.entries(NOT_TYPED)) {
  Deno.test(`parseUserLine() takes nothing as typed, when ${why}`, () => {
    assert.deepEqual(typesOf(line), []);
  });
}

Deno.test("parseUserLine() takes a prompt as typed, when its origin is a person", () => {
  const line = userLine("fix it", { origin: { kind: "human" }, promptSource: "typed" });

  assert.deepEqual(typesOf(line), ["user_prompt"]);
});

Deno.test("parseUserLine() takes a prompt that speaks of hooks as typed", () => {
  assert.deepEqual(typesOf(userLine("Stop the hook that blocked me")), ["user_prompt"]);
});

Deno.test("parseUserLine() takes a slash command, whichever of its tags comes first", () => {
  const name = "<command-name>/review</command-name>";
  const message = "<command-message>review</command-message>";

  for (
    const content of [`${name}\n${message}`, `${message}\n${name}`, [textBlock(message + name)]]
  ) {
    assert.deepEqual(typesOf(userLine(content)), ["slash_command"]);
  }
});

Deno.test("parseUserLine() takes a prompt that quotes a command far behind as typed", () => {
  const content = `${"look at this ".repeat(40)}<command-name>/review</command-name>`;

  assert.deepEqual(typesOf(userLine(content)), ["user_prompt"]);
});

Deno.test("parseUserLine() takes input of the shell mode", () => {
  assert.deepEqual(typesOf(userLine("<bash-input>ls -la</bash-input>")), ["bash_input"]);
});

Deno.test("parseUserLine() takes the task of a sub-agent as its prompt, not a person's", () => {
  const line = userLine("Find the login", { isSidechain: true, agentId: "a1b2c3" });

  assert.deepEqual(typesOf(line), ["subagent_prompt"]);
});

Deno.test("parseUserLine() keeps the id of the prompt", () => {
  const { payload } = parseOne(userLine("fix it", { promptId: "p-1" }));

  assert.equal(payload.prompt_id, "p-1");
});

Deno.test("parseUserLine() tells of /clear that the context was cleared, and of no other", () => {
  const command = (name: string) => userLine(`<command-name>/${name}</command-name>`);

  assert.deepEqual(typesOf(command("clear")), ["slash_command", "context_clear"]);
  assert.deepEqual(typesOf(command("clear-all")), ["slash_command"]);
});

Deno.test("parseUserLine() takes an interruption", () => {
  const marker = "[Request interrupted by user]";

  assert.deepEqual(typesOf(userLine(marker)), ["interruption"]);
  assert.deepEqual(typesOf(userLine([textBlock(marker)])), ["interruption"]);
});

const rejected = "The user doesn't want to proceed with this tool use. The tool use was rejected";
const rejection = resultLine({ is_error: true, content: rejected });
const toolMarker = userLine([textBlock("[Request interrupted by user for tool use]")], {}, 3);

Deno.test("parseUserLine() takes an interruption of a tool, when none was rejected before", () => {
  assert.deepEqual(typesOf(toolMarker), ["interruption"]);
  assert.deepEqual(typesOf(resultLine(), toolMarker), ["tool_result", "interruption"]);
});

Deno.test("parseUserLine() takes the marker behind a rejection as part of it", () => {
  assert.deepEqual(typesOf(rejection, toolMarker), ["tool_result"]);
});

Deno.test("parseUserLine() takes the marker behind a rejection as part of it once", () => {
  const again = userLine([textBlock("[Request interrupted by user for tool use]")], {}, 4);

  assert.deepEqual(typesOf(rejection, toolMarker, again), ["tool_result", "interruption"]);
});

Deno.test("parseUserLine() takes an interruption, when a result came behind the rejection", () => {
  const later = resultLine({ tool_use_id: "toolu_02" }, {}, 3);

  assert.deepEqual(
    typesOf(rejection, later, toolMarker),
    ["tool_result", "tool_result", "interruption"],
  );
});

Deno.test("parseUserLine() takes an interruption with a rejection's text for what it is", () => {
  // Newer clients write the same text for both; the id on the marker tells them apart.
  const result = resultLine(
    { is_error: true, content: rejected },
    { toolDenialKind: "user-rejected", toolUseResult: "User rejected tool use" },
  );
  const marker = { ...toolMarker, interruptedMessageId: "msg_01" };

  const events = parseLines(result, marker);

  assert.ok(events.some(({ eventType }) => eventType === "interruption"));
  const outcomes = events.filter(({ eventType }) => eventType === "tool_result")
    .map(({ payload }) => payload.outcome);
  assert.equal(outcomes.at(-1), "interrupted");
});

Deno.test("parseUserLine() keeps a rejection before the run, whatever its marker says", () => {
  const result = resultLine(
    { is_error: true, content: rejected },
    { toolDenialKind: "user-rejected", toolDenialBeforeRun: true },
  );

  assert.deepEqual(
    typesOf(result, { ...toolMarker, interruptedMessageId: "msg_01" }),
    ["tool_result"],
  );
});

Deno.test("parseUserLine() takes no prompt from a line with a result", () => {
  const result = { type: "tool_result", tool_use_id: "toolu_01", content: "done" };

  assert.deepEqual(typesOf(userLine([result, textBlock("and more")])), ["tool_result"]);
});

Deno.test("parseUserLine() knows a prompt again, when a history is replayed", () => {
  const first = parseOne(userLine([textBlock(opened), textBlock("fix it")]));
  const replayed = parseOne(userLine("fix it", { uuid: "11111111-0000-4000-8000-000000000001" }));

  assert.equal(replayed.eventId, first.eventId);
});

Deno.test("parseUserLine() keeps prompts apart, that differ in text or in time", () => {
  const lines = [
    userLine("fix it"),
    userLine("fix that"),
    userLine("fix it", {}, 5),
    userLine("<bash-input>ls</bash-input>"),
  ];

  assert.equal(new Set(lines.map((line) => parseOne(line).eventId)).size, lines.length);
});

Deno.test("parseUserLine() keeps prompts without a time apart by their uuid", () => {
  const undated = (number: number) =>
    parseOne(userLine("fix it", { timestamp: undefined }, number)).eventId;

  assert.equal(undated(1), undated(1));
  assert.notEqual(undated(1), undated(2));
});

Deno.test("parseUserLine() lets no text into an event, whatever kind of line it is in", () => {
  const frames = [
    "X",
    "<command-name>/X</command-name><command-args>X</command-args>",
    "<bash-input>X</bash-input>",
    "[Request interrupted by user] X",
    "[Request interrupted by user for tool use] X",
    "<ide_selection>X</ide_selection> X",
  ];
  const anyText = fc.string({ unit: "grapheme" }).map((text) => `${text} ${SECRET} ${text}`);
  const anyFields = fc.record({
    isSidechain: fc.boolean(),
    promptId: fc.constant(SECRET),
    gitBranch: fc.constant(SECRET),
    cwd: fc.constant(SECRET),
    uuid: fc.constant(SECRET),
    agentId: fc.constant(SECRET),
    version: fc.constant(SECRET),
    sessionId: fc.constant(SECRET),
  }, { requiredKeys: [], noNullPrototype: true });
  fc.assert(
    fc.property(fc.constantFrom(...frames), anyText, anyFields, (frame, text, fields) => {
      const events = parseLines(userLine(frame.replaceAll("X", () => text), fields));

      assert.equal(events.length, 1);
      for (const event of events) assert.ok(!encodeEvent(event).includes("secret"));
    }),
    fcRuns(),
  );
});

Deno.test("parseUserLine() makes an id that nobody can guess from the text", () => {
  const { eventId } = parseOne(userLine("fix it"));

  assert.match(eventId, /^[0-9a-f]{32}$/);
  assert.equal(privacy.id(eventId), eventId);
});

function textBlock(text: string): Line {
  return { type: "text", text };
}
