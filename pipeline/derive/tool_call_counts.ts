/**
 * What a tool call adds to the sums of its tool: how it ended, what it changed, and what became of
 * it where it was an edit.
 *
 * @module
 */

import { type EVIDENCE, judgementOf, outcomeOf } from "../../core/edit_verdict.ts";
import { CODE_COUNTS, DEED_COUNTS, TOOL_COUNTS } from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** Counts of one call by name. */
export type ToolCounts = Record<typeof TOOL_COUNTS[number], number>;

/** Outcomes of a call that was let run. */
const RAN: ReadonlySet<string> = new Set(["ok", "failed", "interrupted"]);
/** What counts accepted edits by their evidence; of the rest one knows that they ran. */
const ACCEPTED_BY: Readonly<
  Partial<Record<typeof EVIDENCE[number], typeof TOOL_COUNTS[number]>>
> = {
  report: "edits_accepted_by_report",
  permission: "edits_accepted_by_permission",
  review: "edits_accepted_by_review",
  committed: "edits_accepted_by_commit",
};
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
    const mode = fact.mode === null ? null : words.text(fact.mode);
    const { verdict, evidence } = judgementOf(fact, mode);
    counts[`edits_${verdict}`] = 1;
    if (verdict === "accepted" && evidence !== null) {
      const count = ACCEPTED_BY[evidence];
      if (count !== undefined) counts[count] = 1;
    }
  }
  return counts;
}
