/**
 * Sessions that are like one: what makes them alike, how they went, and what those did that went
 * well.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { costText } from "../../core/cost_text.ts";
import type { Database } from "../../core/database.ts";
import { formatAgo, formatCount, formatShare } from "../../core/format.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { findSessionIds } from "../../core/reports/session_ids.ts";
import {
  reportSimilar,
  type SimilarReport,
  type SimilarSession,
} from "../../core/reports/similar_report.ts";
import { hrefOf, type Page, type PageRequest } from "../page.ts";
import { Clipped } from "../parts/clipped.tsx";
import { Empty } from "../parts/note.tsx";
import { ShareText } from "../parts/number.tsx";
import { Section } from "../parts/section.tsx";
import { Table } from "../parts/table.tsx";

/** The page; what it compares with is all that there is. */
export const similarPage: Page = {
  path: "/sessions/:id/similar",
  title: "Similar sessions",
  isInNavigation: false,
  filters: [],
  render: (request) => {
    const [id, ...more] = findSessionIds(request.context.db, request.c.req.param("id") ?? "");
    const report = id === undefined || more.length > 0 ? undefined : read(request, id);
    return report && <Similar request={request} report={report} id={id!} />;
  },
};

const SHOWN = 15;
/** What is less alike than that is no likeness. */
const PART_SHOWN_MIN = 0.5;
const PARTS_SHOWN = 3;
/** What each has learnt of its database serves until that changes. */
const ADVISORS = new WeakMap<Database, Advisor>();

function read({ context, query }: PageRequest, id: string): SimilarReport | undefined {
  const advisor = ADVISORS.get(context.db) ?? new Advisor(context.db);
  ADVISORS.set(context.db, advisor);
  return reportSimilar(advisor, {
    session: id,
    limit: SHOWN,
    labels: query.labels ?? new Map(),
    coverage: context.coverage(),
  });
}

function Similar(
  { request, report, id }: { request: PageRequest; report: SimilarReport; id: string },
) {
  return (
    <>
      <p>
        {"Like session "}
        {linkOf(request, id)}
        {`, out of ${formatCount(report.n)}.`}
      </p>
      <Section id="similar" title="The most alike">
        {report.status === "ok" ? <Rows request={request} sessions={report.sessions} /> : (
          <Empty>
            {`Too few sessions to compare: ${report.n} of the ${report.needed} that it takes.`}
          </Empty>
        )}
      </Section>
      {report.status === "ok"
        ? (
          <Section id="strategies" title="What went well">
            <Strategies report={report} />
          </Section>
        )
        : null}
    </>
  );
}

function Rows(
  { request, sessions }: { request: PageRequest; sessions: readonly SimilarSession[] },
) {
  return (
    <Table
      caption="Similar sessions"
      columns={[
        { title: "Session" },
        { title: "Project" },
        { title: "Began", isNumber: true, hidden: "phone" },
        { title: "Alike", isNumber: true },
        { title: "Alike in", hidden: "tablet" },
        { title: "Kept", isNumber: true, hidden: "phone" },
        { title: "Failed calls", isNumber: true, hidden: "tablet" },
        { title: "Stops", isNumber: true, hidden: "tablet" },
        { title: "Cost", isNumber: true },
      ]}
      rows={sessions.map((session) => rowOf(session, request))}
      empty="No session is similar enough."
    />
  );
}

function rowOf(session: SimilarSession, request: PageRequest): Child[] {
  const { session_id, project_label, project_id, started_at, similarity, outcome } = session;
  return [
    linkOf(request, session_id),
    <Clipped name={project_label ?? project_id?.slice(0, 8) ?? "–"} isSmall />,
    started_at === null ? "–" : formatAgo(Date.parse(started_at), request.now),
    formatShare(similarity),
    likenessText(session),
    <ShareText rate={outcome.kept_rate} />,
    formatShare(outcome.error_rate?.value),
    formatCount(outcome.stops),
    costText(outcome),
  ];
}

/** That the model is the same says little of the work. */
function likenessText({ alike }: SimilarSession): string {
  const parts = alike.filter(({ part, similarity }) =>
    part !== "models" && similarity >= PART_SHOWN_MIN
  ).map(({ part, most }) => most[0] === undefined || part === "size" ? part : most[0]);
  return parts.slice(0, PARTS_SHOWN).join(", ") || "–";
}

function Strategies({ report: { strategies } }: { report: SimilarReport }) {
  const { status, n, needed, found } = strategies;
  const clear = found.filter(({ difference }) => difference.clear);
  if (status !== "ok") {
    return (
      <Empty>
        {`${formatCount(n)} of them went better or worse than the rest; it takes ${needed}.`}
      </Empty>
    );
  }
  if (clear.length === 0) return <Empty>Nothing sets the ones that went well apart.</Empty>;
  return (
    <Table
      caption="What sessions that went well did"
      columns={[
        { title: "What they did" },
        { title: "Went well", isNumber: true },
        { title: "Others", isNumber: true },
        { title: "Advice", hidden: "phone" },
      ]}
      rows={clear.map(({ does, good, others, advice }) => [
        does,
        <ShareText rate={good} />,
        <ShareText rate={others} />,
        advice ?? "–",
      ])}
    />
  );
}

function linkOf(request: PageRequest, id: string) {
  return (
    <a href={hrefOf(request, {}, `/sessions/${id}`)} title={id}>
      <code>{id.slice(0, 8)}</code>
    </a>
  );
}
