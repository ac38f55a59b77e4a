/**
 * An aggregate, part by part: a chart of its months, and tables.
 *
 * @module
 */

import { formatCount, formatCounted } from "../../../core/format.ts";
import { printable } from "../../../core/printable.ts";
import {
  scopeText,
  TEAM_ROWS,
  type TeamAggregate,
  type TeamGroup,
  teamHeadlines,
  type TeamNumber,
  type TeamPart,
} from "../../../core/team_aggregate.ts";
import { teamMean, teamSum, teamTitle } from "../../../core/team_number.ts";
import { StackedBars } from "../../charts/stacked_bars.tsx";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { Clipped } from "../../parts/clipped.tsx";
import { Empty, Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";

const REST = "the rest";

/** All of it. */
export function TeamParts({ document, platformName }: {
  document: TeamAggregate;
  /** What people call a platform, by its id. */
  platformName(id: string): string;
}) {
  const { files, filters, min_members, made_on, parts } = document;
  const platform = filters.platform && platformName(filters.platform);
  const { given, counted, replaced, refused } = files;
  const nameOf = (by: string, key: string) =>
    by === "platform" ? platformName(key) : printable(key);
  return (
    <>
      <p>
        {`Made on ${made_on} of ${formatCounted(given, "file")}${
          scopeText({ ...filters, ...(platform ? { platform } : {}) })
        }: ${counted} counted, ` +
          `${replaced} replaced by others, ${refused.length} refused. ` +
          `No number is of fewer than ${min_members} members.`}
      </p>
      {parts.map((part) => <Part part={part} membersMin={min_members} nameOf={nameOf} />)}
    </>
  );
}

function Part({ part, membersMin, nameOf }: {
  part: TeamPart;
  membersMin: number;
  nameOf: NameOf;
}) {
  const { what, members, exports_without_member: without, totals, groups } = part;
  const row = TEAM_ROWS[what], names = teamHeadlines(part);
  const note = without === 0
    ? null
    : <Note>{`${formatCounted(without, "export")} without a member.`}</Note>;
  return (
    <Section
      id={`team-${what}`}
      title={capital(what)}
      aside={formatCounted(members, "member")}
    >
      {totals === null
        ? <Empty>{`Too few members to show anything: it takes ${membersMin}.`}</Empty>
        : (
          <>
            <Months months={groups.month ?? []} {...{ row, names, whole: totals, nameOf }} />
            {Object.entries(groups).filter(([by]) => by !== "month").map(([by, list]) => (
              <Groups {...{ by, list, row, names, whole: totals, nameOf }} />
            ))}
            <AllNumbers totals={totals} row={row} what={what} />
          </>
        )}
      {note}
    </Section>
  );
}

interface GroupsProps {
  readonly list: readonly TeamGroup[];
  readonly row: string;
  readonly names: readonly string[];
  readonly whole: TeamGroup;
  readonly nameOf: NameOf;
}

/** What a group is called, by what it is a group of. */
type NameOf = (by: string, key: string) => string;

/** Rows by month as bars; what tells no month is in the table alone. */
function Months(
  { months, ...props }: Omit<GroupsProps, "list"> & { months: GroupsProps["list"] },
) {
  const known = months.filter(({ key }) => key !== null);
  const { row } = props, caption = capital(`${row}s by month`);
  if (known.length === 0) return <Groups by="month" list={months} {...props} />;
  return (
    <ChartFigure caption={caption} table={tableOf({ by: "month", list: months, ...props })}>
      <StackedBars
        label={caption}
        steps={known.map(({ key }) => key!)}
        series={[{ name: `${row}s`, values: known.map(({ rows }) => rows) }]}
        format={formatCount}
      />
    </ChartFigure>
  );
}

function Groups(props: GroupsProps & { by: string }) {
  return props.list.length === 0 ? null : <Table {...tableOf(props)} isCaptionSeen />;
}

function tableOf({ by, list, row, names, whole, nameOf }: GroupsProps & { by: string }) {
  return {
    caption: `By ${by.replaceAll("_", " ")}`,
    columns: [
      { title: capital(by.replaceAll("_", " ")) },
      { title: "Members", isNumber: true },
      { title: capital(`${row}s`), isNumber: true },
      ...names.map((name, i) => ({
        title: capital(teamTitle(name)),
        isNumber: true,
        ...(i > 0 ? { hidden: i > 2 ? "tablet" as const : "phone" as const } : {}),
      })),
    ],
    rows: list.map((group) => [
      <Clipped name={group.key === null ? REST : nameOf(by, group.key)} />,
      formatCount(group.members),
      formatCount(group.rows),
      ...names.map((name) => numberText(name, group, whole)),
    ]),
  };
}

function AllNumbers(
  { totals, row, what }: { totals: TeamGroup; row: string; what: string },
) {
  const known = Object.entries(totals.numbers).filter((entry): entry is [string, TeamNumber] =>
    entry[1] !== null
  );
  return (
    <details>
      <summary>{`All ${known.length} numbers`}</summary>
      <Table
        caption={`All numbers of ${what}`}
        columns={[
          { title: "Number" },
          { title: "Sum", isNumber: true },
          { title: `Mean of a ${row}`, isNumber: true },
          { title: capital(`${row}s`), isNumber: true, hidden: "phone" },
          { title: "Members", isNumber: true, hidden: "phone" },
        ]}
        rows={known.map(([name, { n, members }]) => [
          capital(teamTitle(name)),
          teamSum(name, totals, totals),
          teamMean(name, totals, totals),
          formatCount(n),
          formatCount(members),
        ])}
      />
    </details>
  );
}

/** Its sum, or the mean of what has none. */
function numberText(name: string, group: TeamGroup, whole: TeamGroup): string {
  const hasSum = (group.numbers[name]?.sum ?? null) !== null;
  return (hasSum ? teamSum : teamMean)(name, group, whole);
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
