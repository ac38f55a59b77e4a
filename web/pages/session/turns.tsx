/**
 * The turns of a session as a table: when, how long, with which tools and for how much, with the
 * sub-agents that each started.
 *
 * @module
 */

import { costText } from "../../../core/cost_text.ts";
import { formatCount, formatCounted, formatLatency } from "../../../core/format.ts";
import type { SessionReport } from "../../../core/reports/session_report.ts";
import type { Subagent } from "../../../core/reports/session_tree.ts";
import { costSoFar, type Turn } from "../../../core/reports/session_turns.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { AddressForm } from "../../parts/address_form.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Table } from "../../parts/table.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import {
  chosenTurns,
  type PlacedTurn,
  type SessionView,
  TURN_CHOICES,
  type TurnChoice,
  TURNS_SHOWN,
  VIEW_PARAMETERS,
} from "./view.ts";

/** What the table shows. */
export interface TurnsProps {
  readonly request: PageRequest;
  readonly report: SessionReport;
  readonly view: SessionView;
  /** How many turns are chosen, and those of this page. */
  readonly total: number;
  readonly turns: readonly PlacedTurn[];
  /** What a tool is called here. */
  nameOf(tool: string): string;
}

const KINDS: Readonly<Record<string, string>> = {
  queued_prompt: "queued",
  slash_command: "command",
  bash_input: "shell",
};
const CHOICE_NAMES: Readonly<Record<TurnChoice, string>> = {
  failed: "with failures",
  interrupted: "broken off",
  rewound: "taken back",
  asked: "asked for permission",
  agents: "with sub-agents",
};
/** As long as a pause that is no activity any more. */
const IDLE_MIN_MS = 5 * 60_000;
const TOOLS_SHOWN = 6;
/** Sub-agents that are told one by one, of one turn, and how deep. */
const AGENTS_SHOWN = 10, DEPTH_MAX = 6;
/** A type of sub-agent that a user made is kept as a hash. */
const HASHED = /^[0-9a-f]{16}$/;

/** The choice, the table, and the pager. */
export function Turns(props: TurnsProps) {
  const { request, view, total, turns } = props;
  const { turnsOffset: parameter } = VIEW_PARAMETERS;
  return (
    <>
      <Choices {...props} />
      <Pager
        request={request}
        label="Turns"
        parameter={parameter}
        offset={view.turnsOffset}
        limit={TURNS_SHOWN}
        total={total}
        anchor="turns-title"
      >
        <Table
          caption="Turns"
          columns={[
            { title: "Turn" },
            { title: "Began" },
            { title: "Took", isNumber: true, hidden: "phone" },
            { title: "Tools" },
            { title: "Failed", isNumber: true, hidden: "phone" },
            { title: "Asked", isNumber: true, hidden: "tablet" },
            { title: "Cost", isNumber: true },
            { title: "So far", isNumber: true, hidden: "tablet" },
          ]}
          rows={turns.map((placed) => rowOf(placed, props))}
          empty={view.turn === undefined && view.tool === undefined
            ? "Nobody typed anything."
            : "No turns match this choice."}
        />
      </Pager>
    </>
  );
}

function Choices({ request, report, view, nameOf }: TurnsProps) {
  const { turn, tool, turnsOffset } = VIEW_PARAMETERS;
  const all = [undefined, ...TURN_CHOICES].flatMap((choice) => {
    const count = chosenTurns(report, { turn: choice, tool: undefined }).length;
    if (choice !== undefined && count === 0 && view.turn !== choice) return [];
    return [{
      name: `${choice === undefined ? "all" : CHOICE_NAMES[choice]} ${formatCount(count)}`,
      href: `${hrefOf(request, { [turn]: choice ?? null, [turnsOffset]: null })}#turns-title`,
      isCurrent: view.turn === choice,
    }];
  });
  const tools = report.tools.map(({ tool }) => tool);
  if (all.length < 2 && tools.length < 2) return null;
  return (
    <div class="filters">
      {all.length > 1 ? <Tabs label="Turns" items={all} /> : null}
      {tools.length < 2 ? null : (
        <AddressForm
          request={request}
          isOwn={(name) => name === tool || name === turnsOffset}
        >
          <label>
            <span>With tool</span>
            <select name={tool}>
              <option value="">any</option>
              {tools.map((name) => (
                <option value={name} selected={name === view.tool}>{nameOf(name)}</option>
              ))}
            </select>
          </label>
          <button type="submit">Show</button>
        </AddressForm>
      )}
    </div>
  );
}

function rowOf({ place, turn }: PlacedTurn, { report, nameOf }: TurnsProps) {
  const { session } = report;
  return [
    <span id={`turn-${place}`} class="turn">{place}</span>,
    <Moment at={turn.started_at} form={isOfOneDay(report) ? "clock" : "day"} />,
    formatLatency(turn.duration_ms),
    <Deeds turn={turn} nameOf={nameOf} />,
    formatCount(turn.failed),
    formatCount(turn.permission_requests),
    costText(turn, session),
    costText(costSoFar(turn), session),
  ];
}

/** Whether its moments need no day. */
export function isOfOneDay({ session: { started_at, ended_at } }: SessionReport): boolean {
  if (started_at === null || ended_at === null) return false;
  return new Date(started_at).toDateString() === new Date(ended_at).toDateString();
}

function Deeds({ turn, nameOf }: { turn: Turn; nameOf: (tool: string) => string }) {
  const tools = Object.entries(turn.tools);
  const names = tools.slice(0, TOOLS_SHOWN).map(([tool, count]) =>
    count === 1 ? nameOf(tool) : `${nameOf(tool)} ${formatCount(count)}`
  );
  const rest = tools.length - names.length;
  const text = [...names, ...rest > 0 ? [`${rest} more`] : []].join(", ");
  return (
    <div class="deeds">
      {marksOf(turn).map(([name, look]) => (
        <>
          <span class={look}>{name}</span>
          {" "}
        </>
      ))}
      {text || (turn.responses > 0 ? "no tool" : "no answer")}
      <Subagents of={turn.subagents} depth={1} />
    </div>
  );
}

function marksOf(turn: Turn): [string, string][] {
  const { kind, rewound, interrupted, idle_before_ms: idleMs } = turn;
  return [
    ...KINDS[kind] === undefined ? [] : [[KINDS[kind], "badge"] as [string, string]],
    ...rewound === true ? [["taken back", "badge warn"] as [string, string]] : [],
    ...interrupted ? [["broken off", "badge bad"] as [string, string]] : [],
    ...idleMs !== null && idleMs >= IDLE_MIN_MS
      ? [[`after ${formatLatency(idleMs)} idle`, "badge quiet"] as [string, string]]
      : [],
  ];
}

/** Sub-agents under the turn whose calls started them, each with those that it started. */
function Subagents({ of, depth }: { of: readonly Subagent[]; depth: number }) {
  if (of.length === 0) return null;
  const shown = of.slice(0, AGENTS_SHOWN);
  return (
    <ul class="tree">
      {shown.map((agent) => (
        <li>
          {agentText(agent)}
          {depth < DEPTH_MAX ? <Subagents of={agent.subagents} depth={depth + 1} /> : null}
        </li>
      ))}
      {shown.length < of.length ? <li>{`${of.length - shown.length} more`}</li> : null}
    </ul>
  );
}

function agentText(agent: Subagent): string {
  const { type, responses, tool_calls: calls, failed, duration_ms, outcome } = agent;
  const name = type === null || HASHED.test(type) ? "sub-agent" : type;
  return [
    `${name}: ${calls > 0 ? formatCounted(calls, "call") : formatCounted(responses, "answer")}`,
    ...failed > 0 ? [`${formatCount(failed)} failed`] : [],
    ...duration_ms === null ? [] : [formatLatency(duration_ms)],
    ...agent.cost_usd === null ? [] : [costText(agent)],
    ...outcome !== null && outcome !== "ok" ? [outcome.replaceAll("_", " ")] : [],
  ].join(", ");
}
