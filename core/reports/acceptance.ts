/**
 * What became of the edits that the assistant proposed, as CONTRACT defines it.
 *
 * @module
 */

import type { TOOL_COUNTS, Verdict } from "../session_counts.ts";
import { VERDICTS } from "../session_counts.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import type { Counts } from "./sums.ts";

/** Edits by verdict; null where it is not known. */
export interface Acceptance extends Record<Verdict, number | null> {
  /** Accepted ÷ (accepted + rejected + modified + undone); null without any. */
  readonly rate: number | null;
  /** The strongest trace of each accepted edit: report < ran < permission < review. */
  readonly evidence: Readonly<Record<string, number>>;
}

/** The verdicts of tools' counts. */
export function acceptanceOf(
  tools: readonly Counts<typeof TOOL_COUNTS[number]>[] | null,
): Acceptance {
  if (!tools) return { ...unknownVerdicts(), rate: null, evidence: {} };
  const verdicts = Object.fromEntries(VERDICTS.map((verdict) => [
    verdict,
    tools.reduce((sum, counts) => sum + counts[`edits_${verdict}`], 0),
  ])) as Record<Verdict, number>;
  const permission = tools.reduce((sum, c) => sum + c.edits_accepted_by_permission, 0);
  const committed = tools.reduce((sum, c) => sum + c.edits_accepted_by_commit, 0);
  const review = tools.reduce((sum, c) => sum + c.edits_accepted_by_review, 0);
  const report = tools.reduce((sum, c) => sum + c.edits_accepted_by_report, 0);
  return {
    ...verdicts,
    rate: acceptanceRate(verdicts)?.value ?? null,
    evidence: present({
      report,
      ran: verdicts.accepted - report - permission - review - committed,
      permission,
      review,
      committed,
    }),
  };
}

/** The share of edits that a person let stand, of those that a person saw. */
export function acceptanceRate(
  { accepted, rejected, modified, undone }: Record<Verdict, number | null>,
): Rate | null {
  const of = (accepted ?? 0) + (rejected ?? 0) + (modified ?? 0) + (undone ?? 0);
  return wilsonRate(accepted ?? 0, of);
}

/** The share of edits that stand, of all whose fate is known. */
export function keptRate(verdicts: Record<Verdict, number | null>): Rate | null {
  const { accepted, auto } = verdicts;
  const known = VERDICTS.filter((verdict) => verdict !== "unknown");
  const of = known.reduce((sum, verdict) => sum + (verdicts[verdict] ?? 0), 0);
  return wilsonRate((accepted ?? 0) + (auto ?? 0), of);
}

function unknownVerdicts(): Record<Verdict, null> {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, null])) as Record<Verdict, null>;
}

function present(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
