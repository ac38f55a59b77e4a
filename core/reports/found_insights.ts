/**
 * All findings, each with the session in which it was found: those that are stored, and those for
 * which sessions are set beside each other now.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { SESSION_KINDS, WIDE_KINDS } from "../insight_kinds.ts";
import type { Found, InsightKind, SessionTotals } from "../insight_rule.ts";
import { among, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import type { Period } from "./period.ts";
import { readSessionTotals } from "./session_totals.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";

/** By platform, names of servers of tools by their hash. */
export type ToolServers = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A finding and its place. */
export interface PlacedFound {
  readonly kind: InsightKind;
  readonly found: Found;
  readonly sessionId: string;
  readonly platform: string;
  /** Null for none, and for a finding that speaks of all. */
  readonly project: string | null;
  /** Whether it speaks of all projects. */
  readonly ofAll: boolean;
}

type Row = [
  sessionId: string,
  platform: number,
  project: number | null,
  kind: number,
  member: number,
  at: number,
  untilAt: number,
  count: number,
  n: number,
  amount: number | null,
  tokens: number | null,
  micros: number | null,
  ms: number | null,
];

/** Which findings are asked for. */
export interface FoundQuery {
  /** Only of sessions that pass it. */
  readonly filter: SessionFilter;
  /** Only what was found in it, out of sessions that went on in it. */
  readonly period?: Period | undefined;
  readonly servers: ToolServers;
}

/** What was found in a session stays, for the most part. */
const keptFound = keepOfSessions(readStored);

/** What sessions beside each other said, while each of them was the same. */
interface Wide {
  readonly sessions: readonly SessionTotals[];
  readonly servers: readonly string[];
  readonly found: readonly PlacedFound[];
}

const WIDE = new WeakMap<Database, ReadonlyMap<string, Wide>>();

/** What was found. */
export function readFound(
  db: Database,
  { filter, period, servers }: FoundQuery,
  words: ReadonlyMap<number, string>,
): PlacedFound[] {
  const { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = period ?? {};
  const stored = storedOf(db, filter)
    .filter(({ found }) => found.untilAt >= from && found.at < to);
  // A model's part of a session is set beside nothing.
  if (filter.model !== undefined) return stored;
  const { session, ...wider } = filter;
  const wide = findWide(db, readSessionTotals(db, wider, words, period), servers);
  return [
    ...stored,
    ...wide.filter(({ sessionId }) => session === undefined || sessionId === session),
  ];
}

/** In the order of sessions. */
function storedOf(db: Database, filter: SessionFilter): PlacedFound[] {
  const { sql, parameters } = countedSessions(filter);
  const isWhole = sql === countedSessions({}).sql;
  if (isWhole) return [...keptFound(db)].sort(([a], [b]) => a - b).flatMap(([, found]) => found);
  const [text] = prepareArrays(
    db,
    `select json_group_array(s.id order by s.id) from sessions s where ${sql}`,
  ).get(...parameters) as unknown as [string];
  const sessions = JSON.parse(text) as number[], kept = keptFound(db, sessions);
  return sessions.flatMap((session) => kept.get(session) ?? []);
}

function readStored(db: Database, sessions?: readonly number[]): Map<number, PlacedFound[]> {
  const words = readWords(db);
  const rows = prepareArrays(
    db,
    `select s.session_id, s.platform, s.project, x.kind, x.member, x.at, x.until_at, x.count,
       x.n, x.amount, x.gain_tokens, x.gain_micros, x.gain_ms, s.id
     from insights x join sessions s on s.id = x.session
     where s.counted = 1${ofSessions("x.session", sessions)}
     order by x.session, x.kind, x.member`,
  ).all(...among(sessions)) as unknown as [...Row, number][];
  const kinds = new Map<string, InsightKind>(SESSION_KINDS.map((kind) => [kind.name, kind]));
  const found = new Map<number, PlacedFound[]>();
  for (const [...row] of rows) {
    const session = row.pop() as number;
    const kind = kinds.get(words.get(row[3] as number) ?? "");
    // A newer version may have found it.
    if (!kind) continue;
    found.getOrInsertComputed(session, () => []).push(placed(row as unknown as Row, kind, words));
  }
  return found;
}

function placed(
  [sessionId, platform, project, , word, at, untilAt, count, n, amount, tokens, micros, ms]: Row,
  kind: InsightKind,
  words: ReadonlyMap<number, string>,
): PlacedFound {
  const member = words.get(word);
  const gain = {
    ...(tokens === null ? {} : { tokens }),
    ...(micros === null ? {} : { micros }),
    ...(ms === null ? {} : { ms }),
  };
  return {
    kind,
    found: {
      at,
      untilAt,
      count,
      n,
      gain,
      ...(member === undefined ? {} : { member }),
      ...(amount === null ? {} : { amount }),
    },
    sessionId,
    platform: words.get(platform) ?? "other",
    project: project === null ? null : words.get(project) ?? null,
    ofAll: false,
  };
}

function findWide(
  db: Database,
  sessions: readonly SessionTotals[],
  servers: ToolServers,
): PlacedFound[] {
  // Sessions of no project have nothing in common.
  const projects = Map.groupBy(
    sessions.filter(({ project }) => project !== null),
    ({ platform, project }) => `${platform} ${project}`,
  );
  const platforms = Map.groupBy(sessions, ({ platform }) => platform);
  const before = WIDE.get(db), now = new Map<string, Wide>();
  for (const kind of WIDE_KINDS) {
    for (const [place, group] of kind.scope === "all" ? platforms : projects) {
      const own = [...servers.get(group[0]!.platform)?.keys() ?? []];
      const name = `${kind.name} ${place}`, known = before?.get(name);
      const isSame = known && isEqual(known.sessions, group) && isEqual(known.servers, own);
      const found = isSame ? known.found : findIn(kind, group, own);
      now.set(name, { sessions: group, servers: own, found });
    }
  }
  WIDE.set(db, now);
  return now.values().flatMap(({ found }) => found).toArray();
}

function findIn(
  kind: typeof WIDE_KINDS[number],
  group: readonly SessionTotals[],
  servers: readonly string[],
): PlacedFound[] {
  const ofAll = kind.scope === "all";
  return kind.find(group, servers).map(({ session, ...found }) => ({
    kind,
    found,
    sessionId: session.sessionId,
    platform: session.platform,
    project: ofAll ? null : session.project,
    ofAll,
  }));
}

function isEqual<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
