/**
 * The report of dead letters: what could not be handled, why, and what of it is kept.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import {
  type Announcement,
  LETTER_KEPT_MS,
  type LetterContent,
  readLetterBody,
} from "../dead_letters.ts";
import { encodeEvent } from "../event.ts";

/** One letter; what its event would tell is null where there is none. */
export interface LetterSummary {
  readonly id: number;
  readonly stream: string;
  /** The consumer group that could not handle it. */
  readonly group: string;
  /** Class of the error. */
  readonly error: string;
  /** Its message, where that is one of our own. */
  readonly message: string | null;
  readonly attempts: number;
  readonly dead_at: string;
  /** When it is removed by itself. */
  readonly expires_at: string;
  /** Whether its entry was kept, so that it can be handled once more. */
  readonly replayable: boolean;
  readonly platform: string | null;
  readonly session_id: string | null;
  readonly event_type: string | null;
  /** When the event happened. */
  readonly timestamp: string | null;
}

/** The document of many letters. */
export interface DeadLettersReport {
  readonly schema: "blueplane.dlq/1";
  readonly letters: readonly LetterSummary[];
  readonly total: number;
}

/** The document of one letter, with what it holds. */
export interface DeadLetterReport {
  readonly schema: "blueplane.dlq/1";
  readonly letter: LetterSummary;
  /** The event as it would be stored; null where there is none. */
  readonly event: Readonly<Record<string, unknown>> | null;
  /** The announcement that could not be followed; null where there is none. */
  readonly announcement: Announcement | null;
}

type LetterRow = readonly [
  id: number,
  stream: string,
  group: string,
  error: string,
  message: string | null,
  attempts: number,
  deadAt: number,
  body: string | null,
];

const COLUMNS = "id, stream, consumers, error, message, attempts, dead_at, body";

/** Letters, the latest failure first; `limit` 0 gives all. */
export function reportDeadLetters(
  db: Database,
  { limit = 0, offset = 0 }: { limit?: number; offset?: number } = {},
): DeadLettersReport {
  const rows = prepareArrays(
    db,
    `select ${COLUMNS} from dead_letters order by dead_at desc, id desc limit ? offset ?`,
  ).all(limit === 0 ? -1 : limit, offset) as unknown as LetterRow[];
  return {
    schema: "blueplane.dlq/1",
    letters: rows.map((row) => summarize(row, contentOf(row))),
    total: countDeadLetters(db),
  };
}

/** One letter; undefined where there is none with this id. */
export function reportDeadLetter(db: Database, id: number): DeadLetterReport | undefined {
  const row = prepareArrays(db, `select ${COLUMNS} from dead_letters where id = ?`)
    .get(id) as unknown as LetterRow | undefined;
  if (!row) return undefined;
  const content = contentOf(row);
  return {
    schema: "blueplane.dlq/1",
    letter: summarize(row, content),
    event: content && "event" in content ? JSON.parse(encodeEvent(content.event)) : null,
    announcement: content && "announcement" in content ? content.announcement : null,
  };
}

/** How many letters there are; given an id, how many came after that one. */
export function countDeadLetters(db: Database, after = 0): number {
  const row = prepareArrays(db, "select count(*) from dead_letters where id > ?").get(after);
  return (row as unknown as [number])[0];
}

/** The id of the last letter; 0 where there is none. */
export function lastDeadLetter(db: Database): number {
  const row = prepareArrays(db, "select ifnull(max(id), 0) from dead_letters").get();
  return (row as unknown as [number])[0];
}

/** The first of these ids that no letter has; undefined where all have one. */
export function unknownLetter(db: Database, ids: readonly number[]): number | undefined {
  const row = prepareArrays(
    db,
    `select value from json_each(?) where value not in (select id from dead_letters)
     order by key limit 1`,
  ).get(JSON.stringify(ids)) as unknown as [number] | undefined;
  return row?.[0];
}

/** Reads it anew, so that nothing is shown but what may be kept, whoever wrote it. */
function contentOf([, stream, , , , , , body]: LetterRow): LetterContent | undefined {
  return body === null ? undefined : readLetterBody(stream, body);
}

function summarize(row: LetterRow, content: LetterContent | undefined): LetterSummary {
  const [id, stream, group, error, message, attempts, deadAt] = row;
  const event = content && "event" in content ? content.event : undefined;
  return {
    id,
    stream,
    group,
    error,
    message,
    attempts,
    dead_at: new Date(deadAt).toISOString(),
    expires_at: new Date(deadAt + LETTER_KEPT_MS).toISOString(),
    replayable: content !== undefined,
    platform: event?.platform ?? null,
    session_id: event?.sessionId ?? null,
    event_type: event?.eventType ?? null,
    timestamp: event ? new Date(event.timestamp).toISOString() : null,
  };
}
