/** Tests of `core/source_comparison.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { TelemetryEvent } from "../../core/event.ts";
import type { SafeText } from "../../core/privacy.ts";
import { compareSources } from "../../core/source_comparison.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
} from "../helpers/events.ts";
import { answering, makeExported, makeRequest } from "../helpers/exports.ts";

function byHook(event: TelemetryEvent): TelemetryEvent {
  return { ...event, hookType: "PostToolUse" as SafeText };
}

/** Two calls: a hook and an export saw the first, and disagree with what became of it. */
const CALLS = [
  makeToolUse({ id: "u1", use: "u1", tool: "Edit" }),
  makeToolResult({ id: "r1", use: "u1", outcome: "failed" }),
  makeToolUse({ id: "u2", use: "u2", tool: "Edit" }),
  makeToolResult({ id: "r2", use: "u2", outcome: "ok" }),
  byHook({ ...makeToolUse({ id: "h1", use: "u1", tool: "Edit" }) }),
  makeExported("tool_run", { id: "x1" }, { tool_use_id: "u1", success: true, tool: "Edit" }),
  makeExported("tool_run", { id: "x3" }, { tool_use_id: "u3", success: true, tool: "Edit" }),
];

function fact(events: readonly TelemetryEvent[], name: string) {
  return compareSources(events).facts.find((one) => one.fact === name)!;
}

Deno.test("compareSources() tells what each saw of calls, and what one alone", () => {
  const { seen, in_all, only, disagreeing, differences } = fact(CALLS, "tool_calls");

  assert.deepEqual(seen, { files: 2, hooks: 1, log_records: 2, spans: null });
  assert.deepEqual([in_all, disagreeing], [1, 1]);
  assert.deepEqual(differences, [{ id: "u1", says: { files: "failed", log_records: "ok" } }]);
  assert.deepEqual(only, { files: 1, hooks: 0, log_records: 1, spans: null });
});

Deno.test("compareSources() joins responses by request, or by tokens where none is named", () => {
  const answer = makeResponse({ id: "m1", input: 10, output: 20 });
  const named = [answering("q1", answer), makeRequest({ id: "x1" }, { request_id: "q1" })];
  const unnamed = [answer, makeRequest({ id: "x1" }, { output_tokens: 7 })];
  const side = makeRequest({ id: "x2" }, { purpose: "title", request_id: "q2" });

  assert.deepEqual(fact([...named, side], "responses").seen, {
    files: 1,
    hooks: null,
    log_records: 1,
    spans: null,
  });
  assert.deepEqual([fact(named, "responses").in_all, fact(named, "responses").disagreeing], [
    1,
    0,
  ]);
  assert.deepEqual([fact(unnamed, "responses").in_all, fact(unnamed, "responses").disagreeing], [
    1,
    1,
  ]);
});

Deno.test("compareSources() counts prompts by source, and joins nothing that has no id", () => {
  const prompts = [
    makePrompt({ id: "p1" }),
    makeExported("exported_prompt", { id: "x1" }),
    { ...makePrompt({ id: "p2" }), hookType: "UserPromptSubmit" as SafeText },
  ];
  const { seen, in_all, disagreeing } = fact(prompts, "prompts");

  assert.deepEqual(seen, { files: 1, hooks: 1, log_records: 1, spans: null });
  assert.deepEqual([in_all, disagreeing], [null, null]);
});

Deno.test("compareSources() joins prompts and compactions, and tells where sizes differ", () => {
  const size = (tokens: number) => ({ tokens_before: tokens });
  const events = [
    makePrompt({ id: "p1" }),
    makePrompt({ id: "p2" }),
    makeExported("exported_prompt", { id: "x1" }, { message_uuid: "p1" }),
    makeEvent("context_compact", { id: "c1" }, size(9886)),
    makeExported("exported_compaction", { id: "x2" }, size(3331)),
  ];
  const prompts = fact(events, "prompts"), compactions = fact(events, "compactions");

  assert.deepEqual([prompts.in_all, prompts.disagreeing], [1, 0]);
  assert.deepEqual(prompts.only, { files: 1, hooks: null, log_records: 0, spans: null });
  assert.deepEqual([compactions.in_all, compactions.disagreeing], [1, 1]);
});

Deno.test("compareSources() joins decisions with who took them, refusals as well", () => {
  const result = (use: string, outcome: string, by?: string) => {
    const event = makeToolResult({ id: `r${use}`, use, outcome });
    return { ...event, payload: { ...event.payload, decided_by: by as SafeText | undefined } };
  };
  const told = (use: string, decision: string, source: string) =>
    makeExported("tool_decision", { id: `x${use}` }, { tool_use_id: use, decision, source });
  const { seen, in_all, disagreeing, differences } = fact([
    result("a", "ok", "mode"),
    told("a", "accept", "config"),
    result("b", "failed", "hook"),
    told("b", "accept", "hook"),
    result("c", "hook_blocked"),
    told("c", "reject", "hook"),
    result("d", "rejected"),
    told("d", "reject", "config"),
    // A hook tells of a question and names no call.
    byHook(makeEvent("permission_request", { id: "p" }, {})),
  ], "decisions");

  assert.deepEqual(seen, { files: 4, hooks: 1, log_records: 4, spans: null });
  assert.deepEqual([in_all, disagreeing], [4, 1]);
  assert.deepEqual(differences, [
    { id: "d", says: { files: "person reject", log_records: "policy reject" } },
  ]);
});

Deno.test("compareSources() tells tokens by who counted them", () => {
  const point = (id: string, metric: string, value: number, told = {}) =>
    makeExported("metric_point", { id }, { metric, value, ...told }, "metric");
  const { tokens } = compareSources([
    makeResponse({ id: "m1", input: 10, output: 20, cacheRead: 5 }),
    makeResponse({ id: "m1b", message: "m1", input: 10, output: 2, cacheRead: 5 }),
    makeRequest({ id: "x1" }),
    point("t1", "tokens", 10, { kind: "input" }),
    point("t2", "tokens", 4, { kind: "input" }),
    point("t3", "cost_micros", 500),
    point("t4", "tokens", 99, { kind: "input", cumulative: true }),
  ]);

  assert.deepEqual(tokens, [
    {
      by: "files",
      tokens: { input: 10, output: 20, cache_read: 5, cache_creation: 0 },
      cost_usd: null,
    },
    {
      by: "log_records",
      tokens: { input: 10, output: 20, cache_read: 0, cache_creation: 0 },
      cost_usd: 0.01,
    },
    {
      by: "metrics",
      tokens: { input: 14, output: 0, cache_read: 0, cache_creation: 0 },
      cost_usd: 0.0005,
    },
  ]);
});

Deno.test("compareSources() says the same in any order, and of nothing nothing", () => {
  const wanted = compareSources(CALLS);
  fc.assert(
    fc.property(fc.shuffledSubarray(CALLS, { minLength: CALLS.length }), (events) => {
      assert.deepEqual(compareSources(events), wanted);
    }),
  );
  const { facts, tokens } = compareSources([]);
  assert.ok(facts.every(({ seen }) => Object.values(seen).every((count) => count === null)));
  assert.deepEqual(tokens, []);
});
