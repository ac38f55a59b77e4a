/**
 * What the work went to: models by cost, tools by calls, and the latest sessions.
 *
 * @module
 */

import { costText } from "../../../core/cost_text.ts";
import { formatAgo, formatCount, formatShare } from "../../../core/format.ts";
import type { MetricsReport } from "../../../core/reports/metrics_report.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { tellsTokens } from "../../../core/reports/told_tokens.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { Clipped } from "../../parts/clipped.tsx";
import { NothingRead } from "../../parts/nothing_read.tsx";
import { Section } from "../../parts/section.tsx";
import { ShareBars } from "../../parts/share_bars.tsx";
import { Table } from "../../parts/table.tsx";
import type { ToolNamer } from "../../tool_namer.ts";

const SHOWN = 10, SESSIONS_SHOWN = 14;

/** Models, the dearest first. */
export function ModelShares({ report: { totals } }: { report: MetricsReport }) {
  const models = Object.entries(totals.tokens_by_model ?? {})
    .sort(([, a], [, b]) => (b.cost_usd ?? -1) - (a.cost_usd ?? -1));
  const all = models.reduce((sum, [, { cost_usd }]) => sum + (cost_usd ?? 0), 0);
  return (
    <Section id="models" title="Models">
      <ShareBars
        caption="Models by cost"
        columns={["Model", "Cost", "Share", "Output"]}
        rows={models.slice(0, SHOWN).map(([name, model]) => {
          const { cost_usd, messages_without_stop_reason } = model;
          const output = tellsTokens(model) ? model.output : null;
          const share = all > 0 && cost_usd !== null ? cost_usd / all : null;
          const isOpen = messages_without_stop_reason > 0;
          const bound = output !== null && isOpen ? "≥" : "";
          const cells = [
            costText({ cost_usd, cost_is_lower_bound: isOpen }),
            formatShare(share),
            bound + formatCount(output),
          ];
          return { name, share, cells };
        })}
        empty="No responses in this period."
      />
    </Section>
  );
}

/** Tools, the most used first. */
export function ToolShares(
  { report: { totals }, nameOf }: { report: MetricsReport; nameOf: ToolNamer },
) {
  const tools = Object.entries(totals.tool_uses_by_name ?? {});
  const all = totals.tool_uses ?? 0;
  return (
    <Section id="tools" title="Tools">
      <ShareBars
        caption="Tools by calls"
        columns={["Tool", "Calls", "Share", "Did not go through"]}
        rows={tools.slice(0, SHOWN).map(([name, uses]) => ({
          name: nameOf(name),
          share: uses / all,
          cells: [
            formatCount(uses),
            formatShare(uses / all),
            formatCount(totals.tool_errors_by_name?.[name] ?? 0),
          ],
        }))}
        empty="No tool calls in this period."
      />
    </Section>
  );
}

/** The sessions in which something happened last; of a stretch of the past, those of it. */
export function LatestSessions({ request }: { request: PageRequest }) {
  const { context, query, now, periodName } = request;
  const { platform, project, model, labels, coverage } = query;
  const during = periodName === undefined ? query.period : undefined;
  const filter = { platform, project, model, labels, coverage, during };
  const { sessions } = reportSessions(context.db, { ...filter, limit: SESSIONS_SHOWN });
  return (
    <Section id="sessions" title="Latest sessions">
      <Table
        caption="Latest sessions"
        columns={[
          { title: "Session" },
          { title: "Project" },
          { title: "Last", isNumber: true },
          { title: "Prompts", isNumber: true, hidden: "phone" },
          { title: "Tool calls", isNumber: true, hidden: "phone" },
          { title: "Cost", isNumber: true },
        ]}
        rows={sessions.map((session) => [
          <a href={hrefOf(request, {}, `/sessions/${session.session_id}`)}>
            <code title={session.session_id}>{session.session_id.slice(0, 8)}</code>
          </a>,
          <Clipped
            name={session.project_label ?? session.project_id?.slice(0, 8) ?? "–"}
            isSmall
          />,
          session.ended_at === null ? "–" : formatAgo(Date.parse(session.ended_at), now),
          formatCount(session.user_prompts),
          formatCount(session.tool_uses),
          costText(session),
        ])}
        empty={during ? "No session went on in this period." : <NothingRead />}
      />
    </Section>
  );
}
