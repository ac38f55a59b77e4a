/** Tests of `mcp/likeness_tools.ts`, asked by the official client over sessions of two kinds. */

import assert from "node:assert/strict";
import { alikeSessions } from "../helpers/alike_sessions.ts";
import { makePrompt } from "../helpers/events.ts";
import { connectTo } from "./connected.ts";

const TASK = "Fix the failing tests in the secret engine.ts";

async function ask(name: string, given: Record<string, unknown>) {
  await using connected = await connectTo(alikeSessions().flatMap(({ events }) => events));
  return await connected.call(name, given, {});
}

Deno.test("similarTasks() finds sessions of such work, and what went well with them", async () => {
  const answer = await ask("search_similar_tasks", { task_description: TASK, limit: 3 });

  const sessions = answer.sessions as {
    session_id: string;
    similarity: number;
    cost_is_lower_bound: boolean;
  }[];
  assert.equal(sessions.length, 3);
  for (const { session_id, similarity, cost_is_lower_bound } of sessions) {
    assert.equal(cost_is_lower_bound, false);
    assert.match(session_id, /^code-/);
    assert.ok(similarity > 0 && similarity <= 1);
  }
  assert.ok((answer.common_patterns as string[]).length > 0);
  assert.ok((answer.success_strategies as unknown[]).length > 0);
  assert.doesNotMatch(JSON.stringify(answer), /secret/);
});

Deno.test("relatedConversations() finds sessions like this one, or like a text", async () => {
  const text = await ask("find_related_conversations", { current_context: "Write README.md" });
  await using connected = await connectTo([
    ...alikeSessions().flatMap(({ events }) => events),
    makePrompt({ id: "own", session: "own" }),
  ]);

  const refused = await connected.refusal("find_related_conversations", {}, {});

  const [first] = text.matches as { session_id: string }[];
  assert.match(first!.session_id, /^text-/);
  assert.match(refused, /^Cannot tell which session this is: .* describe .* current_context$/);
});

Deno.test("successfulPatterns() says of how many edits it speaks", async () => {
  const given = { file_type: "ts", operation_type: "edit" };
  const { status, n, needed, rate, patterns } = await ask("find_successful_patterns", given);

  assert.equal(status === "ok", (n as number) >= (needed as number));
  assert.equal((rate as { n: number } | null)?.n ?? 0, n);
  for (const { when } of patterns as { when: object }[]) assert.ok(Object.keys(when).length > 0);
});
