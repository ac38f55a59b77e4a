/**
 * Cursor's own count of lines by day: those it suggested, and those that were accepted of them or
 * of what it had suggested before, so that the latter can be more.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { countOf, textOf } from "../json_access.ts";
import { parseJson } from "./parse_json.ts";
import { SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

const DAY_SHAPE = /^\d{4}-\d\d-\d\d$/;

/** The event of a row `aiCodeTracking.dailyStats.v<version>.<day>`. */
export function dailyStats(key: string, text: string, context: RowContext): TelemetryEvent[] {
  const json = parseJson(text);
  const day = textOf(json.date) ?? key.slice(-10);
  const at = DAY_SHAPE.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(at)) return [];
  const count = (name: string) => Math.max(0, countOf(json[name]));
  const payload = {
    tab_suggested_lines: count("tabSuggestedLines"),
    tab_accepted_lines: count("tabAcceptedLines"),
    composer_suggested_lines: count("composerSuggestedLines"),
    composer_accepted_lines: count("composerAcceptedLines"),
  };
  const { privacy } = context;
  const events = new SessionEvents({ privacy, session: "daily-lines" });
  return [events.make({
    id: ["day", day, payload],
    type: "daily_lines",
    at,
    payload,
    undated: true,
  })];
}
