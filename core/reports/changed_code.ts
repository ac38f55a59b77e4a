/**
 * How much code tool calls changed, where their assistant tells it.
 *
 * @module
 */

import { CODE_COUNTS, type TOOL_COUNTS } from "../session_counts.ts";
import type { Counts } from "./sums.ts";

/** What is counted of it; null where it is not known. */
export type ChangedCode = Record<typeof CODE_COUNTS[number], number | null>;

/** What of tools' counts tells it. */
export type CodeCounts = Pick<Counts<typeof TOOL_COUNTS[number]>, typeof CODE_NAMES[number]>;

/** Verdicts of edits that did change a file. */
const MADE = ["edits_accepted", "edits_modified", "edits_undone", "edits_auto"] as const;
/** The same as names of columns. */
export const CODE_NAMES = [...CODE_COUNTS, ...MADE] as const;

/**
 * Sums of it. An edit that was made has changed a line, or made a file: where more were made than
 * files, and of no line anything is told, lines are not known; nor are files, where none is told
 * of. What some edits tell and others do not is a sum of what is known.
 */
export function changedCodeOf(tools: readonly CodeCounts[] | null): ChangedCode {
  if (tools === null) return nothingOf(CODE_COUNTS);
  const sum = (name: typeof CODE_NAMES[number]) =>
    tools.reduce((all, counts) => all + counts[name], 0);
  const counts = Object.fromEntries(
    CODE_COUNTS.map((name) => [name, sum(name)]),
  ) as Record<typeof CODE_COUNTS[number], number>;
  const made = MADE.reduce((all, name) => all + sum(name), 0);
  const isUntold = counts.lines_added + counts.lines_removed === 0 &&
    made > counts.files_created;
  if (!isUntold) return counts;
  if (counts.files_created === 0) return nothingOf(CODE_COUNTS);
  return { ...counts, lines_added: null, lines_removed: null };
}

function nothingOf(names: readonly (keyof ChangedCode)[]): ChangedCode {
  return Object.fromEntries(names.map((name) => [name, null])) as ChangedCode;
}
