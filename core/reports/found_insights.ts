/**
 * All findings, each with the session in which it was found: those that are stored, and those for
 * which sessions are set beside each other now.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { SESSION_KINDS, WIDE_KINDS } from "../insight_kinds.ts";
import type { Found, InsightKind, SessionTotals } from "../insight_rule.ts";
import { among, foldOfSessions, inOrder, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import type { Period } from "./period.ts";
import { readSessionTotals } from "./session_totals.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";

/** By platform, names of servers of tools by their hash. */
export type ToolServers = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A finding and its place. */
export interface PlacedFound {
  readonly kind: InsightKind;
  /** What it is, in full. Sessions of no project have nothing in common. */
  readonly name: string;
  readonly found: Found;
  readonly sessionId: string;
  readonly platform: string;
  /** Null for none, and for a finding that speaks of all projects. */
  readonly project: string | null;
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
/** Of all sessions, in their order. */
const allFound = foldOfSessions(
  (db, sessions) =>
    readStored(db, sessions).entries().map(([session, found]) =>
      [session, { session, found }] as const
    ),
  inOrder<{ readonly session: number; readonly found: readonly PlacedFound[] }>((a, b) =>
    a.session - b.session
  ),
);

/** What sessions beside each other said, while each of them was the same. */
interface Wide {
  readonly sessions: readonly SessionTotals[];
  readonly servers: readonly string[];
  readonly found: ReadonlyMap<InsightKind, readonly PlacedFound[]>;
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
  const read = (wanted: SessionFilter) => readSessionTotals(db, wanted, words, period);
  if (session === undefined) {
    const all = read(wider);
    return [...stored, ...findWide(db, { project: all, all }, servers, undefined)];
  }
  const places = readPlaces(db, filter, words);
  const beside = {
    project: places.flatMap(({ platform, project }) =>
      project === undefined ? [] : read({ platform, project })
    ),
    all: places.flatMap(({ platform }) =>
      servers.get(platform)?.size ? read({ ...wider, platform }) : []
    ),
  };
  return [...stored, ...findWide(db, beside, servers, session)];
}

/** Where the sessions are that pass a filter. */
function readPlaces(
  db: Database,
  filter: SessionFilter,
  words: ReadonlyMap<number, string>,
): { readonly platform: string; readonly project: string | undefined }[] {
  const { sql, parameters } = countedSessions(filter);
  const rows = prepareArrays(
    db,
    `select s.platform, s.project from sessions s where ${sql}`,
  ).all(...parameters) as unknown as [number, number | null][];
  return rows.map(([platform, project]) => ({
    platform: words.get(platform) ?? "other",
    project: words.get(project ?? -1),
  }));
}

/** In the order of sessions. */
function storedOf(db: Database, filter: SessionFilter): PlacedFound[] {
  const { sql, parameters } = countedSessions(filter);
  const isWhole = sql === countedSessions({}).sql;
  if (isWhole) return allFound(db).flatMap(({ found }) => found);
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
  return withName({
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
  }, false);
}

function withName(placed: Omit<PlacedFound, "name">, ofAll: boolean): PlacedFound {
  const { kind, found, sessionId, platform, project } = placed;
  const place = ofAll ? [platform] : [platform, project ?? `session ${sessionId}`];
  return { ...placed, name: [kind.name, found.member ?? "", ...place].join(" ") };
}

/**
 * Of sessions, or of the one with this id among them.
 *
 * @param sessions those that kinds look at, by the scope of these
 */
function findWide(
  db: Database,
  sessions: Readonly<Record<"project" | "all", readonly SessionTotals[]>>,
  servers: ToolServers,
  id: string | undefined,
): PlacedFound[] {
  // Sessions of no project have nothing in common.
  const project = Map.groupBy(
    sessions.project.filter(({ project }) => project !== null),
    ({ platform, project }) => `${platform} ${project}`,
  );
  const all = Map.groupBy(
    sessions.all.filter(({ platform }) => servers.get(platform)?.size),
    ({ platform }) => platform,
  );
  const before = WIDE.get(db), now = new Map<string, Wide>();
  for (const [scope, groups] of Object.entries({ project, all })) {
    const kinds = WIDE_KINDS.filter((kind) => (kind.scope ?? "project") === scope);
    for (const [place, group] of groups) {
      const own = [...servers.get(group[0]!.platform)?.keys() ?? []];
      const name = `${scope} ${place}`, known = before?.get(name);
      const isSame = known && isEqual(known.sessions, group) && isEqual(known.servers, own);
      const found = isSame
        ? known.found
        : new Map(kinds.map((kind) => [kind, findIn(kind, group, own)]));
      now.set(name, { sessions: group, servers: own, found });
    }
  }
  WIDE.set(db, id === undefined || !before ? now : new Map([...before, ...now]));
  const wide = [...now.values()];
  return WIDE_KINDS.flatMap((kind) => wide.flatMap(({ found }) => found.get(kind) ?? []))
    .filter(({ sessionId }) => id === undefined || sessionId === id);
}

function findIn(
  kind: typeof WIDE_KINDS[number],
  group: readonly SessionTotals[],
  servers: readonly string[],
): PlacedFound[] {
  const ofAll = kind.scope === "all";
  return kind.find(group, servers).map((
    { session: { sessionId, platform, project }, ...found },
  ) => withName({ kind, found, sessionId, platform, project: ofAll ? null : project }, ofAll));
}

function isEqual<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
