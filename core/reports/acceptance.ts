/**
 * What became of the edits that the assistant proposed, as CONTRACT defines it.
 *
 * @module
 */

import type { Verdict } from "../session_counts.ts";
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

const COLUMNS = byVerdict((verdict) => `edits_${verdict}` as const);
/** What of a tool's counts tells it. */
export const ACCEPTANCE_COUNTS = [
  ...Object.values(COLUMNS),
  "edits_accepted_by_permission",
  "edits_accepted_by_commit",
  "edits_accepted_by_review",
  "edits_accepted_by_report",
] as const;

const NO_EDITS = byVerdict(() => 0);
const UNKNOWN = byVerdict(() => null);
const KNOWN = VERDICTS.filter((verdict) => verdict !== "unknown");

/** The verdicts of tools' counts. */
export function acceptanceOf(
  tools: readonly Counts<typeof ACCEPTANCE_COUNTS[number]>[] | null,
): Acceptance {
  if (!tools) return { ...UNKNOWN, rate: null, evidence: {} };
  const verdicts = { ...NO_EDITS };
  let permission = 0, committed = 0, review = 0, report = 0;
  for (const counts of tools) {
    for (const verdict of VERDICTS) verdicts[verdict] += counts[COLUMNS[verdict]];
    permission += counts.edits_accepted_by_permission;
    committed += counts.edits_accepted_by_commit;
    review += counts.edits_accepted_by_review;
    report += counts.edits_accepted_by_report;
  }
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
  const of = KNOWN.reduce((sum, verdict) => sum + (verdicts[verdict] ?? 0), 0);
  return wilsonRate((accepted ?? 0) + (auto ?? 0), of);
}

function byVerdict<T>(valueOf: (verdict: Verdict) => T): Record<Verdict, T> {
  const pairs = VERDICTS.map((verdict) => [verdict, valueOf(verdict)] as const);
  return Object.fromEntries(pairs) as Record<Verdict, T>;
}

function present(counts: Record<string, number>): Record<string, number> {
  const told: Record<string, number> = {};
  for (const [name, count] of Object.entries(counts)) if (count > 0) told[name] = count;
  return told;
}
