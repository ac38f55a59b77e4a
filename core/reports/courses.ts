/**
 * The course of the headline numbers over a period, as small lines show it.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { among, keepOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import { keptTiers } from "../tiers.ts";
import { readStretches } from "./activity.ts";
import type { ActiveStretch } from "./concurrency.ts";
import { readGroups } from "./groups.ts";
import { localKeys } from "./local_time.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { flatten } from "./live_numbers.ts";
import type { TimeStep } from "./over_time.ts";
import { readForkTimes } from "./lineage.ts";
import type { Period } from "./period.ts";
import { alignedPeriod } from "./pieces.ts";
import { headsGoingOn } from "./session_heads.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";

/** Every step begins with a quarter of an hour in every zone, but the shortest. */
const QUARTER_MS = 900_000, SHORTEST_MS = 300_000;
const NAMES = [
  "cost_usd",
  "tokens_output",
  "cache_hit_rate",
  "tool_uses",
  "acceptance_rate",
  "kept_rate",
  "error_rate",
] as const;

/** Numbers of one step under the names of the catalogue; null is not known. */
export type CoursePoint = Readonly<Record<string, number | null>>;

/** The points of a period's steps, by the names that `localKey` gives them. */
export function readCourses(
  db: Database,
  query: MetricsQuery,
  step: TimeStep,
): ReadonlyMap<string, CoursePoint> {
  const points = new Map<string, Record<string, number | null>>();
  for (const { key, totals, rates } of readGroups(db, query, step, readWords(db), false)) {
    const flat: Record<string, number | null> = flatten(totals, rates);
    const names = query.model === undefined ? [...NAMES, "user_prompts"] : NAMES;
    points.set(key, Object.fromEntries(names.map((name) => [name, flat[name] ?? null])));
  }
  if (query.model !== undefined) return points;
  const pieceMs = step === "five_minutes" ? SHORTEST_MS : QUARTER_MS;
  for (const [key, numbers] of readPresence(db, query, pieceMs, localKeys(step))) {
    points.set(key, { ...points.get(key), ...numbers });
  }
  return points;
}

/** How many sessions were active in each step, and for how long in all. */
function readPresence(
  db: Database,
  { period, now, ...filter }: MetricsQuery,
  pieceMs: number,
  nameStep: (at: number) => string,
): Map<string, CoursePoint> {
  const steps = new Map<string, { sessions: Set<number>; activeMs: number }>();
  const add = (key: string, session: number, ms: number) => {
    const known = steps.get(key) ?? { sessions: new Set(), activeMs: 0 };
    known.sessions.add(session);
    known.activeMs += ms;
    steps.set(key, known);
  };
  const pieceOf = (at: number) => Math.floor(at / pieceMs) * pieceMs;
  const aligned = alignedPeriod(period, now, keptTiers(db));
  for (const [id, from, to] of readActive(db, aligned, filter)) {
    const last = nameStep(pieceOf(to));
    for (let at = from; at <= to;) {
      const key = nameStep(pieceOf(at));
      // Most are within one step.
      const end = key === last ? to : pieceOf(at) + pieceMs;
      add(key, id, end - at);
      at = key === last ? Infinity : end;
    }
  }
  return new Map(
    [...steps].map(([key, of]) => [key, { sessions: of.sessions.size, active_ms: of.activeMs }]),
  );
}

const keptActive = keepOfSessions(readSpans);

/** In which stretches of the period sessions were active, forks without what they inherited. */
function readActive(db: Database, period: Period, filter: SessionFilter): ActiveStretch[] {
  if (!isKeeper(db) || sessionConditions(filter).sql !== "") {
    return readStretches(db, { period, filter }, "active");
  }
  const { from = 0, to } = period, forks = readForkTimes(db);
  const sessions = headsGoingOn(db, period).map(({ number }) => number);
  const kept = keptActive(db, sessions), active: ActiveStretch[] = [];
  for (const session of sessions) {
    const begin = Math.max(from, forks.get(session) ?? from);
    for (const [start, end] of kept.get(session) ?? []) {
      if (start < to && end >= begin) {
        active.push([session, Math.max(start, begin), Math.min(end, to)]);
      }
    }
  }
  return active;
}

function readSpans(
  db: Database,
  sessions?: readonly number[],
): Map<number, (readonly [from: number, to: number])[]> {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(x.session, x.from_at, x.to_at)) from active_spans x
     where true${ofSessions("x.session", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  const spans = new Map<number, (readonly [number, number])[]>();
  for (const [session, from, to] of JSON.parse(text) as [number, number, number][]) {
    spans.getOrInsertComputed(session, () => []).push([from, to]);
  }
  return spans;
}
