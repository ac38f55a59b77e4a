/**
 * A session over its time: how much happened, and how tokens and cost grew.
 *
 * @module
 */

import type { CallMoment, CallNote, ResponseMoment } from "./session_facts.ts";
import type { Session } from "./sessions_report.ts";
import { toldTokens } from "./told_tokens.ts";

/** What happened in stretches of equal length. */
export interface SessionActivity {
  /** The length of a stretch; the first begins with what the session did not inherit. */
  readonly stretch_ms: number;
  /** Responses and tool calls in each. */
  readonly counts: readonly number[];
  /** Tokens of all kinds up to the end of each; null where none are kept. */
  readonly tokens_so_far: readonly number[] | null;
  /** What has a price, likewise. */
  readonly cost_so_far_usd: readonly number[] | null;
}

const STRETCHES = 60;

/** Null where the time is not known. */
export function activityOf(
  session: Session,
  responses: readonly ResponseMoment[],
  calls: readonly CallMoment[],
  notes: readonly CallNote[],
): SessionActivity | null {
  const { ended_at, duration_ms, cost_usd } = session;
  if (ended_at === null || duration_ms === null) return null;
  const from = Date.parse(ended_at) - duration_ms;
  const stretchMs = Math.ceil((duration_ms + 1) / STRETCHES);
  const stretches = Math.ceil((duration_ms + 1) / stretchMs);
  const sums = <T extends { readonly at: number }>(
    moments: readonly T[],
    of: (one: T) => number,
  ) => {
    const result = Array<number>(stretches).fill(0);
    for (const moment of moments) {
      // What is not dated lies outside the session.
      const place = Math.floor((moment.at - from) / stretchMs);
      if (place >= 0 && place < stretches) result[place]! += of(moment);
    }
    return result;
  };
  const isTold = responses.length === 0 ||
    responses.some(({ tokens }) => tokens !== null) && toldTokens(session).output !== null;
  return {
    stretch_ms: stretchMs,
    counts: sums([...responses, ...calls], () => 1),
    tokens_so_far: isTold ? soFar(sums(responses, ({ tokens }) => tokens ?? 0)) : null,
    cost_so_far_usd: isTold && cost_usd !== null
      ? soFar(sums([...responses, ...notes], costOf)).map((micros) => micros / 1e6)
      : null,
  };
}

function costOf(moment: ResponseMoment | CallNote): number {
  return "micros" in moment ? moment.micros ?? 0 : moment.searchMicros;
}

function soFar(parts: readonly number[]): number[] {
  let sum = 0;
  return parts.map((part) => sum += part);
}
