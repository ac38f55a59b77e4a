/**
 * What became of the work that a response asked for: by that its cost is told.
 *
 * @module
 */

import { TOOL_COUNTS } from "./session_counts.ts";

/**
 * What became of a call. An edit that ran, or that a person refused, is told by its verdict;
 * every other call by how it ended. `refused_by_rule` holds what a mode refused, too: no client
 * tells the two apart.
 */
export const FATES = [
  "edits_accepted",
  "edits_auto",
  "edits_rejected",
  "edits_modified",
  "edits_undone",
  "edits_unknown",
  "calls_ok",
  "calls_failed",
  "refused_by_person",
  "refused_by_rule",
  "refused_by_hook",
  "interrupted",
  "cancelled",
  "unfinished",
] as const;

/** One of {@linkcode FATES}. */
export type Fate = typeof FATES[number];

/**
 * To what the cost of a response can go: to calls, to a response that made none (`talk`), or to
 * what nothing tells of, as it was read before calls were told with their response (`unlinked`).
 */
export const COST_PARTS = [...FATES, "talk", "unlinked"] as const;

/** One of {@linkcode COST_PARTS}. */
export type CostPart = typeof COST_PARTS[number];

/** What a person refused, of edits and of other calls. */
export const REJECTED_FATES = ["edits_rejected", "refused_by_person"] as const;

/** What nobody has anything of. */
export const WASTED_FATES = [...REJECTED_FATES, "calls_failed", "edits_undone"] as const;

/**
 * What a call's share of its response adds: its cost in millionths of a dollar, its input and
 * output tokens; and where a cost is known 1, and the lines that the edit added, those of a new
 * file among them.
 */
export const SHARE_COUNTS = [
  ...COST_PARTS.map((part) => `cost_${part}` as const),
  "tokens_rejected",
  "tokens_failed",
  "priced_calls",
  "lines_accepted",
  "lines_auto",
] as const;

/** What is summed by kind of call, in the order of the columns of `call_sums`. */
export const CALL_COUNTS = [...TOOL_COUNTS, ...SHARE_COUNTS] as const;
