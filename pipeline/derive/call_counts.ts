/**
 * What a tool call adds to the sums of its kind beside what `tool_call_counts.ts` says of it: its
 * share of the response that asked for it, by what became of it.
 *
 * @module
 */

import { type CALL_COUNTS, type Fate, REJECTED_FATES } from "../../core/fates.ts";
import type { ResponseFact } from "./response_fact.ts";
import type { ToolCounts } from "./tool_call_counts.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** What is added to the sums of a kind; what is left out is 0. */
export type CallCounts = Partial<Record<typeof CALL_COUNTS[number], number>>;

/** Verdicts that say what became of an edit; of one that is unknown, its outcome does. */
const VERDICT_FATES = [
  "edits_accepted",
  "edits_auto",
  "edits_rejected",
  "edits_modified",
  "edits_undone",
] as const;
const OUTCOME_FATES = [
  ["failed", "calls_failed"],
  ["rejected", "refused_by_person"],
  ["permission_denied", "refused_by_rule"],
  ["hook_blocked", "refused_by_hook"],
  ["interrupted", "interrupted"],
  ["cancelled_sibling", "cancelled"],
] as const;
const REJECTED: ReadonlySet<string> = new Set(REJECTED_FATES);

/** What became of a call, by its counts. */
export function fateOf(counts: ToolCounts): Fate {
  const verdict = VERDICT_FATES.find((name) => counts[name] === 1);
  if (verdict !== undefined) return verdict;
  const ended = OUTCOME_FATES.find(([outcome]) => counts[outcome] === 1);
  if (ended !== undefined) return ended[1];
  if (counts.ok === 0) return "unfinished";
  return counts.edits_unknown === 1 ? "edits_unknown" : "calls_ok";
}

/** What a call's share adds where its response stands; undefined where that is not known. */
export function shareCounts(fact: ToolCallFact, counts: ToolCounts): CallCounts | undefined {
  if (fact.share_session === null) return undefined;
  const fate = fateOf(counts), tokens = fact.share_tokens ?? 0;
  const spent = {
    tokens_rejected: REJECTED.has(fate) ? tokens : 0,
    tokens_failed: fate === "calls_failed" ? tokens : 0,
  };
  if (fact.share_micros === null) return spent;
  const lines = counts.lines_added + counts.created_file_lines;
  return {
    ...spent,
    [`cost_${fate}`]: fact.share_micros,
    priced_calls: 1,
    lines_accepted: fate === "edits_accepted" ? lines : 0,
    lines_auto: fate === "edits_auto" ? lines : 0,
  };
}

/** What a response adds that made no call; undefined where it made one, or has no price. */
export function talkCounts({ calls, calls_told, cost }: ResponseFact): CallCounts | undefined {
  if (calls > 0 || !cost) return undefined;
  return calls_told === 1 ? { cost_talk: cost } : { cost_unlinked: cost };
}
