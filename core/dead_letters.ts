/**
 * Dead letters as all sides know them: what of an entry may be kept, how long, and what may be
 * asked for.
 *
 * @module
 */

import { decodeEvent, EventError, type TelemetryEvent } from "./event.ts";
import { parseValue } from "./parse_value.ts";
import { readSafeText } from "./privacy.ts";

/** How long a letter is kept after it failed for the last time. */
export const LETTER_KEPT_MS = 7 * 86_400_000;

/** Most letters that one request may name. */
export const LETTER_IDS_MAX = 1000;

/** Which letters something is to be done with. */
export type LetterChoice = { readonly ids: readonly number[] } | { readonly all: true };

/** What became of letters that were replayed; one that is gone counts nowhere. */
export interface Replayed {
  /** How many are handled now, and no dead letters any more. */
  readonly stored: number;
  /** Those that failed again. */
  readonly came_back: readonly number[];
  /** Those whose entry was not kept. */
  readonly not_kept: readonly number[];
}

/** How many letters were dropped. */
export interface Dropped {
  readonly dropped: number;
}

/** An announcement of stored events: numbers and safe words by name. */
export type Announcement = Readonly<Record<string, number | string>>;

/** What an entry says, where it may be kept. */
export type LetterContent =
  | { readonly event: TelemetryEvent }
  | { readonly announcement: Announcement };

/** Reads an entry of a stream; undefined where it is none and might hold anything. */
export function readLetterBody(stream: string, body: string): LetterContent | undefined {
  if (stream !== "telemetry:events") {
    const announcement = readAnnouncement(body);
    return announcement && { announcement };
  }
  try {
    return { event: decodeEvent(body) };
  } catch (error) {
    if (error instanceof EventError) return undefined;
    throw error;
  }
}

function readAnnouncement(body: string): Announcement | undefined {
  const json = parseValue(body);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const isSafe = (value: unknown) =>
    typeof value === "number" || typeof value === "string" && readSafeText(value) !== undefined;
  return Object.entries(json).every((entry) => entry.every(isSafe))
    ? json as Announcement
    : undefined;
}
