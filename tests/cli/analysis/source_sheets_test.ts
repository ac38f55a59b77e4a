/** Tests of `cli/analysis/source_sheets.ts`. */

import assert from "node:assert/strict";
import { differenceSheet, factSheet, tokenSheet } from "../../../cli/analysis/source_sheets.ts";
import { compareSources } from "../../../core/source_comparison.ts";
import { makePrompt, makeResponse, makeToolResult, makeToolUse } from "../../helpers/events.ts";
import { sampleReport } from "./sample_report.ts";
import { makeExported, makeRequest } from "../../helpers/exports.ts";

const COMPARISON = compareSources([
  makePrompt({ id: "p1" }),
  makeResponse({ id: "m1", input: 10, output: 20 }),
  makeToolUse({ id: "u1", use: "u1" }),
  makeRequest({ id: "x1" }),
  makeExported("tool_run", { id: "x2" }, { tool_use_id: "u9", success: true }),
]);

Deno.test("factSheet() has a row for each kind of fact that something saw", () => {
  const { rows, note } = factSheet(COMPARISON, { forked_from: null });
  const fork = factSheet(COMPARISON, { forked_from: "alpha" });

  assert.deepEqual(rows, [
    ["prompts", "1", "–", "–", "–", "–", "files 1", "–", "files"],
    ["responses", "1", "–", "1", "–", "1", "–", "0", "files"],
    ["tool calls", "1", "–", "1", "–", "0", "files 1, logs 1", "0", "files"],
  ]);
  assert.equal(fork.note, `${note} What this fork has copied is among them.`);
});

Deno.test("tokenSheet() shows our cost beside theirs, with its mark", async () => {
  const session = { ...(await sampleReport("alpha")).session, cost_usd: 0.02 };
  const tokens = { input: 10, output: 20, cache_read: 0, cache_creation: 0 };
  const whole = { ...session, tokens, tokens_by_model: null, cost_is_lower_bound: false };
  const { rows } = tokenSheet(COMPARISON, whole),
    open = tokenSheet(COMPARISON, { ...session, tokens }).rows;

  assert.deepEqual(rows, [
    ["files, by us", "10", "20", "0", "0", "$0.02"],
    ["logs", "10", "20", "0", "0", "$0.01"],
  ]);
  assert.deepEqual(open, [["files, by us", "10", "≥20", "0", "0", "≥$0.02"], rows[1]]);
});

Deno.test("differenceSheet() says what each source says, and which is believed", () => {
  const { rows, note } = differenceSheet(compareSources([
    makeToolUse({ id: "u1", use: "u1" }),
    makeToolResult({ id: "r1", use: "u1", outcome: "failed" }),
    makeExported("tool_run", { id: "x2" }, { tool_use_id: "u1", success: true }),
  ]));

  assert.deepEqual(rows, [["tool calls", "u1", "files: failed; logs: ok", "files"]]);
  assert.match(note!, /^tool calls: a call and its result stand in the transcript/);
  assert.deepEqual(differenceSheet(COMPARISON).rows, []);
});
