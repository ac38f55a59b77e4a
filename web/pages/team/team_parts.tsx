/**
 * An aggregate, part by part: a chart of its months, and tables.
 *
 * @module
 */

import { formatCount, formatCounted } from "../../../core/format.ts";
import {
  scopeText,
  TEAM_ROWS,
  type TeamAggregate,
  type TeamGroup,
  teamHeadlines,
  type TeamNumber,
  type TeamPart,
} from "../../../core/team_aggregate.ts";
import { StackedBars } from "../../charts/stacked_bars.tsx";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { Clipped } from "../../parts/clipped.tsx";
import { Empty, Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";
import { teamTitle, teamValue } from "./team_number.ts";

const REST = "the rest";
const NO_SUM = "–";

/** All of it. */
export function TeamParts({ document }: { document: TeamAggregate }) {
  const { files, filters, min_members, made_on, parts } = document;
  const { given, counted, replaced, refused } = files;
  return (
    <>
      <p>
        {`Made on ${made_on} of ${formatCounted(given, "file")}${
          scopeText(filters)
        }: ${counted} counted, ` +
          `${replaced} replaced by others, ${refused.length} refused. ` +
          `No number is of fewer than ${min_members} members.`}
      </p>
      {parts.map((part) => <Part part={part} membersMin={min_members} />)}
    </>
  );
}

function Part({ part, membersMin }: { part: TeamPart; membersMin: number }) {
  const { what, members, exports_without_member: without, totals, groups } = part;
  const row = TEAM_ROWS[what], names = teamHeadlines(part);
  const note = without === 0
    ? null
    : <Note>{`${formatCounted(without, "export")} of nobody who is a member.`}</Note>;
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
            <Months months={groups.month ?? []} row={row} names={names} />
            {Object.entries(groups).filter(([by]) => by !== "month").map(([by, list]) => (
              <Groups by={by} list={list} row={row} names={names} />
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
}

/** Rows by month as bars; what tells no month is in the table alone. */
function Months(
  { months, row, names }: Omit<GroupsProps, "list"> & { months: GroupsProps["list"] },
) {
  const known = months.filter(({ key }) => key !== null);
  const caption = capital(`${row}s by month`);
  if (known.length === 0) return <Groups by="month" list={months} row={row} names={names} />;
  return (
    <ChartFigure caption={caption} table={tableOf({ by: "month", list: months, row, names })}>
      <StackedBars
        label={caption}
        steps={known.map(({ key }) =>
          key!
        )}
        series={[{ name: `${row}s`, values: known.map(({ rows }) => rows) }]}
        format={formatCount}
      />
    </ChartFigure>
  );
}

function Groups(props: GroupsProps & { by: string }) {
  return props.list.length === 0 ? null : <Table {...tableOf(props)} isCaptionSeen />;
}

function tableOf({ by, list, row, names }: GroupsProps & { by: string }) {
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
    rows: list.map(({ key, members, rows, numbers }) => [
      <Clipped name={key ?? REST} isSmall />,
      formatCount(members),
      formatCount(rows),
      ...names.map((name) => numberText(name, numbers[name])),
    ]),
  };
}

function AllNumbers(
  { totals: { numbers }, row, what }: { totals: TeamGroup; row: string; what: string },
) {
  const known = Object.entries(numbers).filter((entry): entry is [string, TeamNumber] =>
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
        rows={known.map(([name, { sum, mean, n, members }]) => [
          capital(teamTitle(name)),
          sum === null ? NO_SUM : teamValue(name, sum),
          teamValue(name, mean),
          formatCount(n),
          formatCount(members),
        ])}
      />
    </details>
  );
}

/** Its sum, or the mean of what has none. */
function numberText(name: string, number: TeamNumber | null | undefined): string {
  return number ? teamValue(name, number.sum ?? number.mean) : NO_SUM;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
