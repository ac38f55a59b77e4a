/**
 * Whose tools and words are used: servers of tools, skills, types of sub-agents.
 *
 * @module
 */

import { costText, type ToldCost } from "../../../core/cost_text.ts";
import { formatCount, formatCounted } from "../../../core/format.ts";
import type { FullMetricsReport, PeriodTotals } from "../../../core/reports/metrics_report.ts";
import { type ToolClass, toolClass } from "../../../core/tool_classes.ts";
import type { PageRequest } from "../../page.ts";
import { Empty, Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";
import type { ToolNamer } from "../../tool_namer.ts";

const SHOWN = 15;

interface Account {
  readonly label?: string;
  readonly responses: number | null;
  readonly tokens: number | null;
  readonly cost_usd: number | null;
  readonly tool_uses?: number;
}

/** All three. */
export function ServersTables(
  { request, report: { context, totals }, nameOf }: {
    request: PageRequest;
    report: FullMetricsReport;
    nameOf: ToolNamer;
  },
) {
  if (context === null) {
    return (
      <Section id="servers" title="Servers, skills and sub-agents">
        <Empty>Not known for a single model.</Empty>
      </Section>
    );
  }
  const unused = unusedServers(request, Object.keys(context.servers));
  return (
    <div class="grid">
      <Section id="servers" title="Servers of tools (MCP)">
        <Accounts
          caption="Servers of tools"
          accounts={context.servers}
          whole={totals}
          empty={emptyText(callsOf(totals, "mcp"))}
          nameOf={nameOf}
          hasCalls
        />
        {unused.length === 0
          ? null
          : <Note>Switched on, and not used in this period: {unused.join(", ")}.</Note>}
      </Section>
      <div>
        <Section id="skills" title="Skills">
          <Accounts
            caption="Skills"
            accounts={context.skills}
            whole={totals}
            empty={emptyText(callsOf(totals, "skill"))}
          />
        </Section>
        <Section id="agents" title="Sub-agents by type">
          <Accounts
            caption="Sub-agents by type"
            accounts={context.agents}
            whole={totals}
            empty={emptyText(callsOf(totals, "agent"), context.subagents.responses)}
          />
        </Section>
      </div>
    </div>
  );
}

function Accounts(
  { caption, accounts, whole, empty, nameOf = (key) => key, hasCalls = false }: {
    caption: string;
    accounts: Readonly<Record<string, Account>>;
    whole: ToldCost;
    empty: string;
    nameOf?: ToolNamer;
    hasCalls?: boolean;
  },
) {
  const rows = Object.entries(accounts).map(([key, { label, ...account }]) => [
    label ?? nameOf(key),
    ...(hasCalls ? [formatCount(account.tool_uses)] : []),
    formatCount(account.responses),
    formatCount(account.tokens),
    costText(account, whole),
  ]);
  return (
    <Table
      caption={caption}
      columns={[
        { title: "Name" },
        ...(hasCalls ? [{ title: "Calls", isNumber: true }] : []),
        { title: "Responses", isNumber: true, hidden: "phone" },
        { title: "Tokens", isNumber: true, hidden: "phone" },
        { title: "Cost", isNumber: true },
      ]}
      rows={rows.slice(0, SHOWN)}
      empty={empty}
    />
  );
}

/** Calls of a kind of tool; null where no call is known by its tool. */
function callsOf({ tool_uses_by_name: uses }: PeriodTotals, kind: ToolClass): number | null {
  if (uses === null) return null;
  return Object.entries(uses).filter(([tool]) => toolClass(tool) === kind)
    .reduce((sum, [, count]) => sum + count, 0);
}

/** What is said where nothing is named: that nobody is told is another thing than that none is. */
function emptyText(calls: number | null, responses: number | null = 0): string {
  if (calls === null || responses === null) return "Not known in this period.";
  if (calls === 0 && responses === 0) return "None was used in this period.";
  const seen = calls > 0 ? formatCounted(calls, "call") : formatCounted(responses, "response");
  return `${seen} in this period, but the assistant does not say of which.`;
}

/** Names of servers that are switched on for all projects, and were not called. */
function unusedServers({ context }: PageRequest, used: readonly string[]): string[] {
  const known = [...context.toolServers().values()].flatMap((names) => [...names]);
  return [...new Set(known.filter(([hash]) => !used.includes(hash)).map(([, name]) => name))]
    .sort();
}
