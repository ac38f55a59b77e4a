/**
 * The turns on the page as lanes: who was at work, and when.
 *
 * @module
 */

import { formatCount, formatCounted, formatLatency } from "../../../core/format.ts";
import type { LaneCall, SessionLanes } from "../../../core/reports/session_lanes.ts";
import { joined } from "../../../core/time_split.ts";
import type { Interval } from "../../charts/folded_time.ts";
import { type Lane, type LaneStop, Timeline } from "../../charts/timeline.tsx";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { clockText, dayText, momentText } from "../../parts/moment.tsx";
import { Empty } from "../../parts/note.tsx";
import type { PlacedTurn } from "./view.ts";

/** What the lanes show. */
export interface LanesFigureProps {
  readonly stretch: Interval;
  readonly lanes: SessionLanes;
  /** The turns within the stretch. */
  readonly turns: readonly PlacedTurn[];
  /** How many the session has: where others are left out, the caption says so. */
  readonly turnsInAll: number;
  /** What a tool is called here. */
  nameOf(tool: string): string;
}

/** Lanes of single tools; what is left shares one. */
const TOOLS_SHOWN = 4;
/** What breaks in on the work, and several of it. */
const MARK_NAMES = {
  interruption: ["interruption", "interruptions"],
  context_compact: ["compaction", "compactions"],
  api_error: ["error of the service", "errors of the service"],
} as const;

/** The chart and its table. */
export function LanesFigure({ stretch, lanes, turns, turnsInAll, nameOf }: LanesFigureProps) {
  if (lanes.busy.length === 0) return <Empty>None of this has a recorded time.</Empty>;
  const questions = lanes.calls.filter(({ isQuestion }) => isQuestion);
  const tools = toolLanes(lanes.calls.filter(({ isQuestion }) => !isQuestion), nameOf);
  const all: Lane[] = [
    { name: "Model", look: "s1", spans: lanes.model },
    { name: "No answer", look: "s-other", spans: lanes.unanswered },
    ...tools,
    { name: "Not through", look: "marked", spans: lanes.calls.filter(isLost).map(spanOf) },
    { name: "Sub-agents", look: "s5", spans: lanes.agents },
    { name: "Permission", look: "s4", spans: lanes.permission },
    { name: "Questions", look: "s6", spans: questions.map(spanOf) },
    { name: "You", look: "s3", spans: lanes.user },
    { name: "Breaks", look: "marks", spans: breaksOf(lanes) },
  ];
  const isOneDay = momentText(stretch[0]).slice(0, 10) === momentText(stretch[1]).slice(0, 10);
  return (
    <ChartFigure
      caption={turnsText(turns, turnsInAll) + captionOf(lanes)}
      table={{
        caption: "Time by lane",
        columns: [
          { title: "Lane" },
          { title: "Times", isNumber: true },
          { title: "In all", isNumber: true },
        ],
        rows: all.filter(({ spans }) => spans.length > 0).map(({ name, spans }) => [
          name,
          formatCount(spans.length),
          formatLatency(joined(spans).reduce((ms, [from, to]) => ms + to - from, 0)),
        ]),
      }}
    >
      <Timeline
        label="The session as lanes of time"
        stretch={stretch}
        busy={lanes.busy}
        stops={{ name: "Turns", items: turns.map(({ place, turn }) => stopOf(place, turn)) }}
        lanes={all}
        nameOf={(at) => isOneDay ? clockText(at) : dayText(at)}
      />
    </ChartFigure>
  );
}

function stopOf(place: number, turn: PlacedTurn["turn"]): LaneStop {
  const from = Date.parse(turn.started_at);
  return {
    from,
    to: from + (turn.duration_ms ?? 0),
    title: `Turn ${place}, ${clockText(from)}, ${formatLatency(turn.duration_ms)}${
      turn.rewound ? ", taken back" : ""
    }`,
    href: `#turn-${place}`,
    isHollow: turn.rewound === true,
  };
}

function toolLanes(calls: readonly LaneCall[], nameOf: (tool: string) => string): Lane[] {
  const byTool = [...Map.groupBy(calls, ({ tool }) => tool)]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const shown = byTool.slice(0, TOOLS_SHOWN), rest = byTool.slice(TOOLS_SHOWN);
  const others = rest.length === 1 ? nameOf(rest[0]![0]) : `${rest.length} others`;
  return [
    ...shown.map(([tool, of]) => toolLane(nameOf(tool), of)),
    ...rest.length === 0 ? [] : [toolLane(others, rest.flatMap(([, of]) => of))],
  ];
}

function toolLane(name: string, calls: readonly LaneCall[]): Lane {
  return { name, look: "s2", spans: calls.map(spanOf) };
}

function spanOf({ from, to }: LaneCall): Interval {
  return [from, to];
}

function isLost({ failed, refused }: LaneCall): boolean {
  return failed || refused;
}

function breaksOf({ marks }: SessionLanes): Interval[] {
  return marks.filter(({ kind }) => Object.hasOwn(MARK_NAMES, kind)).map(({ at }) => [at, at]);
}

function turnsText(turns: readonly PlacedTurn[], inAll: number): string {
  const first = turns[0], last = turns.at(-1);
  if (!first || !last || last.place - first.place + 1 === inAll) return "";
  const which = first === last ? `Turn ${first.place}` : `Turns ${first.place} to ${last.place}`;
  return `${which} of ${formatCount(inAll)}: `;
}

function captionOf({ calls, marks }: SessionLanes): string {
  const failed = calls.filter(isLost).length;
  const breaks = Object.entries(MARK_NAMES).flatMap(([kind, [one, several]]) => {
    const count = marks.filter((mark) => mark.kind === kind).length;
    return count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : several}`];
  });
  return [
    `${formatCounted(calls.length, "call")}${
      failed === 0 ? "" : `, ${formatCount(failed)} did not go through`
    }`,
    ...breaks,
  ].join("; ");
}
