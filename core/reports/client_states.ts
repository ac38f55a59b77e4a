/**
 * How clients showed the sessions at which somebody sits: context and cost, how they came and
 * where they go.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type Estimate, foretell, hourlyPace, type UsePoint } from "./limits_forecast.ts";

/** One session that was shown a short while ago. */
export interface ClientStateReport {
  readonly platform: string;
  readonly session_id: string;
  readonly seen_at: string;
  /** Null where its client shows none, or not how much fits. */
  readonly context: {
    readonly tokens: number;
    readonly limit: number;
    /** 1 is all of it. */
    readonly used: number;
    /** When it is full, if it goes on as it went since it last shrank; null beyond 5 hours. */
    readonly full_at: string | null;
    readonly full_at_earliest: string | null;
    readonly full_at_latest: string | null;
    /** Steps that this rests on; null where too little was seen. */
    readonly n: number | null;
    readonly history: readonly { readonly at: string; readonly used: number }[];
  } | null;
  /** The client's own; null where it shows none. */
  readonly cost: {
    readonly usd: number;
    readonly usd_per_hour: Estimate | null;
    readonly history: readonly { readonly at: string; readonly usd: number }[];
  } | null;
}

const HOUR_MS = 3_600_000;
/** Nobody sits any more at what was shown longer ago, and nothing is foretold for longer. */
const AROUND_MS = 5 * HOUR_MS;
const MICROS_A_DOLLAR = 1_000_000;
/** What falls by more than this share began anew. */
const FALL = 0.05;

type Row = [
  session: number,
  at: number,
  tokens: number | null,
  limit: number | null,
  micros: number | null,
];

/** What is known of them, the one that was shown last first. */
export function reportClientStates(db: Database, now: number): ClientStateReport[] {
  const sessions = prepareArrays(
    db,
    `select c.session, p.text, s.session_id, max(c.at) from client_states c
     join sessions s on s.id = c.session join words p on p.id = s.platform
     where c.at > ? and c.at <= ? group by c.session order by 4 desc, 3`,
  ).all(now - AROUND_MS, now) as unknown as [number, string, string, number][];
  const rowsOf = prepareArrays(
    db,
    `select session, at, context_tokens, context_limit, cost_micros from client_states
     where session = ? and at <= ? order by at`,
  );
  return sessions.map(([number, platform, session_id, seenAt]) => {
    const rows = rowsOf.all(number, now) as unknown as Row[];
    return {
      platform,
      session_id,
      seen_at: iso(seenAt),
      context: contextOf(rows),
      cost: costOf(rows),
    };
  });
}

function contextOf(rows: readonly Row[]): ClientStateReport["context"] {
  const told = rows.flatMap(([, at, tokens, limit]) =>
    tokens === null || !limit ? [] : [{ at, tokens, limit, used: round(tokens / limit) }]
  );
  const last = told.at(-1);
  if (!last) return null;
  const forecast = foretell(sinceFall(told), last.at + AROUND_MS);
  return {
    tokens: last.tokens,
    limit: last.limit,
    used: last.used,
    full_at: isoOf(forecast?.full_at),
    full_at_earliest: isoOf(forecast?.full_at_earliest),
    full_at_latest: isoOf(forecast?.full_at_latest),
    n: forecast?.n ?? null,
    history: told.map(({ at, used }) => ({ at: iso(at), used })),
  };
}

function costOf(rows: readonly Row[]): ClientStateReport["cost"] {
  const told = rows.flatMap(([, at, , , micros]) =>
    micros === null ? [] : [{ at, used: micros / MICROS_A_DOLLAR }]
  );
  const last = told.at(-1);
  if (!last) return null;
  return {
    usd: last.used,
    usd_per_hour: hourlyPace(sinceFall(told)),
    history: told.map(({ at, used }) => ({ at: iso(at), usd: used })),
  };
}

/** The points since the last that lies well below the one before: what was there was given up. */
function sinceFall(points: readonly UsePoint[]): readonly UsePoint[] {
  const fall = points.findLastIndex(({ used }, i) =>
    i > 0 && used < points[i - 1]!.used * (1 - FALL)
  );
  return points.slice(Math.max(0, fall));
}

function isoOf(at: number | null | undefined): string | null {
  return at == null ? null : iso(at);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
