/**
 * Totals under the names of CONTRACT, made of sums: the same for a session and for a period.
 *
 * @module
 */

import { type InputName, MODEL_COUNTS, OUTCOMES, type TOOL_COUNTS } from "../session_counts.ts";
import { type Acceptance, acceptanceOf, acceptanceRate, keptRate } from "./acceptance.ts";
import { cacheSavingOf } from "./cache_saving.ts";
import { changedCodeOf, untoldCode } from "./changed_code.ts";
import { type Cost, costOf, NOT_KNOWN } from "./cost.ts";
import { withoutOff } from "./off.ts";
import { type OutcomeCost, outcomeCostOf } from "./outcome_cost.ts";
import type { ReviewedHunks } from "./own_counts.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { type Counts, countsOf, type Sums } from "./sums.ts";
import { type Unknowns, unknownsOf } from "./unknown.ts";

/** Tokens by kind. */
export interface Tokens {
  readonly input: number | null;
  readonly output: number | null;
  readonly cache_read: number | null;
  readonly cache_creation: number | null;
}

/** What a client estimates and does not know: in no other number. */
export interface Estimated {
  readonly input: number;
  readonly output: number;
  readonly cost_usd: number | null;
}

type ModelCount = typeof MODEL_COUNTS[number];

/** What of a model's counts is told another way, or not at all. */
type NotTold =
  | "cost_micros"
  | "priced_tokens"
  | "thinking"
  | "messages_without_tokens"
  | "estimated_input"
  | "estimated_output"
  | "cache_read_saved_micros"
  | "cache_write_extra_micros";

/** What one model was used for and cost; null where it is not known. */
export type ModelTotals =
  & Omit<Counts<ModelCount>, NotTold | typeof UNKEPT[number]>
  & Record<typeof UNKEPT[number], number | null>
  & {
    readonly thinking: number | null;
    readonly cost_usd: number | null;
    readonly cache_saved_usd: number | null;
  };

/** Everything that can be added up; null where it is not known. */
export interface Totals extends Record<InputName, number | null>, Cost, OutcomeCost {
  readonly assistant_messages: number | null;
  readonly tool_uses: number | null;
  readonly tool_uses_by_name: Record<string, number> | null;
  readonly tool_results_by_kind: Record<string, number> | null;
  readonly tool_errors_by_name: Record<string, number> | null;
  readonly rejections_by_name: Record<string, number> | null;
  readonly tokens: Tokens;
  readonly tokens_by_model: Record<string, ModelTotals> | null;
  /** Part of the output tokens; null where no client told it. */
  readonly thinking_tokens: number | null;
  readonly web_searches: number | null;
  /** What the cache saved in all, less than 0 where writing to it cost more. */
  readonly cache_saved_usd: number | null;
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly files_created: number | null;
  readonly created_file_lines: number | null;
  readonly git_commits: number | null;
  readonly git_pushes: number | null;
  readonly pull_requests: number | null;
  readonly tool_errors_by_class: Record<string, number> | null;
  /** Null where no hook told of one: without hooks it cannot be seen. */
  readonly permission_requests: number | null;
  readonly permissions_granted: number | null;
  /** Null where no client told behind what one types. */
  readonly rewound_turns: number | null;
  readonly subagents: number | null;
  readonly duration_ms: number | null;
  readonly active_ms: number | null;
  readonly files_touched: number | null;
  readonly file_extensions: Record<string, number> | null;
  readonly acceptance: Acceptance;
  /** Null where no client told of any. */
  readonly reviewed_hunks: ReviewedHunks | null;
  /** Null where no client estimates. */
  readonly estimated: Estimated | null;
  /** Why numbers are null, or leave something out. */
  readonly unknown: Unknowns;
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

const ERRORS = OUTCOMES.filter((outcome) => outcome !== "ok");
const SUMMED = ["git_commits", "git_pushes", "pull_requests"] as const;
const TOKEN_KINDS = ["input", "output", "cache_read", "cache_creation"] as const;
/** Counts of a model that rest on its tokens. */
const UNKEPT = [
  ...TOKEN_KINDS,
  "cache_creation_5m",
  "cache_creation_1h",
  "cache_creation_unsplit",
] as const;

/** Totals of sums. */
export function totalsOf(sums: Sums): Totals {
  const { models, tools, inputs, errors, activity, agents } = sums;
  const counts = tools && [...tools.values()];
  const { unknown, isNothingKnown } = unknownsOf(models?.values() ?? [], sums.untold);
  const searches = counts?.reduce((sum, { web_searches }) => sum + web_searches, 0) ?? 0;
  const cost = {
    ...costOf(models ? models.values() : [], searches),
    ...(models ? {} : { cost_usd: null, cost_is_lower_bound: null }),
    ...(isNothingKnown && searches === 0 ? NOT_KNOWN : {}),
  };
  const code = changedCodeOf(tools);
  const areTokensKnown = models !== null && !isNothingKnown;
  const totals = {
    ...(inputs ? withoutUnseen(inputs) : unknownInputs()),
    ...modelTotals(sums, isNothingKnown),
    ...toolTotals(tools),
    ...code,
    web_searches: models && counts && searches +
        models.values().reduce((sum, { web_searches }) => sum + web_searches, 0),
    tool_errors_by_class: errors && present(errors, itself),
    rewound_turns: sums.rewound,
    subagents: agents,
    duration_ms: activity && activity.durationMs,
    active_ms: activity && activity.activeMs,
    files_touched: activity && activity.files.values().reduce((sum, count) => sum + count, 0),
    file_extensions: activity && present(activity.files, itself),
    acceptance: acceptanceOf(counts),
    ...cost,
    ...outcomeCostOf(sums.shares, { cost_usd: cost.cost_usd, searches, areTokensKnown }),
    reviewed_hunks: sums.hunks,
    estimated: estimatedOf(sums),
    unknown: { ...unknown, ...(tools === null ? {} : untoldCode(code)) },
  };
  return withoutOff(totals, sums.off ?? []);
}

function estimatedOf({ models, estimatedMicros }: Sums): Estimated | null {
  const sum = (name: "estimated_input" | "estimated_output") =>
    models?.values().reduce((all, counts) => all + counts[name], 0) ?? 0;
  const input = sum("estimated_input"), output = sum("estimated_output");
  if (input + output === 0 && estimatedMicros === null) return null;
  return { input, output, cost_usd: estimatedMicros === null ? null : estimatedMicros / 1e6 };
}

function modelTotals({ models, searches }: Sums, isNothingKnown: boolean) {
  const sum = (name: typeof MODEL_COUNTS[number]) =>
    models && models.values().reduce((all, counts) => all + counts[name], 0);
  return {
    assistant_messages: sum("messages"),
    tokens: Object.fromEntries(
      TOKEN_KINDS.map((kind) => [kind, isNothingKnown ? null : sum(kind)]),
    ) as unknown as Tokens,
    tokens_by_model: models && byModel(models, searches),
    thinking_tokens: sum("thinking") || null,
    cache_saved_usd: models && (cacheSavingOf(models.values())?.saved_usd ?? null),
  };
}

/** A search may end in a period in which its response does not stand. */
function byModel(
  models: NonNullable<Sums["models"]>,
  searches: NonNullable<Sums["searches"]> = new Map(),
): Record<string, ModelTotals> {
  const names = new Set([...models.keys(), ...searches.keys()]);
  return Object.fromEntries(
    names.values().map((name) => {
      const counts = models.get(name) ?? countsOf(MODEL_COUNTS, []);
      return [name, ofModel(counts, searches.get(name) ?? 0)];
    }),
  );
}

/** Of one model, with the searches beside its responses. */
function ofModel(counts: Counts<ModelCount>, searches: number): ModelTotals {
  const { messages, messages_without_stop_reason, web_searches, fast_messages } = counts;
  const isUntold = messages > 0 && counts.messages_without_tokens === messages;
  const kept = UNKEPT.map((name) => [name, isUntold ? null : counts[name]]);
  return {
    messages,
    messages_without_stop_reason,
    ...Object.fromEntries(kept) as Record<typeof UNKEPT[number], number | null>,
    thinking: counts.thinking || null,
    web_searches: web_searches + searches,
    fast_messages,
    cost_usd: costOf([counts], searches).cost_usd,
    cache_saved_usd: cacheSavingOf([counts])?.saved_usd ?? null,
  };
}

function toolTotals(tools: Sums["tools"]) {
  const counts = tools && [...tools.values()];
  const sum = (name: typeof TOOL_COUNTS[number]) =>
    counts && counts.reduce((all, each) => all + each[name], 0);
  const byName = (of: (counts: Counts<typeof TOOL_COUNTS[number]>) => number) =>
    tools && present(tools, of);
  const asked = sum("permission_asked") || null;
  return {
    tool_uses: sum("uses"),
    tool_uses_by_name: byName(({ uses }) => uses),
    tool_results_by_kind: tools &&
      Object.fromEntries(OUTCOMES.map((outcome) => [outcome, sum(outcome)!])),
    tool_errors_by_name: byName((each) => ERRORS.reduce((all, name) => all + each[name], 0)),
    rejections_by_name: byName(({ rejected }) => rejected),
    permission_requests: asked,
    permissions_granted: asked && sum("permission_granted"),
    ...Object.fromEntries(SUMMED.map((name) => [name, sum(name)])) as Record<
      typeof SUMMED[number],
      number | null
    >,
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
    acceptance: acceptanceRate(totals.acceptance),
    kept: keptRate(totals.acceptance),
    rejection: wilsonRate(rejected, finished + rejected),
    error: wilsonRate(failed, finished),
    interruption: wilsonRate(Math.min(totals.interruptions ?? 0, prompts), prompts),
    cache_hit: wilsonRate(
      cache_read ?? 0,
      (input ?? 0) + (cache_read ?? 0) + (cache_creation ?? 0),
    ),
  };
}

/** Of what only some clients tell nothing is known until one does. */
function withoutUnseen(inputs: Counts<InputName>): Record<InputName, number | null> {
  const { api_errors, inline_prompts } = inputs;
  return { ...inputs, api_errors: api_errors || null, inline_prompts: inline_prompts || null };
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
    clears: null,
    api_errors: null,
    inline_prompts: null,
  };
}

/** Names with a count, the greatest first. */
function present<T>(
  named: ReadonlyMap<string, T>,
  countOf: (of: T) => number,
): Record<string, number> {
  const pairs: [string, number][] = [];
  for (const [name, of] of named) {
    const count = countOf(of);
    if (count > 0) pairs.push([name, count]);
  }
  return Object.fromEntries(pairs.sort(([, a], [, b]) => b - a));
}

function itself(count: number): number {
  return count;
}
