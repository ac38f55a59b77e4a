/**
 * What may be purged, and what is told of it.
 *
 * @module
 */

import { type Database, prepareArrays } from "./database.ts";
import type { TelemetryEvent } from "./event.ts";
import { isOpaqueId, readSafeText } from "./privacy.ts";
import { readMoment } from "./reports/period.ts";

/** Which events: those for which all holds that is said. */
export interface PurgeChoice {
  /** That nothing narrows it down: whoever asks from outside has to say so. */
  readonly all?: true;
  readonly platform?: string;
  /** The id of a session. */
  readonly session?: string;
  /** Only what happened before this moment, in milliseconds. */
  readonly before?: number;
  /** Only tells what would go. */
  readonly dry_run?: boolean;
}

/** What went, or would go. */
export interface Purged {
  /** Sessions that lose events, of those that reports show. */
  readonly sessions: number;
  readonly events: number;
  /** Compressed bytes of their traces. */
  readonly bytes: number;
}

/**
 * Whether an event is among the chosen ones: where no time is named, whenever it was.
 */
export function isChosen(
  { platform, session, before = Infinity }: PurgeChoice,
  event: Pick<TelemetryEvent, "platform" | "sessionId" | "timestamp">,
): boolean {
  return event.timestamp < before &&
    (platform === undefined || platform === event.platform) &&
    (session === undefined || session === event.sessionId);
}

/**
 * Of what is still to come nothing can be purged, and all of it would be refused.
 *
 * @throws {RangeError} for such a moment
 */
export function requirePast({ before }: PurgeChoice, now: number): void {
  if (before === undefined || before <= now) return;
  throw new RangeError("Cannot purge: the time that was named is in the future");
}

/** How many events of a purge that is under way are gone; undefined where none is. */
export function readPurgeProgress(
  db: Database,
): { readonly done: number; readonly total: number } | undefined {
  const row = prepareArrays(db, "select events_done, events from purges")
    .get() as unknown as [number, number] | undefined;
  return row && { done: Math.min(...row), total: row[1] };
}

/**
 * Reads a choice that came from outside, in which a time may be written out, and names are not
 * looked up yet; undefined where it is none, as what says nothing of what is meant.
 */
export function readPurgeChoice(json: unknown): PurgeChoice | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const { all, platform, session, before, dry_run, ...rest } = json as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return undefined;
  const isNarrow = [platform, session, before].some((value) => value !== undefined);
  const cut = typeof before === "string" ? readMoment(before) : before;
  const isRead = all === (isNarrow ? undefined : true) &&
    (platform === undefined || isSafe(platform)) &&
    (session === undefined || typeof session === "string" && isOpaqueId(session)) &&
    (before === undefined || Number.isSafeInteger(cut)) &&
    (dry_run === undefined || typeof dry_run === "boolean");
  if (!isRead) return undefined;
  return cut === undefined ? json : { ...json, before: cut as number };
}

function isSafe(value: unknown): boolean {
  return typeof value === "string" && readSafeText(value) !== undefined;
}
