/**
 * Totals under the names of CONTRACT, made of sums: the same for a session and for a period.
 *
 * @module
 */

import { CODE_COUNTS, type InputName, MODEL_COUNTS, OUTCOMES } from "../session_counts.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import type { Counts, Sums } from "./sums.ts";

/** Tokens by kind. */
export interface Tokens {
  readonly input: number | null;
  readonly output: number | null;
  readonly cache_read: number | null;
  readonly cache_creation: number | null;
}

/** Everything that can be added up; null where it is not known. */
export interface Totals extends Record<InputName, number | null> {
  readonly assistant_messages: number | null;
  readonly tool_uses: number | null;
  readonly tool_uses_by_name: Record<string, number> | null;
  readonly tool_results_by_kind: Record<string, number> | null;
  readonly tool_errors_by_name: Record<string, number> | null;
  readonly rejections_by_name: Record<string, number> | null;
  readonly tokens: Tokens;
  readonly tokens_by_model: Record<string, Counts<typeof MODEL_COUNTS[number]>> | null;
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly files_created: number | null;
  readonly created_file_lines: number | null;
  readonly duration_ms: number | null;
  readonly active_ms: number | null;
  readonly files_touched: number | null;
  readonly file_extensions: Record<string, number> | null;
  readonly cost_usd: number | null;
}

/** Shares of a period or session. */
export interface Rates {
  readonly acceptance: Rate | null;
  readonly kept: Rate | null;
  readonly rejection: Rate | null;
  readonly error: Rate | null;
  readonly interruption: Rate | null;
  readonly cache_hit: Rate | null;
}

const TOKEN_KINDS = ["input", "output", "cache_read", "cache_creation"] as const;

/** Promised names that nothing counts yet. */
const NOT_COUNTED_YET = {
  duration_ms: null,
  active_ms: null,
  files_touched: null,
  file_extensions: null,
  cost_usd: null,
} as const;

/** Totals of sums. */
export function totalsOf({ models, tools, inputs }: Sums): Totals {
  const token = (kind: typeof TOKEN_KINDS[number]) =>
    models && models.values().reduce((sum, counts) => sum + counts[kind], 0);
  const byTool = tools && [...tools];
  const code = CODE_COUNTS.map((name) => [
    name,
    byTool && byTool.reduce((sum, [, counts]) => sum + counts[name], 0),
  ]);
  return {
    ...(inputs ?? unknownInputs()),
    assistant_messages: models &&
      models.values().reduce((sum, { messages }) => sum + messages, 0),
    tool_uses: byTool && byTool.reduce((sum, [, { uses }]) => sum + uses, 0),
    tool_uses_by_name: byTool && present(byTool.map(([name, { uses }]) => [name, uses])),
    tool_results_by_kind: byTool && Object.fromEntries(OUTCOMES.map((outcome) => [
      outcome,
      byTool.reduce((sum, [, counts]) => sum + counts[outcome], 0),
    ])),
    tool_errors_by_name: byTool && present(byTool.map(([name, counts]) => [
      name,
      OUTCOMES.reduce((sum, outcome) => sum + (outcome === "ok" ? 0 : counts[outcome]), 0),
    ])),
    rejections_by_name: byTool && present(byTool.map(([name, { rejected }]) => [name, rejected])),
    tokens: Object.fromEntries(
      TOKEN_KINDS.map((kind) => [kind, token(kind)]),
    ) as unknown as Tokens,
    tokens_by_model: models && Object.fromEntries(models),
    ...Object.fromEntries(code) as Pick<Totals, typeof CODE_COUNTS[number]>,
    ...NOT_COUNTED_YET,
  };
}

/**
 * Rates of totals. `error` is failed ÷ finished calls: what a person refused or interrupted is no
 * error. `rejection` is refused ÷ (finished + refused), `interruption` is interruptions ÷ prompts,
 * `cache_hit` is cache reads ÷ all input tokens.
 */
export function ratesOf(totals: Totals): Rates {
  const kinds = totals.tool_results_by_kind;
  const failed = kinds?.failed ?? 0, rejected = kinds?.rejected ?? 0;
  const finished = (kinds?.ok ?? 0) + failed;
  const { input, cache_read, cache_creation } = totals.tokens;
  const prompts = (totals.user_prompts ?? 0) + (totals.queued_prompts ?? 0);
  return {
    acceptance: null,
    kept: null,
    rejection: wilsonRate(rejected, finished + rejected),
    error: wilsonRate(failed, finished),
    interruption: wilsonRate(Math.min(totals.interruptions ?? 0, prompts), prompts),
    cache_hit: wilsonRate(
      cache_read ?? 0,
      (input ?? 0) + (cache_read ?? 0) + (cache_creation ?? 0),
    ),
  };
}

/** Whether output is a lower bound: some message had no stop reason on any line. */
export function isOutputOpen({ tokens_by_model }: Totals): boolean {
  return Object.values(tokens_by_model ?? {})
    .some((counts) => counts.messages_without_stop_reason > 0);
}

function unknownInputs(): Record<InputName, null> {
  return {
    user_prompts: null,
    queued_prompts: null,
    slash_commands: null,
    bash_inputs: null,
    subagent_prompts: null,
    interruptions: null,
    compactions: null,
  };
}

/** Names with a count, the greatest first. */
function present(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(
    pairs.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a),
  );
}
