/**
 * What was found in a session, with its numbers and what to do.
 *
 * @module
 */

import type { Database } from "../../../core/database.ts";
import { type Insight, reportInsights } from "../../../core/reports/insights_report.ts";
import type { SessionReport } from "../../../core/reports/session_report.ts";
import type { PageRequest } from "../../page.ts";
import { toolNamer } from "../../tool_namer.ts";
import { Empty } from "../../parts/note.tsx";
import { FindingArticle } from "../insights/finding_article.tsx";

/** The findings, those that matter most first. */
export function Findings(
  { request, report }: { request: PageRequest; report: SessionReport },
) {
  const found = readFindings(request.context.db, report);
  if (found.length === 0) return <Empty>Nothing was found.</Empty>;
  const nameOf = toolNamer(request);
  return (
    <>
      {found.map((insight) => (
        <FindingArticle insight={insight} request={request} nameOf={nameOf} />
      ))}
    </>
  );
}

/**
 * The findings of a session, each with in how many sessions it was found in all: who dismisses it
 * here does so everywhere, until it is found in many more.
 */
export function readFindings(
  db: Database,
  { insights, session }: Pick<SessionReport, "insights" | "session">,
): Insight[] {
  if (insights.length === 0) return [];
  const { platform, project_id } = session;
  const filter = { platform, project: project_id ?? undefined, limit: 0 };
  const everywhere = new Map(
    reportInsights(db, filter).insights.map(({ id, sessions }) => [id, sessions]),
  );
  return insights.map((one) => ({ ...one, sessions: everywhere.get(one.id) ?? one.sessions }));
}
