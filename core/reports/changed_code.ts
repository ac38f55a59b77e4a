/**
 * How much code tool calls changed, where their assistant tells it.
 *
 * @module
 */

import { CODE_COUNTS, OUTCOMES, type TOOL_COUNTS } from "../session_counts.ts";
import type { Counts } from "./sums.ts";
import type { Unknown, Unknowns } from "./unknown.ts";

/** What is counted of it; null where it is not known. */
export type ChangedCode = Record<typeof CODE_COUNTS[number], number | null>;

/** What of a tool's counts tells it. */
export type CodeCounts = Pick<Counts<typeof TOOL_COUNTS[number]>, typeof CODE_NAMES[number]>;

/** Verdicts of edits that did change a file, or may have. */
const MADE = [
  "edits_accepted",
  "edits_modified",
  "edits_undone",
  "edits_auto",
  "edits_unknown",
] as const;
/** Ends of calls that changed nothing: of an edit that ended so no trace tells more. */
const CHANGED_NOTHING = OUTCOMES.filter((outcome) => outcome !== "ok" && outcome !== "rejected");

/** The same as names of columns. */
export const CODE_NAMES = [...CODE_COUNTS, ...MADE, ...CHANGED_NOTHING] as const;

/**
 * Tools whose results tell each line that they changed: where none is told there is none. Those of
 * notebooks tell what a cell is now, and not what it was.
 */
const TELL_ALL: ReadonlySet<string> = new Set(["Edit", "Write", "MultiEdit"]);

const UNTOLD: Unknown = { reason: "not_kept_by_platform", sessions: null, platforms: null };

/**
 * Sums of it. An edit that was made has changed a line, or made a file. What some edits tell and
 * others do not is a sum of what is known; where more may have been made than files, and of no
 * line anything is told, lines are not known, nor are files where none is told of.
 *
 * @param tools counts by the name of the tool; null where they are not known
 */
export function changedCodeOf(tools: ReadonlyMap<string, CodeCounts> | null): ChangedCode {
  if (tools === null) return withEach(() => null);
  const all = [...tools.values()];
  const code = withEach((name) => all.reduce((sum, counts) => sum + counts[name], 0));
  if (code.lines_added || code.lines_removed || ![...tools].some(isSilent)) return code;
  if (!code.files_created) return withEach(() => null);
  return { ...code, lines_added: null, lines_removed: null };
}

/** Why it is not known, by the names that are not. */
export function untoldCode(code: ChangedCode): Unknowns {
  const names = CODE_COUNTS.filter((name) => code[name] === null);
  return Object.fromEntries(names.map((name) => [name, UNTOLD]));
}

/** Whether a tool may have made edits of which it tells neither a line nor a file. */
function isSilent([tool, counts]: readonly [string, CodeCounts]): boolean {
  if (TELL_ALL.has(tool)) return false;
  const sum = (names: readonly (keyof CodeCounts)[]) =>
    names.reduce((all, name) => all + counts[name], 0);
  return sum(["lines_added", "lines_removed"]) === 0 &&
    sum(MADE) - sum(CHANGED_NOTHING) > counts.files_created;
}

function withEach(valueOf: (name: typeof CODE_COUNTS[number]) => number | null): ChangedCode {
  return Object.fromEntries(CODE_COUNTS.map((name) => [name, valueOf(name)])) as ChangedCode;
}
