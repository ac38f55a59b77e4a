/**
 * How calls end and what they cost, by tool, mode, model or what else they can be told apart by.
 *
 * @module
 */

import { costText, type ToldCost } from "../../../core/cost_text.ts";
import { formatCount } from "../../../core/format.ts";
import { type MetricsGroup, readGroups } from "../../../core/reports/groups.ts";
import { readWords } from "../../../core/words.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { ShareText } from "../../parts/number.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import type { ToolNamer } from "../../tool_namer.ts";
import type { GroupBy } from "../../../core/reports/report_choices.ts";

const DIMENSIONS = ["tool", "mode", "model", "extension", "platform", "project"] as const;

/** What the address chooses of it. */
export const CALLS_CHOICES = { by: DIMENSIONS };
const SHOWN = 25;

interface CallsTableProps {
  readonly request: PageRequest;
  /** Those by tool. */
  readonly groups: readonly MetricsGroup[];
  /** Of which their costs are parts. */
  readonly whole: ToldCost;
  readonly nameOf: ToolNamer;
}

/** The table; `?by=` chooses what its rows are. */
export function CallsTable({ request, groups, whole, nameOf }: CallsTableProps) {
  const asked = request.url.searchParams.get("by");
  const by: GroupBy = DIMENSIONS.find((name) => name === asked) ?? "tool";
  const { db, platformName } = request.context;
  const all = by === "tool" ? groups : readGroups(db, request.query, by, readWords(db), false);
  const called = all.filter(({ totals }) => totals.tool_uses)
    .toSorted((a, b) => (b.totals.tool_uses ?? 0) - (a.totals.tool_uses ?? 0));
  return (
    <Section
      id="calls"
      title="How calls end"
      aside={
        <Tabs
          label="By what calls are told apart"
          items={DIMENSIONS.map((name) => ({
            name,
            href: hrefOf(request, { by: name === "tool" ? null : name }),
            isCurrent: name === by,
          }))}
        />
      }
    >
      <Table
        caption={`Calls by ${by}`}
        columns={[
          { title: by[0]!.toUpperCase() + by.slice(1) },
          { title: "Calls", isNumber: true },
          { title: "Failed", isNumber: true },
          { title: "Refused", isNumber: true, hidden: "phone" },
          { title: "By rule or hook", isNumber: true, hidden: "tablet" },
          { title: "Broken off", isNumber: true, hidden: "tablet" },
          { title: "Cost of calls", isNumber: true, hidden: "phone" },
        ]}
        rows={called.slice(0, SHOWN).map(({ key, label, totals, rates }) => {
          const kinds = totals.tool_results_by_kind ?? {};
          return [
            by === "tool"
              ? nameOf(key)
              : by === "platform"
              ? platformName(key)
              : label ?? (by === "project" ? key.slice(0, 8) : key),
            formatCount(totals.tool_uses),
            <ShareText rate={rates.error} />,
            <ShareText rate={rates.rejection} />,
            formatCount((kinds.permission_denied ?? 0) + (kinds.hook_blocked ?? 0)),
            formatCount((kinds.interrupted ?? 0) + (kinds.cancelled_sibling ?? 0)),
            costText(totals, whole),
          ];
        })}
        empty="No tool calls in this period."
      />
    </Section>
  );
}
