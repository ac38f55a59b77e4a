/**
 * All findings, each with the session in which it was found: those that are stored, and those for
 * which sessions are set beside each other now.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { SESSION_KINDS, WIDE_KINDS } from "../insight_kinds.ts";
import type { Found, InsightKind, SessionTotals } from "../insight_rule.ts";
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

/** What was found. */
export function readFound(
  db: Database,
  { filter, period, servers }: FoundQuery,
  words: ReadonlyMap<number, string>,
): PlacedFound[] {
  const stored = readStored(db, filter, period, words);
  // A model's part of a session is set beside nothing.
  if (filter.model !== undefined) return stored;
  const { session, ...wider } = filter;
  const wide = findWide(readSessionTotals(db, wider, words, period), servers);
  return [
    ...stored,
    ...wide.filter(({ sessionId }) => session === undefined || sessionId === session),
  ];
}

function readStored(
  db: Database,
  filter: SessionFilter,
  period: Period | undefined,
  words: ReadonlyMap<number, string>,
): PlacedFound[] {
  const { sql, parameters } = countedSessions(filter);
  const { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = period ?? {};
  const rows = prepareArrays(
    db,
    `select s.session_id, s.platform, s.project, x.kind, x.member, x.at, x.until_at, x.count,
       x.n, x.amount, x.gain_tokens, x.gain_micros, x.gain_ms
     from insights x join sessions s on s.id = x.session
     where ${sql} and x.until_at >= ? and x.at < ?`,
  ).all(...parameters, from, to) as unknown as Row[];
  const kinds = new Map<string, InsightKind>(SESSION_KINDS.map((kind) => [kind.name, kind]));
  return rows.flatMap((row) => {
    const kind = kinds.get(words.get(row[3]) ?? "");
    // A newer version may have found it.
    return kind ? [placed(row, kind, words)] : [];
  });
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
  sessions: readonly SessionTotals[],
  servers: ToolServers,
): PlacedFound[] {
  // Sessions of no project have nothing in common.
  const projects = Map.groupBy(
    sessions.filter(({ project }) => project !== null),
    ({ platform, project }) => `${platform} ${project}`,
  );
  const platforms = Map.groupBy(sessions, ({ platform }) => platform);
  return WIDE_KINDS.flatMap((kind) => {
    const ofAll = kind.scope === "all";
    const groups = [...(ofAll ? platforms : projects).values()];
    return groups.flatMap((group) =>
      kind.find(group, [...servers.get(group[0]!.platform)?.keys() ?? []])
    ).map(({ session, ...found }) => ({
      kind,
      found,
      sessionId: session.sessionId,
      platform: session.platform,
      project: ofAll ? null : session.project,
      ofAll,
    }));
  });
}
