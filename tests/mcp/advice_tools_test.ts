/** Tests of `mcp/advice_tools.ts`, asked by the official client over sessions of two kinds. */

import assert from "node:assert/strict";
import { alikeSessions } from "../helpers/alike_sessions.ts";
import { type Connected, connectTo } from "./connected.ts";

const TASK = "Fix the failing tests in the secret engine.ts";

async function ask(name: string, given: Record<string, unknown>) {
  await using connected = await connectedTo();
  return await connected.call(name, given, {});
}

function connectedTo(): Promise<Connected> {
  return connectTo(alikeSessions().flatMap(({ events }) => events));
}

Deno.test("suggestStrategy() advises what went well with alike sessions", async () => {
  const answer = await ask("suggest_strategy", { task_type: TASK });

  assert.equal(answer.status, "ok");
  assert.equal(typeof answer.strategy, "string");
  assert.match(answer.reasoning as string, /^\d+ % of \d+ alike sessions/);
  assert.ok((answer.confidence as number) > 0);
  assert.doesNotMatch(JSON.stringify(answer), /secret/);
});

Deno.test("recommendTools() names tools that are there to be used", async () => {
  const all = await ask("recommend_tools", { task_description: TASK });
  const some = await ask("recommend_tools", {
    task_description: TASK,
    available_tools: ["Read"],
  });

  const names = (answer: typeof all) =>
    (answer.recommendations as { tool: string }[]).map(({ tool }) => tool);
  assert.ok(names(all).includes("Edit"));
  assert.deepEqual(names(some), ["Read"]);
});

Deno.test("predictAcceptance() says that there is too little to learn from", async () => {
  const answer = await ask("predict_acceptance", {
    code: TASK,
    file_type: "ts",
    operation: "edit",
  });

  assert.equal(answer.status, "insufficient_data");
  assert.deepEqual([answer.probability, answer.factors], [null, []]);
  assert.ok((answer.needed as number) > (answer.n as number) || answer.base_rate !== null);
  assert.match(answer.n_of as string, /edits|sessions/);
});

Deno.test("optimizeContext() leaves a context as it is, and says what to change", async () => {
  const answer = await ask("optimize_context", {
    current_context: "x".repeat(400),
    target_metric: "quality",
  });

  assert.deepEqual([answer.optimized_context, answer.context_tokens], [null, 100]);
  const changes = answer.changes_made as { change: string; n: number }[];
  assert.equal(answer.n === 0, changes.length === 0);
  for (const { change, n } of changes) assert.ok(change.length > 0 && n > 0);
});
