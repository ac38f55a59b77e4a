/**
 * An aggregate as Markdown, for people.
 *
 * @module
 */

import { formatCount, formatCounted, formatRatio } from "../../core/format.ts";
import {
  scopeText,
  TEAM_ROWS,
  type TeamAggregate,
  type TeamGroup,
  teamHeadlines,
  type TeamNumber,
  type TeamPart,
} from "../../core/team_aggregate.ts";
import { markdownTable } from "../formats/markdown.ts";

/** The document as Markdown. */
export function teamMarkdown(document: TeamAggregate): string {
  const { made_on, min_members, filters, files, parts } = document;
  const refused = files.refused.map(({ file, reason }) => `- file ${file}: ${reason}\n`).join("");
  return `# Team\n\nMade on ${made_on}${
    scopeText(filters)
  }. No number is of fewer than ${min_members} members.\n\n` +
    `${filesText(files)}.\n${refused === "" ? "" : `\n${refused}`}` +
    parts.map((part) => partText(part, min_members)).join("");
}

/** How many files there were, and what became of them. */
export function filesText({ given, counted, replaced, refused }: TeamAggregate["files"]): string {
  return `${formatCounted(given, "file")}: ${counted} counted, ` +
    `${replaced} replaced by others, ${refused.length} refused`;
}

function partText(part: TeamPart, membersMin: number): string {
  const { what, members, exports, exports_without_member: without, totals, groups } = part;
  const row = TEAM_ROWS[what];
  const head = `\n## ${what[0]!.toUpperCase()}${what.slice(1)}\n\n` +
    `${formatCounted(members, "member")}, ${formatCounted(exports, "export")}` +
    `${without > 0 ? ` (${without} of nobody who is a member)` : ""}`;
  if (!totals) return `${head}: too few to show anything (${membersMin} members or more).\n`;
  const names = teamHeadlines(part);
  const lists = Object.entries(groups).filter(([, list]) => list.length > 0);
  return `${head}, ${formatCounted(totals.rows, row)}.\n` +
    lists.map(([by, list]) => `\n### By ${by}\n\n${groupsTable(by, list, names, row)}`).join("") +
    `\n### All numbers\n\n${numbersTable(totals, row)}`;
}

function groupsTable(
  by: string,
  list: readonly TeamGroup[],
  names: readonly string[],
  row: string,
): string {
  const titles = ["members", `${row}s`, ...names];
  return markdownTable(
    [{ title: by }, ...titles.map((title) => ({ title, number: true }))],
    list.map(({ key, members, rows, numbers }) => [
      key ?? "(the rest)",
      formatCount(members),
      formatCount(rows),
      ...names.map((name) => numberText(numbers[name])),
    ]),
  );
}

function numbersTable({ numbers }: TeamGroup, row: string): string {
  const known = Object.entries(numbers).filter((entry): entry is [string, TeamNumber] =>
    entry[1] !== null
  );
  const titles = ["sum", `mean of a ${row}`, `${row}s`, "members"];
  return markdownTable(
    [{ title: "number" }, ...titles.map((title) => ({ title, number: true }))],
    known.map(([name, { sum, mean, n, members }]) => [
      name,
      formatRatio(sum),
      formatRatio(mean),
      formatCount(n),
      formatCount(members),
    ]),
  );
}

/** Its sum, or the mean of what has none. */
function numberText(number: TeamNumber | null | undefined): string {
  return number ? formatRatio(number.sum ?? number.mean) : "–";
}
