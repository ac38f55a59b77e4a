/**
 * A session over its time: bars of what happened, then turn by turn when, how long, with which
 * tools and for how much, with the gaps in which nobody worked.
 *
 * @module
 */

import { costText } from "../../core/cost_text.ts";
import { formatCount, formatDuration, formatLatency } from "../../core/format.ts";
import type { SessionReport } from "../../core/reports/session_report.ts";
import type { Subagent } from "../../core/reports/session_tree.ts";
import type { Session } from "../../core/reports/sessions_report.ts";
import { costSoFar, type Turn } from "../../core/reports/session_turns.ts";
import { barsOf } from "../bars.ts";
import { barSigns } from "../charts/chart_look.ts";
import { type Column, renderTable } from "../table.ts";
import { notesText } from "../wrap.ts";
import { localDay, localTime } from "./local_time.ts";
import type { PartSheet, TableLook } from "./part_tables.ts";

const ASKED = "asked";
const COLUMNS: readonly Column[] = [
  { title: "turn" },
  { title: "took", number: true },
  { title: "tools", cuts: true },
  { title: "failed", number: true, weight: 4 },
  { title: ASKED, number: true, weight: 1 },
  { title: "cost", number: true, weight: 3 },
  { title: "so far", number: true, weight: 5 },
  { title: "", weight: 2 },
];
/** A type of sub-agent that a user made is kept as a hash. */
const HASHED = /^[0-9a-f]{16}$/;
const BAR_CHARACTERS = 6;
/** As long as a pause that is no activity any more. */
const IDLE_MIN_MS = 5 * 60_000;
const KINDS: Readonly<Record<string, string>> = {
  queued_prompt: "queued",
  slash_command: "command",
  bash_input: "shell",
};

/** The lines; of the turns the last ones, where not all are asked for. */
export function timelineText(report: SessionReport, look: TableLook): string {
  const { turns, session } = report, { paint, rowsMax = turns.length } = look;
  const bars = activityLines(report, look).map((line) => `${line}\n`).join("");
  if (turns.length === 0) return `${bars}Nobody typed anything.\n`;
  const first = Math.max(0, turns.length - rowsMax);
  const days = new Set(turns.map(({ started_at }) => localDay(Date.parse(started_at))));
  const rows: string[][] = [], gaps = new Set<number>();
  for (const turn of turns.slice(first)) {
    const gap = gapText(turn);
    // Behind the line of titles.
    if (gap !== undefined) gaps.add(rows.push(["", "", gap, "", "", "", "", ""]));
    rows.push(
      turnRow(turn, {
        isOneDay: days.size === 1,
        whole: session,
        bar: look.signs.bars.at(-1),
      }),
      ...turn.subagents.flatMap((subagent) => subagentRows(subagent, 1)),
    );
  }
  const lines = renderTable(COLUMNS, rows, paint, look.columns).split("\n");
  const table = lines.map((line, i) => gaps.has(i) ? paint.dim(line) : line).join("\n");
  const shown = { turns: turns.length - first, hasAsked: lines[0]!.includes(ASKED) };
  return bars + table + notesText(notesOf(report, shown), paint, look.columns);
}

/** All turns as a table, without the gaps between them and the bars beside them. */
export function timelineSheet({ turns, session }: SessionReport): PartSheet {
  const rows = turns.map((turn) =>
    turnRow(turn, { isOneDay: false, whole: session }).slice(0, -1)
  );
  return { columns: COLUMNS.slice(0, -1), rows, empty: "Nobody typed anything." };
}

function activityLines(
  { session, activity }: SessionReport,
  { columns, signs }: TableLook,
): string[] {
  if (activity === null || session.started_at === null || session.ended_at === null) return [];
  const counts = merged(activity.counts, Math.max(1, columns - 1));
  const from = localTime(Date.parse(session.started_at));
  const to = localTime(Date.parse(session.ended_at));
  const gap = counts.length - from.length - to.length;
  // So short a time needs no end.
  return [
    ` ${barsOf(counts, barSigns(signs))}`,
    ...gap > 0 ? [` ${from}${" ".repeat(gap)}${to}`] : [],
  ];
}

/** At most so many numbers, each the sum of as many as the others. */
function merged(counts: readonly number[], most: number): number[] {
  const size = Math.ceil(counts.length / most);
  return Array.from(
    { length: Math.ceil(counts.length / size) },
    (_, i) => counts.slice(i * size, (i + 1) * size).reduce((sum, count) => sum + count),
  );
}

function gapText({ idle_before_ms: idleMs }: Turn): string | undefined {
  if (idleMs === null || idleMs < IDLE_MIN_MS) return undefined;
  return `··· ${formatDuration(idleMs)} idle`;
}

function turnRow(
  turn: Turn,
  { isOneDay, whole, bar = "" }: {
    readonly isOneDay: boolean;
    readonly whole: Session;
    readonly bar?: string | undefined;
  },
): string[] {
  const at = Date.parse(turn.started_at), { cost_so_far_usd: soFar } = turn;
  const share = soFar === null || !whole.cost_usd ? 0 : soFar / whole.cost_usd;
  return [
    isOneDay ? localTime(at) : `${localDay(at).slice(5)} ${localTime(at)}`,
    formatLatency(turn.duration_ms),
    toolsText(turn),
    formatCount(turn.failed),
    formatCount(turn.permission_requests),
    costText(turn, whole),
    costText(costSoFar(turn), whole),
    bar.repeat(Math.round(share * BAR_CHARACTERS)),
  ];
}

/** A sub-agent under the turn that started it, and those that it started itself. */
function subagentRows(subagent: Subagent, depth: number): string[][] {
  const { type, responses, tool_calls: calls } = subagent;
  const name = type === null || HASHED.test(type) ? "agent" : type;
  const did = calls > 0 ? counted(calls, "call") : counted(responses, "answer");
  const row = [
    "",
    formatLatency(subagent.duration_ms),
    `${"  ".repeat(depth - 1)}└ ${name} ${did}`,
    formatCount(subagent.failed),
    "",
    costText(subagent),
    "",
    "",
  ];
  return [row, ...subagent.subagents.flatMap((inner) => subagentRows(inner, depth + 1))];
}

function counted(count: number, of: string): string {
  return `${formatCount(count)} ${of}${count === 1 ? "" : "s"}`;
}

/** `Bash 3, Edit`. */
function toolsText({ kind, interrupted, rewound, tools, responses }: Turn): string {
  const marks = [
    ...KINDS[kind] ? [KINDS[kind]] : [],
    ...rewound === true ? ["rewound"] : [],
    ...interrupted ? ["stopped"] : [],
  ];
  const names = Object.entries(tools).map(([tool, count]) =>
    count === 1 ? tool : `${tool} ${formatCount(count)}`
  );
  const parts = names.length > 0 ? names : responses > 0 ? ["no tool"] : ["no answer"];
  return [...marks.map((mark) => `(${mark})`), parts.join(", ")].join(" ");
}

function notesOf(
  { turns, session }: SessionReport,
  shown: { readonly turns: number; readonly hasAsked: boolean },
): string[] {
  return [
    ...shown.turns < turns.length
      ? [`the last ${shown.turns} of ${turns.length} turns; --timeline shows all`]
      : [],
    ...shown.hasAsked && session.permission_requests === null
      ? [`${ASKED} –: not known, only hooks tell when you were asked for permission`]
      : [],
    ...session.cost_usd === null ? [`cost –: ${whyNoCost(session)}`] : [],
  ];
}

function whyNoCost({ cost_coverage, unknown }: SessionReport["session"]): string {
  if (unknown.cost_usd?.reason === "not_read") return "no tokens are known";
  return cost_coverage === 0 ? "no model has a price" : "no tokens are kept";
}
