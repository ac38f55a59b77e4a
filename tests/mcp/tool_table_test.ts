/** Tests of `mcp/tool_table.ts`: what all tools have in common. */

import assert from "node:assert/strict";
import { listed } from "../../mcp/tool.ts";
import { TOOLS } from "../../mcp/tool_table.ts";
import { makePrompt, makeToolResult, makeToolUse, NOON } from "../helpers/events.ts";
import { connectTo } from "./connected.ts";

/** A token is some four characters of JSON. */
const LIST_CHARACTERS_MAX = 4 * 6000;
const RECORDING = ["track_decision", "log_outcome", "record_turn", "submit_feedback"];

Deno.test("listed() tells all tools with schemas and annotations, in few tokens", () => {
  const list = TOOLS.map(listed);

  assert.ok(JSON.stringify(list).length <= LIST_CHARACTERS_MAX, `${JSON.stringify(list).length}`);
  assert.equal(new Set(list.map(({ name }) => name)).size, TOOLS.length);
  for (const { name, title, description, outputSchema, annotations } of list) {
    assert.ok(title && description);
    const { properties, required } = outputSchema as unknown as {
      properties: Record<string, unknown>;
      required: string[];
    };
    assert.deepEqual(required.toSorted(), Object.keys(properties).sort());
    assert.equal(annotations.readOnlyHint, !RECORDING.includes(name));
    assert.equal(annotations.openWorldHint, false);
  }
});

Deno.test("addTool() keeps the budgets of all tools over much that happened", async () => {
  await using connected = await connectTo(muchHappened());

  for (const { name, tokensMax, records } of TOOLS.filter((tool) => !tool.records)) {
    assert.equal(records, undefined);
    const given = NEEDED[name] ?? {};
    const answer = await connected.call(name, given, { "test/toolUseId": "u0-0" });
    const tokens = JSON.stringify(answer).length / 4;
    assert.ok(tokens <= tokensMax, `${name}: ${tokens} tokens of ${tokensMax}`);
  }
});

/** Arguments of tools that cannot do without. */
const NEEDED: Readonly<Record<string, Record<string, unknown>>> = {
  search_sessions: { limit: 50 },
  search_similar_tasks: { task_description: "Fix the failing tests in engine.ts", limit: 20 },
  find_successful_patterns: { file_type: "ts", operation_type: "edit" },
  find_related_conversations: { limit: 20 },
  optimize_context: { current_context: "x".repeat(5000) },
  suggest_strategy: { task_type: "Fix the failing tests in engine.ts" },
  predict_acceptance: { file_type: "ts", operation: "edit", code: "x".repeat(5000) },
  recommend_tools: { task_description: "Fix the failing tests in engine.ts" },
  get_tool_performance: { include_latency: true },
};

/** Sixty sessions that used sixty tools, of which many failed. */
function muchHappened() {
  return Array.from({ length: 60 }, (_, i) => {
    const session = `11111111-2222-4333-8444-${String(i).padStart(12, "0")}`;
    const place = { session, at: NOON - i * 1000 };
    const calls = [0, 1, 2].map((call) => {
      const of = { ...place, use: `u${i}-${call}` };
      return [
        makeToolUse({ ...of, id: of.use, tool: `Tool_of_a_long_name_${i}` }),
        makeToolResult({ ...of, id: `r-${of.use}`, outcome: call === 0 ? "ok" : "failed" }),
      ];
    });
    return [makePrompt({ ...place, id: `p${i}` }), ...calls.flat()];
  }).flat();
}
