/**
 * Finds the session that somebody speaks of without naming it: by a tool call that is part of it,
 * by its id, or by where something happened a moment ago.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { factKey } from "../fact_key.ts";

/** A session, as far as telling it from others needs. */
export interface FoundSession {
  readonly sessionId: string;
  readonly platform: string;
  readonly project: string | null;
}

/** Which sessions are meant. */
export interface LiveQuery {
  /** Milliseconds since 1970 UTC: something must have happened in them since. */
  readonly since: number;
  readonly platform?: string | undefined;
  /** Hashes of projects, of which it must be one; any project without it. */
  readonly projects?: readonly string[] | undefined;
}

type Row = [sessionId: string, platform: string, project: string | null];

const COLUMNS = `s.session_id, (select text from words where id = s.platform),
  (select text from words where id = s.project)`;
const FOUND_MAX = 10;

/** The session that a tool call belongs to; undefined as long as nothing tells of the call. */
export function sessionOfCall(db: Database, toolUseId: string): FoundSession | undefined {
  return foundBy(
    db,
    "join tool_calls c on c.session = s.id where c.key = ?",
    factKey(toolUseId),
  )[0];
}

/** The session with an id; the ids of a platform are its own. */
export function sessionWithId(
  db: Database,
  sessionId: string,
  platform?: string,
): FoundSession | undefined {
  const of = platform === undefined
    ? ""
    : " and s.platform = (select id from words where text = ?)";
  return foundBy(
    db,
    `where s.counted = 1 and s.session_id = ?${of}`,
    sessionId,
    ...(platform === undefined ? [] : [platform]),
  )[0];
}

/** Sessions in which something happened lately, the latest first. */
export function liveSessions(db: Database, query: LiveQuery): FoundSession[] {
  const { since, platform, projects } = query;
  const parameters: (string | number)[] = [since];
  let where = "where s.counted = 1 and s.ended_at >= ?";
  if (platform !== undefined) {
    where += " and s.platform = (select id from words where text = ?)";
    parameters.push(platform);
  }
  if (projects !== undefined) {
    where += ` and s.project in (select id from words
      where text in (select value from json_each(?)))`;
    parameters.push(JSON.stringify(projects));
  }
  return foundBy(
    db,
    `${where} order by s.ended_at desc, s.session_id limit ${FOUND_MAX}`,
    ...parameters,
  );
}

function foundBy(db: Database, rest: string, ...parameters: (string | number)[]): FoundSession[] {
  const rows = prepareArrays(db, `select ${COLUMNS} from sessions s ${rest}`)
    .all(...parameters) as unknown as Row[];
  return rows.map(([sessionId, platform, project]) => ({ sessionId, platform, project }));
}
