/**
 * What the cost went to, in all and by model: work that was accepted, and work that was not.
 *
 * @module
 */

import { costMark, costText } from "../../../core/cost_text.ts";
import { formatCount, formatMoney, formatShare } from "../../../core/format.ts";
import type {
  AcceptanceGroup,
  AcceptanceNumbers,
} from "../../../core/reports/acceptance_report.ts";
import { Empty } from "../../parts/note.tsx";
import { ShareBars } from "../../parts/share_bars.tsx";
import { Table } from "../../parts/table.tsx";

/** What each part of the cost is to people, in the order in which they are shown. */
const PARTS: Readonly<Record<string, string>> = {
  edits_accepted: "Edits accepted",
  edits_auto: "Edits made without a question",
  edits_modified: "Edits that you changed",
  edits_rejected: "Edits that you refused",
  edits_undone: "Edits that you took back",
  edits_unknown: "Edits with an unknown outcome",
  calls_ok: "Other calls",
  calls_failed: "Calls that failed",
  refused_by_person: "Other calls that you refused",
  refused_by_rule: "Calls that a rule or mode refused",
  refused_by_hook: "Calls that a hook refused",
  interrupted: "Calls that you broke off",
  cancelled: "Calls dropped beside a failed one",
  unfinished: "Calls without an end",
  talk: "Answers without a call",
  web_searches: "Web searches",
  unlinked: "Read before calls named their response",
};

/** The cost by what it went to. */
export function CostParts({ totals }: { totals: AcceptanceNumbers }) {
  const { cost_by_outcome_usd: parts, cost_usd: cost } = totals;
  if (parts === null || !cost) return <Empty>No cost is known.</Empty>;
  const sign = costMark(totals);
  return (
    <ShareBars
      caption="What the cost went to"
      columns={["Part", "Cost", "Share"]}
      rows={Object.entries(PARTS).flatMap(([part, name]) => {
        const usd = parts[part];
        return usd === undefined ? [] : [{
          name,
          share: usd / cost,
          cells: [sign + formatMoney(usd), formatShare(usd / cost)],
        }];
      })}
    />
  );
}

/** What accepted lines and lost work cost, by model. */
export function CostByModel({ models }: { models: readonly AcceptanceGroup[] }) {
  return (
    <Table
      caption="Cost by model"
      columns={[
        { title: "Model" },
        { title: "Cost", isNumber: true },
        { title: "Refused", isNumber: true, hidden: "phone" },
        { title: "Failed", isNumber: true, hidden: "phone" },
        { title: "Undone", isNumber: true, hidden: "phone" },
        { title: "Wasted", isNumber: true },
        { title: "A line", isNumber: true },
        { title: "Of lines", isNumber: true, hidden: "tablet" },
        { title: "Kept line", isNumber: true, hidden: "tablet" },
      ]}
      rows={models.filter(({ cost_usd }) => cost_usd !== 0).map((group) => [
        group.key,
        costText(group),
        ...[group.cost_rejected_usd, group.cost_failed_usd, group.cost_undone_usd]
          .map((cost_usd) => costText({ cost_usd }, group)),
        formatShare(group.wasted_cost_share),
        costText({ cost_usd: group.cost_per_accepted_line_usd }, group),
        formatCount(group.priced_lines_accepted),
        costText({ cost_usd: group.cost_per_kept_line_usd }, group),
      ])}
      empty="No model answered in this period."
    />
  );
}
