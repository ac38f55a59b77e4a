/**
 * The course of the headline numbers over a period, as small lines show it.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { INPUT_COUNTS, TOOL_COUNTS } from "../session_counts.ts";
import { acceptanceOf, acceptanceRate, keptRate } from "./acceptance.ts";
import { readStretches } from "./activity.ts";
import { localKeys, localStart } from "./local_time.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import type { TimeStep } from "./over_time.ts";
import { wilsonRate } from "./rates.ts";
import {
  addCounts,
  alignedPeriod,
  countsOf,
  inputCounts,
  readPieces,
  readRows,
  timedStretchOf,
  whereOf,
  withModel,
} from "./sums.ts";
import { readUsageOverTime } from "./usage_over_time.ts";

/** Every step begins with a quarter of an hour in every zone, but the shortest. */
const QUARTER_MS = 900_000, SHORTEST_MS = 300_000;

/** Numbers of one step under the names of the catalogue; null is not known. */
export type CoursePoint = Readonly<Record<string, number | null>>;

/**
 * The points of a period's steps, by the names that `localKey` gives them. Where a step is a week
 * or a month, calls and inputs are told apart by days in UTC: at its ends a line can be off by
 * some hours. Reports that show numbers group by the user's own days.
 */
export function readCourses(
  db: Database,
  query: MetricsQuery,
  step: TimeStep,
): ReadonlyMap<string, CoursePoint> {
  const points = new Map<string, Record<string, number | null>>();
  const add = (key: string, numbers: CoursePoint) =>
    points.set(key, { ...points.get(key), ...numbers });
  for (const [key, members] of readUsageOverTime(db, query, step)) {
    const { cost_usd, tokens_output, cache_hit_rate } = members.get("")!;
    add(key, { cost_usd, tokens_output, cache_hit_rate });
  }
  const stretch = timedStretchOf(query.period, query.now);
  const start = localStart(step, { from: stretch.from, to: Math.min(stretch.to, query.now) });
  const read = step === "week" || step === "month" ? readPieces : readRows;
  const where = whereOf(stretch, query), nameStep = localKeys(step);
  const calls = new Map<string, ReturnType<typeof countsOf<typeof TOOL_COUNTS[number]>>>();
  for (
    const row of read(db, "kind_sums", start, TOOL_COUNTS, withModel(where, query.model))
  ) {
    const key = nameStep(row[0]!), counts = countsOf(TOOL_COUNTS, row), known = calls.get(key);
    if (known) addCounts(TOOL_COUNTS, known, counts);
    else calls.set(key, counts);
  }
  for (const [key, counts] of calls) {
    const acceptance = acceptanceOf([counts]);
    add(key, {
      tool_uses: counts.uses,
      acceptance_rate: acceptanceRate(acceptance)?.value ?? null,
      kept_rate: keptRate(acceptance)?.value ?? null,
      error_rate: wilsonRate(counts.failed, counts.ok + counts.failed)?.value ?? null,
    });
  }
  if (query.model !== undefined) return points;
  const inputs = read(db, "input_sums", `${start}, x.member`, INPUT_COUNTS, where);
  for (const [bucket, kind, count] of inputs) {
    const key = nameStep(bucket!);
    const { user_prompts } = inputCounts([[kind ?? -1, count ?? 0]]);
    add(key, { user_prompts: (points.get(key)?.user_prompts ?? 0) + user_prompts });
  }
  const pieceMs = step === "five_minutes" ? SHORTEST_MS : QUARTER_MS;
  for (const [key, numbers] of readPresence(db, query, pieceMs, nameStep)) add(key, numbers);
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
  const aligned = alignedPeriod(period, now);
  for (const [id, from, to] of readStretches(db, { period: aligned, filter }, "active")) {
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
