/**
 * What a tool call adds to the sums of its tool: how it ended, what it changed, and what became of
 * it where it was an edit.
 *
 * @module
 */

import {
  EDIT_FATES,
  isKept,
  isPermitted,
  outcomeOf,
  verdictOf,
} from "../../core/edit_verdict.ts";
import {
  CODE_COUNTS,
  DEED_COUNTS,
  TOOL_COUNTS,
  type Verdict,
} from "../../core/session_counts.ts";
import { REPORTED_OUTCOMES } from "../../core/tracking.ts";
import type { Words } from "../../core/words.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** Counts of one call by name. */
export type ToolCounts = Record<typeof TOOL_COUNTS[number], number>;

/** Outcomes of a call that was let run. */
const RAN: ReadonlySet<string> = new Set(["ok", "failed", "interrupted"]);
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
    const told = verdictOf(fact, fact.mode === null ? null : words.text(fact.mode));
    const reported = told === "unknown" ? reportedOf(fact) : undefined;
    const verdict = reported ?? told;
    counts[`edits_${verdict}`] = 1;
    if (reported === "accepted") counts.edits_accepted_by_report = 1;
    else if (verdict === "accepted" && fact.fate === EDIT_FATES.committed) {
      counts.edits_accepted_by_commit = 1;
    } else if (verdict === "accepted" && isPermitted(fact)) {
      counts.edits_accepted_by_permission = 1;
    } else if (verdict === "accepted" && isKept(fact)) counts.edits_accepted_by_review = 1;
  }
  return counts;
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
