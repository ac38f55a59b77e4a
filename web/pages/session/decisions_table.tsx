/**
 * The decisions of a session, each with what it is known by.
 *
 * @module
 */

import { costText, type ToldCost } from "../../../core/cost_text.ts";
import { formatCount, formatLatency } from "../../../core/format.ts";
import {
  type Decision,
  DECISION_CHOICES,
  type Decisions,
} from "../../../core/reports/session_decisions.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { Moment } from "../../parts/moment.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Table } from "../../parts/table.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { EVIDENCE_TEXTS, VERDICT_LOOKS, VERDICT_NAMES } from "../../parts/verdicts.ts";
import { DECISIONS_SHOWN, type SessionView, VIEW_PARAMETERS } from "./view.ts";

/** What the table shows. */
export interface DecisionsProps {
  readonly request: PageRequest;
  readonly view: SessionView;
  readonly read: Decisions;
  /** Of whose cost each is a part. */
  readonly whole: ToldCost;
  readonly isOneDay: boolean;
  /** Whether hooks tell of questions: without them nobody knows of any. */
  readonly arePermissionsKnown: boolean;
  /** What a tool is called here. */
  nameOf(tool: string): string;
}

/** The choice, the table, and the pager. */
export function DecisionsTable(props: DecisionsProps) {
  const { request, view, read } = props;
  const { decision, decisionsOffset } = VIEW_PARAMETERS;
  const { counts, decisions } = read;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const present = DECISION_CHOICES.filter((choice) => counts[choice] > 0);
  const items = [undefined, ...present].map((choice) => ({
    name: choice === undefined
      ? `all ${formatCount(all)}`
      : `${VERDICT_NAMES[choice]} ${formatCount(counts[choice])}`,
    href: `${
      hrefOf(request, { [decision]: choice ?? null, [decisionsOffset]: null })
    }#decisions-title`,
    isCurrent: view.decision === choice,
  }));
  return (
    <>
      {present.length > 1 ? <Tabs label="Decisions" items={items} /> : null}
      <Pager
        request={request}
        label="Decisions"
        parameter={decisionsOffset}
        offset={view.decisionsOffset}
        limit={DECISIONS_SHOWN}
        total={view.decision === undefined ? all : counts[view.decision]}
        anchor="decisions-title"
      >
        <Table
          caption="Decisions"
          columns={[
            { title: "When" },
            { title: "Tool" },
            { title: "Files", hidden: "tablet" },
            { title: "Became" },
            { title: "Known by", hidden: "phone" },
            { title: "Mode", hidden: "tablet" },
            { title: "You took", isNumber: true, hidden: "tablet" },
            { title: "Lines", isNumber: true, hidden: "phone" },
            { title: "Cost", isNumber: true, hidden: "tablet" },
          ]}
          rows={decisions.map((one) => rowOf(one, props))}
          empty="No edit was proposed, and nothing was refused or asked for."
        />
      </Pager>
    </>
  );
}

function rowOf(
  decision: Decision,
  { whole, isOneDay, arePermissionsKnown, nameOf }: DecisionsProps,
) {
  const { choice, evidence, lines_added: added, lines_removed: removed } = decision;
  return [
    <Moment at={decision.at} form={isOneDay ? "clock" : "day"} />,
    nameOf(decision.tool) + (decision.of_subagent ? " (sub-agent)" : ""),
    decision.extension ?? "–",
    <span class={VERDICT_LOOKS[choice]}>{VERDICT_NAMES[choice]}</span>,
    evidence === null ? outcomeText(decision) : EVIDENCE_TEXTS[evidence],
    decision.mode ?? "–",
    decision.asked
      ? formatLatency(decision.decision_ms)
      : arePermissionsKnown
      ? "not asked"
      : "–",
    added + removed === 0 ? "–" : `+${formatCount(added)} −${formatCount(removed)}`,
    // A session of which no cost is known has no edit that cost nothing.
    costText({ cost_usd: whole.cost_usd === null ? null : decision.cost_usd }, whole),
  ];
}

/** Of an edit nothing is known but how its call ended. */
function outcomeText({ outcome }: Decision): string {
  return outcome === null ? "it did not end" : `it ended as ${outcome.replaceAll("_", " ")}`;
}
