/**
 * Acceptance: what became of what the assistant proposed, over time and by every dimension, and
 * what it cost.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { isCostOpen } from "../../core/cost_text.ts";
import { formatCount, formatCounted, formatLatency } from "../../core/format.ts";
import {
  type AcceptanceReport,
  readAcceptanceOverTime,
  reportAcceptance,
} from "../../core/reports/acceptance_report.ts";
import { WHO_LETS_RUN } from "../../core/reports/let_run_by.ts";
import type { Page, PageRequest } from "../page.ts";
import { Card } from "../parts/card.tsx";
import { Note } from "../parts/note.tsx";
import { Section } from "../parts/section.tsx";
import { EVIDENCE_TEXTS, LET_RUN_NAMES, VERDICT_NAMES } from "../parts/verdicts.ts";
import { wordQuery } from "../query.ts";
import { CostByModel, CostParts } from "./acceptance/costs.tsx";
import { AcceptanceGroups, DIMENSION_NAMES } from "./acceptance/groups.tsx";
import { VerdictCharts } from "./acceptance/verdict_chart.tsx";
import { ACCEPTANCE_DIMENSIONS } from "../../core/reports/report_choices.ts";

/** The page. */
export const acceptancePage: Page = {
  path: "/acceptance",
  title: "Acceptance",
  isInNavigation: true,
  filters: ["period", "platform", "project", "model"],
  usualPeriod: "30d",
  choices: { by: ACCEPTANCE_DIMENSIONS },
  render: (request) => <Acceptance request={request} />,
};

const STEPS_MAX = 60;

function Acceptance({ request }: { request: PageRequest }) {
  const { query, context: { db } } = request;
  const by = wordQuery(request, "by", ACCEPTANCE_DIMENSIONS) ?? "tool";
  const report = reportAcceptance(db, { ...query, by: [...new Set([by, "model" as const])] });
  const { points } = readAcceptanceOverTime(db, query, STEPS_MAX);
  return (
    <>
      <Cards report={report} />
      <Section id="verdicts" title="Over time">
        <VerdictCharts points={points} />
      </Section>
      <Section id="by" title={`By ${DIMENSION_NAMES[by]}`}>
        <AcceptanceGroups
          request={request}
          by={by}
          groups={report.by[by.replaceAll("-", "_")] ?? []}
          totals={report.totals}
        />
      </Section>
      <Section id="models" title="What it cost, by model">
        <CostByModel models={report.by.model ?? []} />
      </Section>
      <div class="grid">
        <Section id="costs" title="What the cost went to">
          <CostParts totals={report.totals} />
        </Section>
        <Section id="evidence" title="How it is known">
          <Evidence report={report} />
        </Section>
      </div>
      <Explanation />
    </>
  );
}

function Cards({ report: { totals } }: { report: AcceptanceReport }) {
  const { rates } = totals;
  return (
    <dl class="cards tight" data-section="cards">
      <Card metric="acceptance_rate" value={rates.acceptance?.value} />
      <Card metric="kept_rate" value={rates.kept?.value} />
      <Card metric="rejection_rate" value={rates.rejection?.value} />
      <Card metric="error_rate" value={rates.error?.value} />
      <Card
        metric="cost_per_accepted_line_usd"
        title="An accepted line"
        value={totals.cost_per_accepted_line_usd}
        isLowerBound={isCostOpen(totals)}
      />
      <Card metric="wasted_cost_share" title="Cost wasted" value={totals.wasted_cost_share} />
    </dl>
  );
}

/** By what accepted edits are known to be, and what stands apart from them. */
function Evidence({ report: { totals, decision_ms: decision, let_run_by: letRun, unknown } }: {
  report: AcceptanceReport;
}) {
  const { edits, refused_by: by } = totals;
  const evidence = Object.entries(edits.evidence).map(([name, count]): [Child, string] => [
    `Accepted: ${EVIDENCE_TEXTS[name as keyof typeof EVIDENCE_TEXTS] ?? name}`,
    formatCount(count),
  ]);
  const rest = (["rejected", "modified", "undone", "auto", "unknown"] as const)
    .map((verdict): [Child, string] => [
      `Edits ${VERDICT_NAMES[verdict]}`,
      formatCount(edits[verdict]),
    ]);
  const rows: [Child, string][] = [
    ...evidence,
    ...rest,
    ...WHO_LETS_RUN.filter((who) => letRun !== null && letRun[who] > 0)
      .map((who): [Child, string] => [LET_RUN_NAMES[who], formatCount(letRun?.[who] ?? null)]),
    ["Calls that you refused", formatCount(by.person)],
    ["Calls that a rule or mode refused", formatCount(by.rule)],
    ["Calls that a hook refused", formatCount(by.hook)],
    [
      "Your decision took",
      decision === null
        ? "–"
        : `${formatLatency(decision.p50)}, p95 ${formatLatency(decision.p95)} (of ${
          formatCount(decision.n)
        })`,
    ],
  ];
  const sessions = unknown.tokens?.sessions;
  return (
    <>
      <dl class="tally">
        {rows.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {decision === null
        ? <Note>How long you took is known only where hooks are installed.</Note>
        : null}
      {sessions
        ? <Note>{`Tokens and cost are not kept in ${formatCounted(sessions, "session")}.`}</Note>
        : null}
    </>
  );
}

/** What counts as what. */
function Explanation() {
  const terms: [string, string][] = [
    ["accepted", "It ran where you could have said no, and you let it stand."],
    ["not asked", "It ran and nobody was asked, by a rule, hook or mode; it was not undone."],
    ["rejected", "You said no: not a rule, a hook or a mode."],
    ["modified", "You changed it before it was made, or the file afterwards."],
    ["undone", "It was taken back afterwards."],
    ["unknown", "There is no trace of what became of it. It is in no rate."],
    ["share accepted", "Accepted ÷ (accepted + rejected + modified + undone)."],
    ["share kept", "(Accepted + not asked) ÷ all but unknown."],
    ["95 % and n", "In which interval the share lies (Wilson), and on how many edits it rests."],
    ["wasted", "The cost of what was refused, failed or undone ÷ all whose outcome is known."],
    [
      "an accepted line",
      "All cost whose outcome is known ÷ the added lines of accepted edits; a kept line: " +
      "of those that nobody was asked about, too. Of a tool only its own calls are in the cost.",
    ],
  ];
  return (
    <section aria-labelledby="terms-title">
      <details>
        <summary id="terms-title">What counts as what</summary>
        <dl class="terms">
          {terms.map(([term, text]) => (
            <>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </>
          ))}
        </dl>
      </details>
    </section>
  );
}
