/**
 * Acceptance by one dimension: a row for each group, with the interval of its rate drawn.
 *
 * @module
 */

import { costText } from "../../../core/cost_text.ts";
import { formatCount, formatShare } from "../../../core/format.ts";
import type {
  AcceptanceGroup,
  AcceptanceNumbers,
} from "../../../core/reports/acceptance_report.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { toolNamer } from "../../tool_namer.ts";
import { Note } from "../../parts/note.tsx";
import { ShareBars, type ShareBarsProps } from "../../parts/share_bars.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import {
  ACCEPTANCE_DIMENSIONS,
  type AcceptanceDimension,
} from "../../../core/reports/report_choices.ts";

/** What a dimension is called in a heading. */
export const DIMENSION_NAMES: Readonly<Record<AcceptanceDimension, string>> = {
  tool: "tool",
  model: "model",
  extension: "kind of file",
  project: "project",
  platform: "assistant",
  mode: "mode of permission",
  "hour-of-day": "hour of the day",
  weekday: "weekday",
};

const ROWS_SHOWN = 24;
const COLUMNS: ShareBarsProps["columns"] = [
  "Of",
  "Accepted",
  { title: "95 %", hidden: "phone" },
  "n",
  { title: "Kept", hidden: "phone" },
  { title: "Not asked", hidden: "tablet" },
  { title: "Refused", hidden: "tablet" },
  { title: "A line", hidden: "phone" },
];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What the rows show. */
export interface GroupsProps {
  readonly request: PageRequest;
  readonly by: AcceptanceDimension;
  readonly groups: readonly AcceptanceGroup[];
  readonly totals: AcceptanceNumbers;
}

/** The choice of a dimension, and its groups. */
export function AcceptanceGroups({ request, by, groups, totals }: GroupsProps) {
  const items = ACCEPTANCE_DIMENSIONS.map((name) => ({
    name: DIMENSION_NAMES[name],
    href: `${hrefOf(request, { by: name === "tool" ? null : name })}#by-title`,
    isCurrent: name === by,
  }));
  // Groups without any edit say nothing here, and most tools have none.
  const toolName = toolNamer(request);
  const edited = groups.filter(hasEdits), shown = edited.slice(0, ROWS_SHOWN);
  return (
    <>
      <Tabs label="By" items={items} />
      <ShareBars
        caption={`Acceptance by ${DIMENSION_NAMES[by]}`}
        columns={COLUMNS}
        rows={shown.map((group) => ({
          name: by === "tool"
            ? toolName(group.key)
            : by === "platform"
            ? request.context.platformName(group.key)
            : nameOf(by, group),
          share: group.rates.acceptance?.value ?? null,
          ...(group.rates.acceptance === null ? {} : {
            low: group.rates.acceptance.low,
            high: group.rates.acceptance.high,
          }),
          cells: cellsOf(group, totals),
        }))}
        empty="No edit was proposed in this period."
      />
      {shown.length < edited.length
        ? <Note>{`The first ${shown.length} of ${edited.length}.`}</Note>
        : null}
    </>
  );
}

function hasEdits({ edits }: AcceptanceGroup): boolean {
  return Object.values(edits).some((count) => typeof count === "number" && count > 0);
}

/** As people call it. */
function nameOf(by: AcceptanceDimension, { key, label }: AcceptanceGroup): string {
  if (by === "weekday") return WEEKDAYS[Number(key) - 1] ?? key;
  if (by === "hour-of-day") return `${key}:00`;
  if (by === "project") return label ?? key.slice(0, 8);
  return label ?? key;
}

function cellsOf(group: AcceptanceGroup, whole: AcceptanceNumbers) {
  const { rates: { acceptance, kept }, edits } = group;
  const percent = (share: number) => (share * 100).toFixed(0);
  return [
    formatShare(acceptance?.value),
    acceptance === null ? "–" : `${percent(acceptance.low)}–${percent(acceptance.high)}`,
    formatCount(acceptance?.n ?? 0),
    formatShare(kept?.value),
    formatCount(edits.auto),
    formatCount(edits.rejected),
    costText({ ...group, cost_usd: group.cost_per_accepted_line_usd }, whole),
  ];
}
