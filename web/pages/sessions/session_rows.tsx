/**
 * The list of sessions as a table that every column sorts.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import type { Database } from "../../../core/database.ts";
import { costText } from "../../../core/cost_text.ts";
import { formatAgo, formatCount, formatDuration, formatShare } from "../../../core/format.ts";
import { orderOf } from "../../../core/reports/session_order.ts";
import { readSpark } from "../../../core/reports/session_sparks.ts";
import type { Session } from "../../../core/reports/sessions_report.ts";
import { toldTokens } from "../../../core/reports/told_tokens.ts";
import { isOutputOpen } from "../../../core/reports/output_bound.ts";
import { SparkBars } from "../../charts/spark_bars.tsx";
import { Clipped } from "../../parts/clipped.tsx";
import { isAnythingRead, NothingRead } from "../../parts/nothing_read.tsx";
import { hrefOf, type PageRequest } from "../../page.ts";
import { momentText } from "../../parts/moment.tsx";
import { type Column, Table } from "../../parts/table.tsx";
import { listParameters, type ListQuery } from "./list_query.ts";
import type { SessionSort } from "../../../core/reports/report_choices.ts";

interface ListColumn extends Column {
  readonly title: string;
  readonly sort?: SessionSort;
  cell(session: Session, place: Place): Child;
}

interface Place {
  readonly db: Database;
  readonly request: PageRequest;
  /** Whether there are sessions of several assistants. */
  readonly isMixed: boolean;
}

const SPARK_PARTS = 24;
const ID_CHARACTERS = 8;

const COLUMNS: readonly ListColumn[] = [
  {
    title: "Session",
    cell: ({ session_id, platform }, { request, isMixed }) => (
      <>
        <a
          href={hrefOf(request, listParameters(request), `/sessions/${session_id}`)}
          title={session_id}
        >
          <code>{session_id.slice(0, ID_CHARACTERS)}</code>
        </a>
        {isMixed
          ? <small class="not-phone">{` ${request.context.platformName(platform)}`}</small>
          : null}
      </>
    ),
  },
  {
    title: "Project",
    sort: "project",
    cell: ({ project_label, project_id }) =>
      project_id === null
        ? "–"
        : <Clipped name={project_label ?? project_id.slice(0, 8)} isSmall />,
  },
  {
    title: "Activity",
    hidden: "tablet",
    cell: (session, { db }) => {
      const values = readSpark(db, session, SPARK_PARTS);
      return values === null ? "–" : <SparkBars values={values} />;
    },
  },
  {
    title: "Last",
    sort: "recent",
    isNumber: true,
    cell: ({ started_at, ended_at }, { request: { now } }) =>
      started_at === null || ended_at === null ? "–" : (
        <time
          datetime={ended_at}
          title={`${momentText(Date.parse(started_at))} to ${momentText(Date.parse(ended_at))}`}
        >
          {formatAgo(Date.parse(ended_at), now)}
        </time>
      ),
  },
  {
    title: "Length",
    sort: "duration",
    isNumber: true,
    hidden: "tablet",
    cell: ({ duration_ms }) => duration_ms === null ? "–" : formatDuration(duration_ms),
  },
  {
    title: "Prompts",
    sort: "prompts",
    isNumber: true,
    hidden: "phone",
    cell: ({ user_prompts }) => formatCount(user_prompts),
  },
  {
    title: "Calls",
    sort: "tools",
    isNumber: true,
    hidden: "phone",
    cell: ({ tool_uses }) => formatCount(tool_uses),
  },
  {
    title: "Failed",
    sort: "failed",
    isNumber: true,
    hidden: "tablet",
    cell: ({ tool_results_by_kind }) => formatCount(tool_results_by_kind?.failed),
  },
  {
    title: "Refused",
    sort: "rejected",
    isNumber: true,
    hidden: "tablet",
    cell: ({ tool_results_by_kind }) => formatCount(tool_results_by_kind?.rejected),
  },
  {
    title: "Accepted",
    sort: "acceptance",
    isNumber: true,
    hidden: "phone",
    cell: ({ acceptance }) => formatShare(acceptance.rate),
  },
  {
    title: "Lines",
    sort: "lines",
    isNumber: true,
    hidden: "tablet",
    cell: ({ lines_added, lines_removed }) =>
      lines_added || lines_removed
        ? `+${formatCount(lines_added)} −${formatCount(lines_removed)}`
        : formatCount(lines_added),
  },
  {
    title: "Output",
    sort: "tokens",
    isNumber: true,
    hidden: "phone",
    cell: (session) =>
      (isOutputOpen(session) ? "≥" : "") + formatCount(toldTokens(session).output),
  },
  {
    title: "Cost",
    sort: "cost",
    isNumber: true,
    cell: (session) => costText(session),
  },
];

/** The table of one page of the list. */
export function SessionRows(
  { request, query, sessions }: {
    request: PageRequest;
    query: ListQuery;
    sessions: readonly Session[];
  },
) {
  const isMixed = new Set(sessions.map(({ platform }) => platform)).size > 1;
  const place = { db: request.context.db, request, isMixed };
  return (
    <Table
      caption="Sessions"
      columns={COLUMNS.map(({ title, isNumber, hidden, sort }) => ({
        title,
        ...(isNumber ? { isNumber } : {}),
        ...(hidden ? { hidden } : {}),
        ...(sort ? headOf(request, query, sort) : {}),
      }))}
      rows={sessions.map((session) => COLUMNS.map((column) => column.cell(session, place)))}
      empty={isAnythingRead(request)
        ? <>No sessions match. Choose a longer period or fewer filters.</>
        : <NothingRead />}
    />
  );
}

/** A click sorts by a column, and another one the other way. */
function headOf(
  request: PageRequest,
  { sort, order }: ListQuery,
  by: SessionSort,
): Pick<Column, "href" | "sorted"> {
  const isSorted = sort === by, first = orderOf(by);
  const next = isSorted && order === first ? first === "desc" ? "asc" : "desc" : first;
  const href = hrefOf(request, {
    sort: by === "recent" ? null : by,
    order: next === first ? null : next,
    offset: null,
  });
  return isSorted ? { href, sorted: order === "asc" ? "ascending" : "descending" } : { href };
}
