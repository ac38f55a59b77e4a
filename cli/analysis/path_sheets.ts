/**
 * What a session waited for: by what, then its longest steps; and the phases of its turns.
 *
 * @module
 */

import { formatCount, formatDuration, formatLatency, formatShare } from "../../core/format.ts";
import { type CriticalPath, waitTitle } from "../../core/reports/critical_path_report.ts";
import type { SessionReport } from "../../core/reports/session_report.ts";
import type { Column } from "../table.ts";
import { localDay, localTime } from "./local_time.ts";
import type { PartSheet } from "./part_tables.ts";

const WAIT_COLUMNS: readonly Column[] = [
  { title: "waited for", cuts: true },
  { title: "time", number: true },
  { title: "share", number: true, weight: 2 },
  { title: "steps", number: true, weight: 1 },
];
const STEP_COLUMNS: readonly Column[] = [
  { title: "longest steps", cuts: true },
  { title: "took", number: true },
  { title: "began", number: true, weight: 1 },
];
const PHASE_COLUMNS: readonly Column[] = [
  { title: "phase" },
  { title: "time", number: true },
  { title: "share", number: true, weight: 2 },
  { title: "calls", number: true, weight: 1 },
];
const EMPTY = "Nothing in it is dated.";
const NAMED_MAX = 4;

/** The tables. */
export function pathSheets({ critical_path: path, usage }: SessionReport): PartSheet[] {
  return [
    { columns: WAIT_COLUMNS, rows: path ? waitRows(path) : [], empty: EMPTY },
    ...path === null ? [] : [stepSheet(path)],
    {
      columns: PHASE_COLUMNS,
      rows: Object.entries(usage?.phases ?? {}).map(([phase, { ms, share, calls }]) => [
        phase,
        formatDuration(ms),
        formatShare(share),
        phase === "answer" ? "–" : formatCount(calls),
      ]),
      empty: "Nothing was done in it.",
    },
  ];
}

/** `model 3 min, Bash 2 min, you 40 s`; "" where nothing is known. */
export function waitsText(path: CriticalPath | null): string {
  if (path === null) return "";
  const named = path.waited_for.slice(0, NAMED_MAX);
  const rest = path.waited_for.slice(NAMED_MAX).reduce((sum, { ms }) => sum + ms, 0);
  return [
    ...named.map((wait) => `${waitTitle(wait)} ${formatDuration(wait.ms)}`),
    ...rest === 0 ? [] : [`else ${formatDuration(rest)}`],
  ].join(", ");
}

/** `edit 40 %, explore 20 %`; "" where no phase took any time. */
export function phasesText({ usage }: Pick<SessionReport, "usage">): string {
  return Object.entries(usage?.phases ?? {})
    .flatMap(([phase, { share }]) => share ? [{ phase, share }] : [])
    .sort((a, b) => b.share - a.share)
    .map(({ phase, share }) => `${phase} ${formatShare(share)}`).join(", ");
}

function waitRows({ waited_for, length_ms }: CriticalPath): string[][] {
  return waited_for.map((wait) => [
    waitTitle(wait),
    formatDuration(wait.ms),
    formatShare(wait.ms / length_ms),
    formatCount(wait.steps),
  ]);
}

function stepSheet({ longest, steps, beside_ms }: CriticalPath): PartSheet {
  const days = new Set(longest.map(({ started_at }) => localDay(Date.parse(started_at))));
  const rows = longest.map(({ started_at, ms, ...wait }) => {
    const at = Date.parse(started_at);
    const day = days.size === 1 ? "" : `${localDay(at).slice(5)} `;
    return [waitTitle(wait), formatLatency(ms), day + localTime(at)];
  });
  const beside = beside_ms === 0
    ? []
    : [`beside these, calls ran for ${formatDuration(beside_ms)} that nothing waited for`];
  const longer = rows.length < steps
    ? [`the longest ${rows.length} of ${formatCount(steps)} steps`]
    : [];
  const note = [...longer, ...beside].join("; ") || undefined;
  return { columns: STEP_COLUMNS, rows, empty: EMPTY, note };
}
