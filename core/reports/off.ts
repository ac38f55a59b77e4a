/**
 * What a person has switched off at capture: of that nothing is known, which is not 0.
 *
 * @module
 */

import { isOffCategory, type OffCategory } from "../capture_choices.ts";
import type { Database } from "../database.ts";
import { madeWith } from "../made_with.ts";
import type { Totals } from "./totals.ts";
import type { Unknown } from "./unknown.ts";

/** Totals that a category takes away, and no platform's silence explains. */
const TOTALS = {
  files: ["files_touched", "file_extensions"],
  lines: ["lines_added", "lines_removed", "files_created", "created_file_lines"],
  git: ["git_commits", "git_pushes", "pull_requests"],
} as const satisfies Partial<Record<OffCategory, readonly (keyof Totals)[]>>;

/** Names of totals that may be off. */
export type OffTotal = typeof TOTALS[keyof typeof TOTALS][number];

const OFF: Unknown = { reason: "off", sessions: null, platforms: null };

/** The categories that are off. */
export function readOff(db: Database): readonly OffCategory[] {
  return (madeWith(db, "off") ?? "").split(" ").filter(isOffCategory);
}

function offAs(unknown: Unknown): Unknown {
  return { ...unknown, reason: "off" };
}

/** Totals in which nothing is 0 that is off; what was captured before stays. */
export function withoutOff(totals: Totals, off: readonly OffCategory[]): Totals {
  const names: readonly OffTotal[] = Object.entries(TOTALS)
    .flatMap(([category, names]) => off.includes(category as OffCategory) ? names : []);
  const { tokens, cost_usd } = totals.unknown;
  const untold = off.includes("cost")
    ? { ...(tokens && { tokens: offAs(tokens) }), ...(cost_usd && { cost_usd: offAs(cost_usd) }) }
    : {};
  if (off.length === 0) return totals;
  const isNothing = (value: unknown) =>
    value === 0 || typeof value === "object" && value !== null && Object.keys(value).length === 0;
  const gone = names.filter((name) => isNothing(totals[name]));
  return {
    ...totals,
    ...Object.fromEntries(gone.map((name) => [name, null])),
    unknown: {
      ...totals.unknown,
      ...untold,
      ...Object.fromEntries(names.map((name) => [name, OFF])),
    },
  };
}
