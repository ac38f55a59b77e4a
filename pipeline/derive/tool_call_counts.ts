/**
 * What a tool call adds to the sums of its tool: how it ended, what it changed, and what became of
 * it where it was an edit.
 *
 * @module
 */

import {
  CODE_COUNTS,
  DEED_COUNTS,
  type Outcome,
  OUTCOMES,
  TOOL_COUNTS,
  type Verdict,
} from "../../core/session_counts.ts";
import { REPORTED_OUTCOMES } from "../../core/tracking.ts";
import type { Words } from "../../core/words.ts";
import { DECIDERS, HOOK, REVIEWS, type ToolCallFact } from "./tool_call_fact.ts";

/** Counts of one call by name. */
export type ToolCounts = Record<typeof TOOL_COUNTS[number], number>;

/** Modes in which an edit is made without asking anybody. */
const UNASKED_MODES: ReadonlySet<string> = new Set([
  "acceptEdits",
  "auto",
  "bypassPermissions",
  "dontAsk",
]);

const NOTHING = Object.fromEntries(TOOL_COUNTS.map((name) => [name, 0])) as ToolCounts;

/** What a call adds; `fact.tool` must be known. */
export function toolCounts(fact: ToolCallFact, words: Words): ToolCounts {
  const counts = { ...NOTHING, uses: fact.called };
  for (const name of CODE_COUNTS) counts[name] = fact[name];
  if (CODE_COUNTS.every((name) => fact[name] === 0) && outcomeOf(fact) === "ok") {
    counts.lines_added = fact.noted_added ?? 0;
    counts.lines_removed = fact.noted_removed ?? 0;
  }
  for (const name of DEED_COUNTS) counts[name] = fact[name];
  const outcome = outcomeOf(fact);
  if (outcome !== undefined) counts[outcome] = 1;
  counts.permission_asked = fact.asked;
  if (outcome !== undefined && RAN.has(outcome)) counts.permission_granted = fact.asked;
  if (fact.is_edit === 1) {
    const told = verdictOf(fact, words);
    const reported = told === "unknown" ? reportedOf(fact) : undefined;
    const verdict = reported ?? told;
    counts[`edits_${verdict}`] = 1;
    if (reported === "accepted") counts.edits_accepted_by_report = 1;
    else if (verdict === "accepted" && isPermitted(fact)) counts.edits_accepted_by_permission = 1;
    else if (verdict === "accepted" && isKept(fact)) counts.edits_accepted_by_review = 1;
  }
  return counts;
}

function outcomeOf({ outcome }: ToolCallFact): Outcome | undefined {
  return outcome === null ? undefined : OUTCOMES[outcome];
}

/** Outcomes of a call that was let run. */
const RAN: ReadonlySet<string> = new Set(["ok", "failed", "interrupted"]);

/** Whether a person is known to have let it run: a hook saw them asked, or the client says so. */
function isPermitted(fact: ToolCallFact): boolean {
  return fact.asked === 1 || fact.decided_by === DECIDERS.person;
}

/** Whether a person kept the change, when they saw it. */
function isKept(fact: ToolCallFact): boolean {
  return fact.reviewed === REVIEWS.accepted;
}

/**
 * What the assistant itself says of an edit: the weakest evidence, which counts only where no
 * trace tells anything. Of a call that failed or was refused the trace tells enough.
 */
function reportedOf(fact: ToolCallFact): Verdict | undefined {
  const outcome = outcomeOf(fact);
  if (fact.reported === null || outcome !== undefined && outcome !== "ok") return undefined;
  return REPORTED_OUTCOMES[fact.reported];
}

/**
 * What became of a proposed edit, as CONTRACT defines it. A mode that a transcript does not tell
 * is the default one, in which the client asks; a hook that tells none leaves it open.
 */
function verdictOf(fact: ToolCallFact, words: Words): Verdict {
  const outcome = outcomeOf(fact);
  if (outcome === "rejected" || fact.reviewed === REVIEWS.rejected) return "rejected";
  if (fact.called === 0) return isKept(fact) ? "accepted" : "unknown";
  if (outcome !== "ok") return "unknown";
  if (fact.user_modified === 1) return "modified";
  if (isPermitted(fact) || isKept(fact)) return "accepted";
  if (fact.decided_by === DECIDERS.policy) return "auto";
  if (fact.use_source === HOOK && fact.mode === null) return "unknown";
  const unasked = fact.mode !== null && UNASKED_MODES.has(words.text(fact.mode));
  return unasked || fact.headless === 1 ? "auto" : "accepted";
}
