/**
 * The page of findings: what was found, on what it rests, what it could save, and what to do.
 *
 * @module
 */

import { formatCount } from "../../core/format.ts";
import { readInsightChoices } from "../../core/insight_choices.ts";
import { INSIGHT_TYPES, SEVERITIES } from "../../core/insight_rule.ts";
import { type InsightsReport, reportInsights } from "../../core/reports/insights_report.ts";
import { hrefOf, type Page, type PageRequest } from "../page.ts";
import { Empty, Note } from "../parts/note.tsx";
import { Pager } from "../parts/pager.tsx";
import { Section } from "../parts/section.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { Said } from "../parts/write_button.tsx";
import { OFFSET } from "../api/parameters.ts";
import { numberQuery, wordQuery } from "../query.ts";
import { toolNamer } from "../tool_namer.ts";
import { FindingArticle } from "./insights/finding_article.tsx";
import { MutedKinds } from "./insights/muted_kinds.tsx";

const SHOWN = 25;

/** The page. */
export const insightsPage: Page = {
  path: "/insights",
  title: "Insights",
  isInNavigation: true,
  filters: ["period", "platform", "project", "model"],
  usualPeriod: "all",
  choices: {
    priority: ["all", ...SEVERITIES],
    type: ["all", ...INSIGHT_TYPES],
    hidden: ["false", "true"],
  },
  takes: { offset: OFFSET },
  render: (request) => <Insights request={request} />,
};

function Insights({ request }: { request: PageRequest }) {
  const { query, context: { db } } = request;
  const type = wordQuery(request, "type", INSIGHT_TYPES);
  const severity = wordQuery(request, "priority", SEVERITIES);
  const hidden = wordQuery(request, "hidden", ["true"]) !== undefined;
  const offset = numberQuery(request, "offset");
  const asked = { ...query, type, severity, hidden, limit: SHOWN, offset };
  const nameOf = toolNamer(request);
  const report = reportInsights(db, {
    ...asked,
    period: request.periodName === "all" ? undefined : query.period,
  });
  return (
    <>
      <div class="filters">
        <ChoiceTabs request={request} name="priority" words={SEVERITIES} current={severity} />
        <ChoiceTabs request={request} name="type" words={INSIGHT_TYPES} current={type} />
      </div>
      <Said />
      <Section
        id="findings"
        title={titleOf(report)}
        aside={<HiddenLink request={request} report={report} isShown={hidden} />}
      >
        <Pager
          request={request}
          label="Findings"
          parameter="offset"
          offset={offset}
          limit={SHOWN}
          total={report.total}
        >
          {report.insights.length === 0
            ? <Empty>No findings match these filters.</Empty>
            : report.insights.map((one) => (
              <FindingArticle insight={one} request={request} nameOf={nameOf} />
            ))}
        </Pager>
      </Section>
      <MutedKinds muted={readInsightChoices(db).muted} />
      <Note>
        Fixed rules find these, not a model: each finding tells the numbers it rests on, and of
        how many. A dismissed one comes back when it has become clearly worse.
      </Note>
    </>
  );
}

function titleOf({ total }: InsightsReport): string {
  if (total === 0) return "Findings";
  return `${formatCount(total)} finding${total === 1 ? "" : "s"}`;
}

function ChoiceTabs(
  { request, name, words, current }: {
    request: PageRequest;
    name: string;
    words: readonly string[];
    current: string | undefined;
  },
) {
  return (
    <Tabs
      label={name[0]!.toUpperCase() + name.slice(1)}
      items={["all", ...words].map((word) => ({
        name: word,
        href: hrefOf(request, { [name]: word === "all" ? null : word, offset: null }),
        isCurrent: word === (current ?? "all"),
      }))}
    />
  );
}

function HiddenLink(
  { request, report, isShown }: {
    request: PageRequest;
    report: InsightsReport;
    isShown: boolean;
  },
) {
  if (isShown) {
    return <a href={hrefOf(request, { hidden: null, offset: null })}>Show open ones only</a>;
  }
  const { dismissed, muted } = report.hidden;
  if (dismissed + muted === 0) return null;
  const told = [
    ...(dismissed > 0 ? [`${formatCount(dismissed)} dismissed`] : []),
    ...(muted > 0 ? [`${formatCount(muted)} muted`] : []),
  ];
  return (
    <a href={hrefOf(request, { hidden: "true", offset: null })}>Show {told.join(" and ")}, too</a>
  );
}
