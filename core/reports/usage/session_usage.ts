/**
 * How sessions were used as a whole, kept by a reader: of most it never changes again.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../../database.ts";
import {
  addCount,
  among,
  foldOfSessions,
  inOrder,
  ofSessions,
  type SessionFold,
} from "../../kept_sessions.ts";
import { foldOfWindows } from "../../kept_windows.ts";
import { QUARTER_SECONDS } from "../../session_counts.ts";
import { areAllGoingOn, headsGoingOn } from "../session_heads.ts";
import { sessionConditions } from "../sums.ts";
import { keepUntilChange } from "../until_change.ts";
import { sessionsGoingOn, type UsageQuery } from "../usage_sums.ts";

/** What is known of sessions in which anything was done. */
const COLUMNS = [
  "operations",
  "files_edited",
  "files_churned",
  // Tokens of requests of the main thread, and millionths of the context that they filled.
  "request_median",
  "request_last",
  "fill_median",
  "fill_last",
] as const;

/** Of these the sum is told, too. */
const SUMMED = ["files_edited", "files_churned"] as const;

/** What sessions come to together. */
export interface SessionsUsage {
  /** How many sessions are of each platform and project, by the number of its word. */
  readonly platforms: Map<number, number>;
  readonly projects: Map<number, number>;
  /** Of each number those that are known, the least first. */
  readonly known: Readonly<Record<typeof COLUMNS[number], number[]>>;
  readonly sums: Record<typeof SUMMED[number], number>;
}

/** One session. */
interface SessionUsage {
  readonly platform: number;
  readonly project: number | null;
  /** In the order of {@linkcode COLUMNS}. */
  readonly numbers: readonly (number | null)[];
}

/** Sessions by number; `isAll` where there are no others: then they need not be listed. */
export interface GoingOn {
  /** The same for periods of one length that lie as long ago: each holds most of the other. */
  readonly window: string;
  readonly sessions: readonly number[];
  readonly isAll: boolean;
}

const NUMBERS = inOrder<number>((a, b) => a - b);
const USAGE: SessionFold<SessionUsage, SessionsUsage> = {
  start: (sessions) => {
    const all = [...sessions], usage = emptyUsage();
    for (const session of all) addUp(usage, session, 1);
    COLUMNS.forEach((name, i) => {
      // So they are sorted in a tenth of the time that comparing them by a function takes.
      const known = Float64Array.from(all.flatMap(({ numbers }) => numbers[i] ?? []));
      usage.known[name].push(...known.sort());
    });
    return usage;
  },
  add: (usage, session) => {
    addUp(usage, session, 1);
    eachKnown(session, (name, value) => NUMBERS.add(usage.known[name], value));
  },
  remove: (usage, session) => {
    addUp(usage, session, -1);
    eachKnown(session, (name, value) => NUMBERS.remove(usage.known[name], value));
  },
};

const allUsage = foldOfSessions(read, USAGE);
const usageIn = foldOfWindows(read, USAGE);
const keptGoingOn = keepUntilChange<GoingOn>(8);

/** The sessions that were going on. */
export function readGoingOn(db: Database, query: UsageQuery): GoingOn {
  const { period, filter } = query, conditions = sessionConditions(filter);
  const isFiltered = conditions.sql !== "";
  return keptGoingOn(db, JSON.stringify([period, conditions]), () => {
    const window = windowOf(query);
    const mayBeAll = period.from === undefined && !isFiltered;
    if (isFiltered || !isKeeper(db)) {
      const sessions = readNumbers(db, query);
      return { window, sessions, isAll: mayBeAll && !hasLater(db, period.to) };
    }
    let sessions: readonly number[] | undefined;
    return {
      window,
      isAll: mayBeAll && areAllGoingOn(db, period),
      get sessions() {
        return sessions ??= headsGoingOn(db, period).map(({ number }) => number);
      },
    };
  });
}

function windowOf({ period: { from, to }, filter, now }: UsageQuery): string {
  const lengthMs = from === undefined ? to : to - from;
  const ago = Math.round((now - to) / lengthMs);
  // A period that ends now begins with a bucket.
  const buckets = Math.floor(lengthMs / (QUARTER_SECONDS * 1000));
  return JSON.stringify([from === undefined, buckets, ago, sessionConditions(filter)]);
}

function readNumbers(db: Database, query: UsageQuery): number[] {
  const { sql, parameters } = sessionsGoingOn(query);
  const [text] = prepareArrays(
    db,
    `select json_group_array(s.id) from sessions s where ${sql}`,
  ).get(...parameters) as unknown as [string];
  return JSON.parse(text) as number[];
}

function hasLater(db: Database, to: number): boolean {
  const [has] = prepareArrays(
    db,
    "select exists (select 1 from sessions where counted = 1 and started_at >= ?)",
  ).get(to) as unknown as [number];
  return has === 1;
}

/** What they come to. Whoever is given it keeps nothing of it: it may change in place. */
export function readSessionsUsage(db: Database, query: UsageQuery): SessionsUsage {
  const going = readGoingOn(db, query);
  if (going.isAll && isKeeper(db)) return allUsage(db);
  return usageIn(db, going.window, going.sessions);
}

function emptyUsage(): SessionsUsage {
  return {
    platforms: new Map(),
    projects: new Map(),
    known: Object.fromEntries(
      COLUMNS.map((name): [string, number[]] => [name, []]),
    ) as SessionsUsage["known"],
    sums: { files_edited: 0, files_churned: 0 },
  };
}

/** All that is no list. */
function addUp(
  { platforms, projects, sums }: SessionsUsage,
  { platform, project, numbers }: SessionUsage,
  by: 1 | -1,
): void {
  addCount(platforms, platform, by);
  if (project !== null) addCount(projects, project, by);
  for (const name of SUMMED) sums[name] += by * (numbers[COLUMNS.indexOf(name)] ?? 0);
}

function eachKnown(
  { numbers }: SessionUsage,
  tell: (name: typeof COLUMNS[number], value: number) => void,
): void {
  for (let i = 0; i < COLUMNS.length; i++) {
    const value = numbers[i] ?? null;
    if (value !== null) tell(COLUMNS[i]!, value);
  }
}

type Row = readonly [number, number, number | null, ...(number | null)[]];

function read(db: Database, sessions?: readonly number[]): [number, SessionUsage][] {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(s.id, s.platform, s.project, ${
      COLUMNS.map((name) => `u.${name}`).join(", ")
    })) from sessions s left join session_usage u on u.session = s.id
     where s.counted = 1${ofSessions("s.id", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  return (JSON.parse(text) as Row[]).map(([session, platform, project, ...numbers]) => [
    session,
    { platform, project, numbers },
  ]);
}
