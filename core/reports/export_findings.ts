/**
 * How much of the work exports saw, and what of them is not known, for `doctor`.
 *
 * @module
 */

import type { Database } from "../database.ts";
import type { Finding } from "../finding.ts";
import { formatCount, formatCounted, formatShare } from "../format.ts";
import { readExported } from "./exported_report.ts";

const LATELY_MS = 7 * 86_400_000;
/** Below this an export is worth a word: most of what it alone tells is missing. */
const SEEN_MIN = 0.8;

/** What is to be said of the exports of the last seven days; nothing where there are none. */
export function exportFindings(db: Database, now: number): Finding[] {
  const exported = readExported(db, { period: { from: now - LATELY_MS, to: now }, filter: {} });
  if (!exported) return [];
  const unknown = Object.entries(exported.unknown);
  return [
    coverageOf(exported.seen, exported.requests),
    ...(unknown.length === 0 ? [] : [
      unknownOf(unknown),
    ]),
  ];
}

function coverageOf(
  seen: { readonly value: number; readonly n: number } | null,
  requests: number,
): Finding {
  const numbers = {
    requests,
    seen_share: seen?.value ?? null,
    responses: seen?.n ?? 0,
  };
  if (seen === null) {
    return {
      id: "exports",
      severity: "note",
      title: `Exports told of ${formatCounted(requests, "request")} that no transcript holds`,
      numbers,
    };
  }
  const of = `${formatShare(seen.value)} of ${formatCounted(seen.n, "response")}`;
  const isFew = seen.value < SEEN_MIN;
  return {
    id: "exports",
    severity: isFew ? "warning" : "ok",
    title: `In the last 7 days exports saw ${of} in sessions that export`,
    numbers,
    ...(isFew
      ? {
        remedy: "Keep the server running while you work (blueplane service install): what is " +
          "exported to nobody is lost. Tokens and cost are of transcripts and miss nothing",
      }
      : {}),
  };
}

function unknownOf(unknown: readonly (readonly [string, number])[]): Finding {
  const count = unknown.reduce((sum, [, one]) => sum + one, 0);
  return {
    id: "unknown_exports",
    severity: "note",
    title: `${formatCounted(count, "exported record")} of a kind that is not known yet: ` +
      unknown.map(([name, one]) => `${name} ${formatCount(one)}`).join(", "),
    numbers: { records: count },
    remedy: "Nothing is lost of what is counted; update blueplane",
  };
}
