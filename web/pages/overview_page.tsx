/**
 * The overview: how it goes, when it went how, and what is going on now.
 *
 * @module
 */

import { reportHeadlines } from "../../core/reports/metrics_report.ts";
import type { Page, PageRequest } from "../page.ts";
import { toolNamer } from "../tool_namer.ts";
import { FirstSteps } from "./overview/first_steps.tsx";
import { CoverageNote, Headlines, UnknownNote } from "./overview/headlines.tsx";
import { Limits } from "./overview/limits.tsx";
import { WeekMap, YearMap } from "./overview/rhythm.tsx";
import { RunningList } from "./overview/running_list.tsx";
import { LatestSessions, ModelShares, ToolShares } from "./overview/shares.tsx";
import { stepsOf, USAGE_CHOICES, UsageChart } from "./overview/usage_chart.tsx";

/** The first page. */
export const overviewPage: Page = {
  path: "/",
  title: "Overview",
  isInNavigation: true,
  filters: ["period", "platform", "project", "model"],
  choices: USAGE_CHOICES,
  render: (request) => <Overview request={request} />,
};

function Overview({ request }: { request: PageRequest }) {
  const report = reportHeadlines(request.context.db, request.query);
  const steps = stepsOf(request);
  const nameOf = toolNamer(request);
  return (
    <>
      <FirstSteps request={request} />
      <CoverageNote report={report} />
      <Headlines request={request} report={report} steps={steps} />
      <UnknownNote report={report} />
      <UsageChart request={request} steps={steps} />
      <div class="grid">
        <div>
          <RunningList request={request} nameOf={nameOf} />
          <WeekMap request={request} />
        </div>
        <LatestSessions request={request} />
      </div>
      <Limits request={request} />
      <YearMap request={request} />
      <div class="grid">
        <ModelShares report={report} />
        <ToolShares report={report} nameOf={nameOf} />
      </div>
    </>
  );
}
