/**
 * A document that is no list, as two columns: the name of each value in it, and the value.
 *
 * @module
 */

import { type Cell, csvText } from "./csv.ts";
import { markdownTable } from "./markdown.ts";

const NAMES = ["name", "value"];

/** A line for each value, named as `queue.events` or `machines.0.files`; of nothing, null. */
export function factsCsv(document: object): string {
  return csvText(NAMES, factsOf(document));
}

/** The same as a table; what is not known is a dash. */
export function factsMarkdown(document: object): string {
  const rows = factsOf(document).map((
    [name, value],
  ) => [name, value === null ? "–" : `${value}`]);
  return markdownTable(NAMES.map((title) => ({ title })), rows);
}

function factsOf(document: object): [string, Cell][] {
  return below("", document).filter(([name]) => name !== "schema");
}

function below(name: string, value: unknown): [string, Cell][] {
  if (typeof value !== "object" || value === null) return [[name, value as Cell]];
  const before = name === "" ? "" : `${name}.`;
  return Object.entries(value).flatMap(([key, inner]) => below(before + key, inner));
}
