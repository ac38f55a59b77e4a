/**
 * The few numbers of a status line: what a session and the day cost, and what became of its
 * edits. Only what they rest on is read, as someone waits for it at every keystroke.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { MODEL_COUNTS, QUARTER_SECONDS } from "../session_counts.ts";
import { ACCEPTANCE_COUNTS, acceptanceOf, acceptanceRate } from "./acceptance.ts";
import { type Cost, costOf } from "./cost.ts";
import type { Rate } from "./rates.ts";
import { isOfTier } from "./pieces.ts";
import type { Counts, SumTableName } from "./sums.ts";

/** Which session is meant, and which day. */
export interface StatusQuery {
  readonly platform: string;
  readonly sessionId: string | undefined;
  /** Milliseconds: when the day began for the user, and now. */
  readonly midnight: number;
  readonly now: number;
}

/** What is known of them. */
export interface StatusNumbers {
  /** Null for a session of which no response is stored. */
  readonly session: Cost | null;
  readonly today: Cost;
  /** Of the edits of today. */
  readonly acceptance: Rate | null;
}

/** What was kept of a status last; undefined without any. */
export interface KeptStatus {
  /** Milliseconds. */
  readonly at: number;
  readonly gauges: Readonly<Record<string, number>>;
}

/** A condition on a table of sums, and what its places hold. */
type Place = readonly [sql: string, ...parameters: number[]];

/** Reads them. */
export function readStatusNumbers(db: Database, query: StatusQuery): StatusNumbers {
  const { platform, sessionId, midnight, now } = query;
  // A day begins with a quarter of an hour, wherever that is.
  const ofDay = `${isOfTier(QUARTER_SECONDS)} and bucket >= ? and bucket <= ?`;
  const day: Place = [ofDay, midnight, now];
  const tools = readCounts(db, "tool_sums", [...ACCEPTANCE_COUNTS, "web_searches"], day);
  return {
    session: sessionId === undefined ? null : readSessionCost(db, platform, sessionId),
    today: costIn(db, day, tools) ?? costOf([], 0),
    acceptance: acceptanceRate(acceptanceOf(tools)),
  };
}

/** What a session cost; null where there was no response. */
export function readSessionCost(db: Database, platform: string, session: string): Cost | null {
  const number = numberOf(db, platform, session);
  if (number === undefined) return null;
  return costIn(db, ["tier = 0 and bucket = 0 and session = ?", number]);
}

/** What was last kept of how a session's client shows it. */
export function readKeptStatus(
  db: Database,
  platform: string,
  sessionId: string,
): KeptStatus | undefined {
  const session = numberOf(db, platform, sessionId);
  if (session === undefined) return undefined;
  const rows = prepareArrays(
    db,
    `select w.text, at, last from session_gauges g join words w on w.id = g.name
     where session = ?`,
  ).all(session) as unknown as [string, number, number][];
  if (rows.length === 0) return undefined;
  return {
    at: Math.max(...rows.map(([, at]) => at)),
    gauges: Object.fromEntries(rows.map(([name, , last]) => [name, last])),
  };
}

function numberOf(db: Database, platform: string, sessionId: string): number | undefined {
  const row = prepareArrays(
    db,
    `select id from sessions where session_id = ?
       and platform = (select id from words where text = ?)`,
  ).get(sessionId, platform) as unknown as [number] | undefined;
  return row?.[0];
}

/** Null where there was no response at all. */
function costIn(
  db: Database,
  place: Place,
  tools = readCounts(db, "tool_sums", ["web_searches"], place),
): Cost | null {
  const models = readCounts(db, "model_sums", MODEL_COUNTS, place);
  if (models.length === 0) return null;
  return costOf(models, tools.reduce((sum, { web_searches }) => sum + web_searches, 0));
}

/** What other reports read has them as well, with far more that would have to be loaded. */
function readCounts<Name extends string>(
  db: Database,
  table: SumTableName,
  names: readonly Name[],
  [sql, ...parameters]: Place,
): Counts<Name>[] {
  const sums = names.map((name) => `sum(${name})`).join(", ");
  const rows = prepareArrays(db, `select ${sums} from ${table} x where ${sql} group by member`)
    .all(...parameters) as unknown as (number | null)[][];
  return rows.map((row) =>
    Object.fromEntries(names.map((name, i) => [name, row[i] ?? 0])) as Counts<Name>
  );
}
