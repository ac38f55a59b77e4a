/**
 * How the assistants are used: when, with what, how prompts and files are worked on, and at what
 * pace. `metrics --json` has it of a period, `analyze --json` of a session.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type ActiveDays, activeDaysOf } from "./active_days.ts";
import { type PromptSizes, promptSizes } from "./prompt_sizes.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import type { PeriodTotals } from "./metrics_report.ts";
import { sessionConditions } from "./sums.ts";
import { type Pace, paceOf } from "./usage/pace.ts";
import { phasesOf, type PhaseUses } from "./usage/phases.ts";
import { readSequences, type ToolSequence } from "./usage/sequences.ts";
import { readSessionUsage, type SessionShares } from "./usage/session_shares.ts";
import { readWorkflows, type Workflow } from "./usage/workflows.ts";
import type { ContextParts } from "./context_report.ts";
import { readUsageHours, type UsageQuery, type UsageSums } from "./usage_sums.ts";

/** What models were used. */
export interface ModelShares {
  /** The one with most responses. */
  readonly preferred: string | null;
  /** Shares of the responses. */
  readonly shares: Readonly<Record<string, number>>;
  /** How often a response of the main thread had another model than the one before. */
  readonly switches: number;
  readonly switches_per_session: number | null;
  readonly fast_share: number | null;
}

/** What was done, as shares of all of it. */
export interface OperationShares {
  readonly prompts: number;
  readonly commands: number;
  readonly responses: number;
  readonly tool_calls: number;
}

/** How files were worked on. */
export interface FileWork {
  /** Lines added, those of new files too, less those removed. */
  readonly lines_net: number | null;
  /** Edits that ran and name their file. */
  readonly edits: number;
  readonly edits_per_file: number | null;
  /** Files that edits made, of all that they changed. */
  readonly new_share: number | null;
  /** Edits of a file that one had changed within five minutes before. */
  readonly iteration: Rate | null;
  /** Files that were read before their first edit. */
  readonly read_first: Rate | null;
  /** Files that a session edited three times or more, of those that it edited. */
  readonly churned: Rate | null;
}

/** How tools were used. */
export interface ToolWork {
  /** From 0 for one tool alone to 1 for all equally often; null below two. */
  readonly diversity: number | null;
  /** Calls that follow a failed one of the same tool and file. */
  readonly retry: Rate | null;
  /** Retries that went well. */
  readonly recovery: Rate | null;
  readonly sequences: readonly ToolSequence[];
  /** Of the sequences to those of the period before, from 0 to 1. */
  readonly similarity: number | null;
}

/** The section. */
export interface UsageReport extends ActiveDays, SessionShares {
  /** What people typed, responses and tool calls. */
  readonly operations: number;
  /** Shares of what people typed to the model, of other commands, of responses and calls. */
  readonly operation_shares: OperationShares | null;
  readonly sessions_per_active_day: number | null;
  /** How sessions began or went on, as hooks tell it; null without one. */
  readonly session_sources: Readonly<Record<string, number>> | null;
  readonly models: ModelShares;
  readonly prompts: PromptSizes;
  readonly files: FileWork;
  readonly tools: ToolWork;
  readonly pace: Pace;
  readonly phases: PhaseUses;
  readonly workflows: readonly Workflow[];
}

/** The usage of a period; null where a model is asked for, as nothing of it is told by model. */
export function readUsage(
  db: Database,
  query: UsageQuery,
  { totals, usage: sums }: Pick<ContextParts, "totals" | "usage">,
  words: ReadonlyMap<number, string>,
): UsageReport | null {
  if (query.filter.model !== undefined) return null;
  const days = activeDaysOf(
    readUsageHours(db, query),
    Math.min(query.now, query.period.to - 1),
  );
  const { shares, files_edited, files_churned } = readSessionUsage(db, query, words);
  return {
    operations: sums.operations,
    operation_shares: operationSharesOf(totals),
    ...days,
    sessions_per_active_day: ratio(totals.sessions, days.active_days),
    ...shares,
    session_sources: readSources(db, query, words),
    models: modelsOf(totals, sums),
    prompts: promptSizes(db, query, sums),
    files: filesOf(totals, sums, wilsonRate(files_churned, files_edited)),
    tools: {
      diversity: diversityOf(Object.values(totals.tool_uses_by_name ?? {})),
      retry: wilsonRate(sums.retries, sums.calls_ok + sums.calls_failed),
      recovery: wilsonRate(sums.retries_ok, sums.retries),
      ...readSequences(db, query, words),
    },
    pace: paceOf(totals, sums, days.active_days),
    phases: phasesOf(sums),
    workflows: readWorkflows(db, query),
  };
}

function operationSharesOf(totals: PeriodTotals): OperationShares | null {
  const counts = {
    prompts: (totals.user_prompts ?? 0) + (totals.queued_prompts ?? 0),
    commands: (totals.slash_commands ?? 0) + (totals.bash_inputs ?? 0),
    responses: totals.assistant_messages ?? 0,
    tool_calls: totals.tool_uses ?? 0,
  };
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  return {
    prompts: ratio(counts.prompts, all)!,
    commands: ratio(counts.commands, all)!,
    responses: ratio(counts.responses, all)!,
    tool_calls: ratio(counts.tool_calls, all)!,
  };
}

function readSources(
  db: Database,
  { period, filter }: UsageQuery,
  words: ReadonlyMap<number, string>,
): Record<string, number> | null {
  const { sql, parameters } = sessionConditions(filter);
  const rows = prepareArrays(
    db,
    `select x.source, count(*) from session_starts x join sessions s on s.id = x.session
     where x.at >= ? and x.at < ?${sql} group by 1`,
  ).all(period.from ?? 0, period.to, ...parameters) as unknown as [number, number][];
  if (rows.length === 0) return null;
  const named = rows.map(([source, count]) => [words.get(source) ?? "other", count] as const);
  return Object.fromEntries(named.sort(([a], [b]) => a < b ? -1 : 1));
}

function modelsOf(totals: PeriodTotals, sums: UsageSums): ModelShares {
  const models = Object.entries(totals.tokens_by_model ?? {}).sort(([a, one], [b, other]) =>
    other.messages - one.messages || (a < b ? -1 : 1)
  );
  const sum = (of: typeof models, name: "messages" | "fast_messages") =>
    of.reduce((all, [, counts]) => all + counts[name], 0);
  const all = sum(models, "messages");
  // Fast mode stands in the usage: of what keeps none, nothing is known.
  const told = models.filter(([, { input }]) => input !== null);
  return {
    preferred: models[0]?.[0] ?? null,
    shares: Object.fromEntries(
      models.map(([name, { messages }]) => [name, ratio(messages, all) ?? 0]),
    ),
    switches: sums.model_switches,
    switches_per_session: ratio(sums.model_switches, totals.sessions),
    fast_share: ratio(sum(told, "fast_messages"), sum(told, "messages")),
  };
}

function filesOf(totals: PeriodTotals, sums: UsageSums, churned: Rate | null): FileWork {
  const { lines_added, lines_removed, created_file_lines, files_created } = totals;
  const net = lines_added === null
    ? null
    : lines_added + (created_file_lines ?? 0) - (lines_removed ?? 0);
  const files = totals.files_touched ?? 0;
  return {
    lines_net: net,
    edits: sums.edits,
    edits_per_file: ratio(sums.edits, files),
    new_share: files === 0 ? null : Math.min(1, ratio(files_created ?? 0, files)!),
    iteration: wilsonRate(sums.edits_again, sums.edits),
    read_first: wilsonRate(sums.files_read_first, sums.files_edited),
    churned,
  };
}

/** Entropy of the calls by tool, as a share of the greatest that so many tools can have. */
function diversityOf(counts: readonly number[]): number | null {
  if (counts.length < 2) return null;
  const all = counts.reduce((sum, count) => sum + count, 0);
  const entropy = counts.reduce((sum, count) => sum - count / all * Math.log(count / all), 0);
  return Math.round(entropy / Math.log(counts.length) * 1e6) / 1e6;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round(part / whole * 1e6) / 1e6;
}
