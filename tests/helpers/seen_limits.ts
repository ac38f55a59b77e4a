/** Events of a status line: what a client shows of limits, context and cost. */

import type { TelemetryEvent } from "../../core/event.ts";
import type { SafeText } from "../../core/privacy.ts";
import { makeEvent, NOON } from "./events.ts";

/** A share, in thousandths, that was seen of a window; `end` is when that ends. */
export function seenLimit(at: number, name: string, used: number, end?: number): TelemetryEvent {
  const limit = { name: name as SafeText, used_thousandths: used };
  return makeEvent("status_seen", { id: `${name}${at}${used}`, at, undated: true }, {
    limits: [end === undefined ? limit : { ...limit, resets_at: end }],
  });
}

/** How a session was shown: tokens of 200,000 and millionths of a dollar. */
export function seenState(
  at: number,
  tokens: number | null,
  micros: number | null,
  session = "s1",
): TelemetryEvent {
  return makeEvent("status_seen", { id: `${session}${at}`, at, session, undated: true }, {
    ...tokens === null ? {} : { context_tokens: tokens, context_limit: 200_000 },
    ...micros === null ? {} : { reported_cost_micros: micros },
  });
}

const HALF_HOUR_MS = 1_800_000;

/** A window of five hours in the midst, and the session by which it was seen. */
export function seenWindow(now = NOON): TelemetryEvent[] {
  return [100, 160, 280, 320, 400].flatMap((used, i) => {
    const at = now - (4 - i) * HALF_HOUR_MS;
    return [
      seenLimit(at, "five_hour", used, now + 3 * 2 * HALF_HOUR_MS),
      seenState(at, 20_000 + 400 * used, used * 10_000),
    ];
  });
}
