/**
 * Where the time of a session went, as a bar and in words.
 *
 * @module
 */

import { formatDuration } from "../../core/format.ts";
import type { TimeReport } from "../../core/reports/time_report.ts";

const CHARACTERS = 40;
const STATES = [
  ["model_ms", "█", "model"],
  ["tool_ms", "▓", "tools"],
  ["permission_ms", "▒", "permission"],
  ["user_ms", "░", "you"],
  ["idle_ms", "·", "idle"],
] as const;

/** A bar of the states, each as long as its share; "" where nothing lasted. */
export function timeBar(time: TimeReport | null): string {
  if (time === null || time.duration_ms === 0) return "";
  let passedMs = 0, drawn = 0;
  return STATES.map(([name, character]) => {
    passedMs += time[name] ?? 0;
    const until = Math.round(CHARACTERS * passedMs / time.duration_ms);
    const part = character.repeat(Math.max(0, until - drawn));
    drawn = Math.max(drawn, until);
    return part;
  }).join("");
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
