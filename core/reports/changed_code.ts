/**
 * How much code tool calls changed, where their assistant tells it.
 *
 * @module
 */

import { CODE_COUNTS, EDIT_TOOLS, OUTCOMES, type TOOL_COUNTS } from "../session_counts.ts";
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

/** Tools whose results tell each line that they changed: where none is told there is none. */
const TELL_ALL: ReadonlySet<string> = new Set(EDIT_TOOLS);

const UNTOLD: Unknown = { reason: "not_kept_by_platform", sessions: null, platforms: null };

/**
 * Sums of it. What some edits tell and others do not is a sum of what is known; where edits may
 * have changed something and of no line or file anything is told, nothing is known.
 *
 * @param tools counts by the name of the tool; null where they are not known
 */
export function changedCodeOf(tools: ReadonlyMap<string, CodeCounts> | null): ChangedCode {
  if (tools === null) return withEach(() => null);
  const all = [...tools.values()];
  const code = withEach((name) => all.reduce((sum, counts) => sum + counts[name], 0));
  const isTold = CODE_COUNTS.some((name) => code[name] !== 0);
  return isTold || ![...tools].some(isSilent) ? code : withEach(() => null);
}

/** Why it is not known, by the names that are not. */
export function untoldCode(code: ChangedCode): Unknowns {
  const names = CODE_COUNTS.filter((name) => code[name] === null);
  return Object.fromEntries(names.map((name) => [name, UNTOLD]));
}

/** Whether a tool made edits, and tells of none what it changed. */
function isSilent([tool, counts]: readonly [string, CodeCounts]): boolean {
  if (TELL_ALL.has(tool)) return false;
  const sum = (names: readonly (keyof CodeCounts)[]) =>
    names.reduce((all, name) => all + counts[name], 0);
  return sum(MADE) > sum(CHANGED_NOTHING) && sum(CODE_COUNTS) === 0;
}

function withEach(valueOf: (name: typeof CODE_COUNTS[number]) => number | null): ChangedCode {
  return Object.fromEntries(CODE_COUNTS.map((name) => [name, valueOf(name)])) as ChangedCode;
}
