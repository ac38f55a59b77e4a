/**
 * What one session did by tool, and by extension of the file.
 *
 * @module
 */

import type { Percentiles } from "../durations.ts";
import { type Outcome, OUTCOMES, type TOOL_COUNTS } from "../session_counts.ts";
import { type Acceptance, acceptanceOf } from "./acceptance.ts";
import { type ChangedCode, changedCodeOf } from "./changed_code.ts";
import { percentilesOf } from "./latency.ts";
import type { CallMoment } from "./session_facts.ts";
import type { Counts } from "./sums.ts";

/** One tool. */
export interface ToolReport {
  readonly tool: string;
  readonly uses: number;
  /** Calls by how they ended. */
  readonly results: Readonly<Record<Outcome, number>>;
  /** From the call to its result, as the client measured it; null where it did not. */
  readonly tool_ms: Percentiles | null;
  /** Null, as the two below, where no edit told it. */
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly files_created: number | null;
}

/** All files of one extension, of calls that name one. */
export interface FilesReport {
  readonly extension: string;
  readonly uses: number;
  /** Files that edits changed, each once. */
  readonly files_touched: number;
  /** Null, as the two below, where no edit of the session told it. */
  readonly lines_added: number | null;
  readonly lines_removed: number | null;
  readonly files_created: number | null;
  readonly acceptance: Acceptance;
}

type CountsByName = ReadonlyMap<string, Counts<typeof TOOL_COUNTS[number]>>;

/** The tools, the most used first. */
export function toolReports(tools: CountsByName, calls: readonly CallMoment[]): ToolReport[] {
  const callsOf = Map.groupBy(calls, ({ tool }) => tool);
  return byUses(tools).map(([tool, counts]) => ({
    tool,
    uses: counts.uses,
    results: Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, counts[outcome]]),
    ) as Record<Outcome, number>,
    tool_ms: percentilesOf(
      (callsOf.get(tool) ?? []).flatMap(({ durationMs }) => durationMs ?? []),
    ),
    ...codeOf(changedCodeOf(new Map([[tool, counts]]))),
  }));
}

/**
 * The kinds of files, the most used first.
 *
 * @param tools of the same calls
 * @param touched files by extension
 */
export function filesReports(
  extensions: CountsByName,
  tools: CountsByName,
  touched: Readonly<Record<string, number>>,
): FilesReport[] {
  const all = changedCodeOf(tools), isTold = all.lines_added !== null;
  return byUses(extensions).map(([extension, counts]) => ({
    extension,
    uses: counts.uses,
    files_touched: touched[extension] ?? 0,
    ...codeOf(isTold ? counts : all),
    acceptance: acceptanceOf([counts]),
  }));
}

function codeOf({ lines_added, lines_removed, files_created }: ChangedCode) {
  return { lines_added, lines_removed, files_created };
}

function byUses(counts: CountsByName) {
  return [...counts].sort(([a, x], [b, y]) => y.uses - x.uses || (a < b ? -1 : 1));
}
