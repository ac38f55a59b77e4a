/** Tests of `capture/cursor/hook_tool.ts`. */

import assert from "node:assert/strict";
import { callFacts, deedFacts } from "../../../capture/cursor/hook_tool.ts";
import { plainPrivacy as privacy } from "../plain_source.ts";
import { cursorPayload } from "./hook_payloads.ts";

Deno.test("callFacts() adds up the lines of several edits, and of none says nothing", () => {
  const edits = [
    { old_string: "a", new_string: "b\nc" },
    { old_string: "", new_string: "d" },
    { old_string: "e", new_string: 7 },
    "f",
  ];
  const several = callFacts(cursorPayload("postToolUse", { tool_input: { edits } }), privacy);
  const none = callFacts(cursorPayload("postToolUse", { tool_input: { content: "x" } }), privacy);

  assert.deepEqual([several.lines_added, several.lines_removed], [3, 1]);
  assert.ok(!("lines_added" in none));
});

Deno.test("callFacts() takes no duration for one that is below nothing, nor where none is", () => {
  const of = (duration: unknown) =>
    callFacts(cursorPayload("postToolUse", { duration }), privacy).duration_ms;

  assert.deepEqual([of(-5), of(null), of(12.9), of("7")], [0, undefined, 12, 7]);
});

Deno.test("deedFacts() tells no id and no outcome: it must not make a call of its own", () => {
  for (const name of ["afterFileEdit", "afterShellExecution", "afterMCPExecution"]) {
    const facts = deedFacts(cursorPayload(name, { tool_use_id: "toolu_1" }), privacy);

    assert.ok(!("tool_use_id" in facts) && !("success" in facts), name);
  }
});
