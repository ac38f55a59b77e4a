/**
 * What an assistant's client shows of itself in its status line: numbers, and the event that keeps
 * them.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "./event.ts";
import { literal, safeJoin, type SafeText } from "./privacy.ts";

/** The windows of an account's limits that are known. */
export const LIMIT_NAMES = [
  "five_hour",
  "seven_day",
  "seven_day_opus",
  "seven_day_sonnet",
] as const;

/** One of {@linkcode LIMIT_NAMES}. */
export type LimitName = typeof LIMIT_NAMES[number];

/** How much of a window is used. */
export interface LimitUse {
  readonly name: LimitName;
  /** A share: 1 is all of it. */
  readonly used: number;
  /** Milliseconds since 1970 UTC; undefined where the client does not tell. */
  readonly resetsAt: number | undefined;
}

/** What is shown of a session; undefined is not told. */
export interface ClientStatus {
  readonly sessionId: SafeText;
  /** Its working folder: for the gate before the queue alone, and kept nowhere. */
  readonly folder?: string | undefined;
  /** When it began, in milliseconds: for the gate, too. */
  readonly startedAt?: number | undefined;
  readonly model: SafeText | undefined;
  readonly version: SafeText | undefined;
  readonly costUsd: number | undefined;
  readonly linesAdded: number | undefined;
  readonly linesRemoved: number | undefined;
  readonly contextTokens: number | undefined;
  readonly contextLimit: number | undefined;
  /** Share of the context that is used, as the client rounds it. */
  readonly contextUsed: number | undefined;
  readonly limits: readonly LimitUse[];
}

/** A status is kept at most once in so much time. */
export const STATUS_EVERY_MS = 60_000;
const MICROS_A_DOLLAR = 1_000_000;
const THOUSANDTHS = 1000;

/** The numbers of a status by the names of its event; what is not told has none. */
export function statusGauges(status: ClientStatus): Readonly<Record<string, number>> {
  const { costUsd } = status;
  const told = {
    context_tokens: status.contextTokens,
    context_limit: status.contextLimit,
    reported_lines_added: status.linesAdded,
    reported_lines_removed: status.linesRemoved,
    reported_cost_micros: costUsd === undefined
      ? undefined
      : Math.round(costUsd * MICROS_A_DOLLAR),
  };
  return Object.fromEntries(
    Object.entries(told).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}

/** A share of a limit as it is stored. */
export function usedThousandths(used: number): number {
  return Math.round(used * THOUSANDTHS);
}

/**
 * The event of a status: one a session and minute, whatever it says.
 *
 * @param at milliseconds
 */
export function statusEvent(
  status: ClientStatus,
  platform: SafeText,
  at: number,
): TelemetryEvent {
  const minute = Math.floor(at / STATUS_EVERY_MS);
  return {
    eventId: safeJoin(literal("status"), status.sessionId, literal(String(minute))),
    platform,
    sessionId: status.sessionId,
    eventType: "status_seen",
    timestamp: at,
    // It is shown while nobody works, too.
    metadata: { undated: true, ...(status.version ? { version: status.version } : {}) },
    payload: {
      ...statusGauges(status),
      ...(status.limits.length > 0 ? { limits: status.limits.map(limitRecord) } : {}),
    },
  };
}

function limitRecord({ name, used, resetsAt }: LimitUse): EventRecord {
  return {
    name: literal(name),
    used_thousandths: usedThousandths(used),
    ...(resetsAt === undefined ? {} : { resets_at: resetsAt }),
  };
}
