/**
 * An aggregate as Markdown, for people.
 *
 * @module
 */

import { formatCount, formatCounted } from "../../core/format.ts";
import {
  scopeText,
  TEAM_ROWS,
  type TeamAggregate,
  type TeamGroup,
  teamHeadlines,
  type TeamPart,
} from "../../core/team_aggregate.ts";
import { teamMean, teamSum } from "../../core/team_number.ts";
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
    lists.map(([by, list]) =>
      `\n### By ${by}\n\n${groupsTable(by, list, { names, totals, row })}`
    ).join("") +
    `\n### All numbers\n\n${numbersTable(totals, row)}`;
}

function groupsTable(
  by: string,
  list: readonly TeamGroup[],
  { names, totals, row }: {
    readonly names: readonly string[];
    readonly totals: TeamGroup;
    readonly row: string;
  },
): string {
  const titles = ["members", `${row}s`, ...names];
  return markdownTable(
    [{ title: by }, ...titles.map((title) => ({ title, number: true }))],
    list.map((group) => [
      group.key ?? "(the rest)",
      formatCount(group.members),
      formatCount(group.rows),
      ...names.map((name) => numberText(name, group, totals)),
    ]),
  );
}

function numbersTable(totals: TeamGroup, row: string): string {
  const titles = ["sum", `mean of a ${row}`, `${row}s`, "members"];
  return markdownTable(
    [{ title: "number" }, ...titles.map((title) => ({ title, number: true }))],
    Object.entries(totals.numbers).flatMap(([name, number]) =>
      number === null ? [] : [[
        name,
        teamSum(name, totals, totals),
        teamMean(name, totals, totals),
        formatCount(number.n),
        formatCount(number.members),
      ]]
    ),
  );
}

/** Its sum, or the mean of what has none. */
function numberText(name: string, group: TeamGroup, whole: TeamGroup): string {
  const hasSum = typeof group.numbers[name]?.sum === "number";
  return (hasSum ? teamSum : teamMean)(name, group, whole);
}
