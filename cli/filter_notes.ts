/**
 * What is said of a filter beside the answer: that nothing is called so, or that several are.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { nearestWord } from "../core/nearest_word.ts";
import { printable } from "../core/printable.ts";
import { seenModels, seenProjects } from "../core/reports/filter_choices.ts";
import { nameApart } from "../core/reports/project_names.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import type { Globals } from "./cli.ts";
import type { Io } from "./io.ts";
import type { FilterOptions } from "./with_report.ts";

const WORD_CHARACTERS = 40;

/** What filters were named, and what became of them. */
export interface NamedFilter {
  readonly db: Database;
  readonly options: FilterOptions;
  readonly filter: SessionFilter;
  /** Names of projects by their hash. */
  readonly labels: () => ReadonlyMap<string, string>;
}

/** Says on stderr what is odd about them; what scripts read is left alone. */
export function noteFilters(
  io: Io,
  globals: Globals,
  { db, options: { project, model }, filter, labels }: NamedFilter,
): void {
  if (globals.quiet || globals.json) return;
  if (project !== undefined) noteProject(io, project, { db, filter, labels: labels() });
  if (model !== undefined) noteUnseen(io, globals, { model }, seenModels(db));
}

function noteProject(
  io: Io,
  name: string,
  { db, filter, labels }: {
    readonly db: Database;
    readonly filter: SessionFilter;
    readonly labels: ReadonlyMap<string, string>;
  },
): void {
  const seen = seenProjects(db), meant = new Set([filter.project ?? []].flat());
  const found = seen.filter((id) => meant.has(id));
  const [first] = found;
  if (seen.length === 0) return;
  if (first === undefined) {
    const names = seen.flatMap((id) => labels.get(id) ?? []);
    return io.stderr.write(unseenText("project", name, names));
  }
  if (found.length === 1) return;
  const called = printable(name), example = nameApart(first, called);
  io.stderr.write(
    `note: ${found.length} projects are called ${called}; name one as '${example}'\n`,
  );
}

/** Says that nothing of this name was seen, and which comes nearest to it. */
export function noteUnseen(
  io: Io,
  globals: Globals,
  named: Readonly<Record<string, string>>,
  seen: readonly string[],
): void {
  if (globals.quiet || globals.json || seen.length === 0) return;
  for (const [what, name] of Object.entries(named)) {
    if (!seen.includes(name)) io.stderr.write(unseenText(what, name, seen));
  }
}

function unseenText(what: string, name: string, seen: readonly string[]): string {
  const nearest = nearestWord(name, seen);
  return `note: no ${what} is called ${printable(name.slice(0, WORD_CHARACTERS))}; ` +
    (nearest === undefined
      ? `blueplane metrics -p all --group-by ${what} shows all\n`
      : `the nearest is ${printable(nearest)}\n`);
}
