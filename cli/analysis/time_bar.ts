/**
 * Where the time of a session went, as a bar and in words.
 *
 * @module
 */

import { formatDuration } from "../../core/format.ts";
import type { TimeReport } from "../../core/reports/time_report.ts";

const STATES = [
  ["model_ms", "█", "model"],
  ["tool_ms", "▓", "tools"],
  ["permission_ms", "▒", "permission"],
  ["user_ms", "░", "you"],
  ["idle_ms", "·", "idle"],
] as const;

/**
 * A bar of so many cells for the states, each as long as its share, and none gone; "" where
 * nothing lasted.
 */
export function timeBar(time: TimeReport | null, cells: number): string {
  if (time === null || time.duration_ms === 0) return "";
  const parts = cellsOf(STATES.map(([name]) => time[name] ?? 0), cells);
  return STATES.map(([, character], i) => character.repeat(parts[i]!)).join("");
}

/**
 * How many cells each time has: one for whatever lasted, and the next always for whom most is
 * missing of its share. So nothing that took longer has less.
 */
function cellsOf(times: readonly number[], of: number): number[] {
  const all = times.reduce((sum, ms) => sum + ms, 0);
  if (all === 0) return times.map(() => 0);
  const shares = times.map((ms) => of * ms / all);
  const cells = times.map((ms) => ms > 0 ? 1 : 0);
  const missing = (i: number) => shares[i]! - cells[i]!;
  for (let left = of - cells.reduce<number>((a, b) => a + b, 0); left > 0; left--) {
    const next = cells.keys().reduce((best, i) => missing(i) > missing(best) ? i : best);
    cells[next]!++;
  }
  return cells;
}

/** What the bar shows, in words: `█ model 3 min, ▓ tools 2 min, · idle 40 s`. */
export function timeText(time: TimeReport | null): string {
  if (time === null || time.duration_ms === 0) return "";
  return STATES.flatMap(([name, character, title]) => {
    const ms = time[name];
    return ms ? [`${character} ${title} ${formatDuration(ms)}`] : [];
  }).join(", ");
}

/** How long sub-agents worked, and how many of them at once; "" where none told of itself. */
export function agentsText(time: TimeReport | null): string {
  if (time === null || time.agent_ms === null) return "";
  const { agent_ms, agents_at_once } = time;
  const together = agents_at_once === null ? "" : `, ${agents_at_once.toFixed(1)} at once`;
  return formatDuration(agent_ms) + together;
}
