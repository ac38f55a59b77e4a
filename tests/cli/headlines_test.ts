/** Tests of the rows of headline numbers. */

import { deepEqual, equal, match } from "node:assert/strict";
import {
  changeLook,
  headlineNotes,
  headlineRows,
  priceNote,
  stateRows,
  unknownNote,
} from "../../cli/headlines.ts";
import type { Paint } from "../../cli/table.ts";

function row(title: string, numbers: Record<string, number | null>) {
  return headlineRows(numbers).find(([name]) => name === title);
}

Deno.test("headlineRows() shows value and change, each as it is read", () => {
  deepEqual(row("cost", { cost_usd: 1.5, change_cost_usd: -0.25 }), [
    "cost",
    "$1.50",
    "▼ $0.25",
  ]);
  deepEqual(row("prompts", { user_prompts: 12_345, change_user_prompts: 0 }), [
    "prompts",
    "12.3k",
    "=",
  ]);
  const rate = { error_rate: 0.25, error_n: 8, change_error_rate: 0.0521 };
  deepEqual(row("failed tool calls", rate), ["failed tool calls", "25.0 % of 8", "▲ 5.2 pt"]);
});

Deno.test("headlineRows() has a dash for what is not known, null or absent", () => {
  for (const numbers of [{}, { sessions: null, change_sessions: null, error_rate: null }]) {
    equal(headlineRows(numbers).flat().filter((text) => text === "–").length, 2 * 19);
  }
});

Deno.test("stateRows() tells where the time went, each with its change", () => {
  const rows = stateRows({
    time_model_ms: 120_000,
    change_time_model_ms: 60_000,
    concurrency_most: 3,
    response_ms_p50: 1500,
    response_ms_p95: 4000,
    first_call_ms_p50: 12_000,
    first_call_ms_p95: 30_000,
  });

  deepEqual(rows.slice(0, 4), [
    ["time to the first response", "1.5 s, p95 4.0 s", "–"],
    ["time to the first call", "12 s, p95 30 s", "–"],
    ["time to the next prompt", "–", "–"],
    ["model at work", "2 min", "▲ 1 min"],
  ]);
  deepEqual(rows.at(-1), ["most sessions at once", "3", "–"]);
});

Deno.test("headlineRows() marks what is a lower bound", () => {
  const numbers = { cost_usd: 1, tokens_output: 2, tokens_input: 3 };
  const marked = { ...numbers, cost_is_lower_bound: 1, output_is_lower_bound: 1 };
  deepEqual(row("cost", marked)?.[1], "≥$1.00");
  deepEqual(row("output tokens", marked)?.[1], "≥2");
  deepEqual(row("input tokens", marked)?.[1], "3");
  deepEqual(row("cost", { ...numbers, cost_is_lower_bound: 0 })?.[1], "$1.00");
  deepEqual(
    row("cost", { ...numbers, cost_is_lower_bound: 0, cost_coverage: 0.5 })?.[1],
    "≥$1.00",
  );
});

Deno.test("priceNote() says what share of the tokens has a price, unless it is all", () => {
  const note = "cost covers 50.0 % of the tokens; the other models have no price";
  equal(priceNote({ cost_coverage: 0.5 }), note);
  equal(priceNote({ cost_coverage: 0.99999 }), note.replace("50.0 %", "over 99.9 %"));
  for (const numbers of [{ cost_coverage: 1 }, { cost_coverage: null }, {}]) {
    equal(priceNote(numbers), "");
  }
});

Deno.test("unknownNote() says of how many sessions no tokens are kept, unless of none", () => {
  const numbers = { sessions_without_tokens: 3, sessions: 5 };
  const note = "tokens and cost are not kept in 3 of 5 sessions; they are in no sum";

  equal(unknownNote(numbers), note);
  deepEqual([unknownNote({ sessions_without_tokens: 0 }), unknownNote({})], ["", ""]);
  match(unknownNote({ sessions_without_tokens: 1 }), / kept in 1 session; they/);
  match(unknownNote({ sessions_without_tokens: 2 }), / kept in 2 sessions; they/);
});

Deno.test("headlineNotes() lists what is to be said, and nothing else", () => {
  deepEqual(headlineNotes({ cost_coverage: 1, sessions: 5 }), []);
  equal(headlineNotes({ cost_coverage: 0.5, sessions_without_tokens: 1 }).length, 2);
});

Deno.test("changeLook() paints changes that are better or worse, and no others", () => {
  const paint = { green: (text: string) => `g${text}`, red: (text: string) => `r${text}` };
  const look = changeLook(paint as Paint);
  const rows = headlineRows({}).map(([name]) => name);
  const of = (name: string, cell: string) => look(cell, rows.indexOf(name));
  equal(of("cost", "▲ $1.00"), "r▲ $1.00");
  equal(of("cost", "▼ $1.00"), "g▼ $1.00");
  equal(of("edits accepted", "▲ 1.0 pt"), "g▲ 1.0 pt");
  equal(of("prompts", "▲ 3"), "▲ 3");
  equal(of("cost", "="), "=");
  equal(of("time of a turn", "–"), "–");
});
