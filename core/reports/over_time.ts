/**
 * The metrics report step by step over its period, with the steps in which nothing happened.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { readWords } from "../words.ts";
import { keptTiers } from "../tiers.ts";
import { type ChartGroupBy, emptyGroup, type MetricsGroup, readGroups } from "./groups.ts";
import { localKey, localKeys } from "./local_time.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { stretchOf } from "./pieces.ts";

/** Steps of the user's clock, the shortest first. */
export const TIME_STEPS = ["five_minutes", "hour", "day", "week", "month"] as const;

/** One of {@linkcode TIME_STEPS}. */
export type TimeStep = typeof TIME_STEPS[number] & ChartGroupBy;

/** What is known of one step. */
export interface TimePoint {
  /** As `localKey` makes it. */
  readonly key: string;
  /** Its first moment within the period, in milliseconds. */
  readonly at: number;
  /** Null before anything was recorded: nothing is known of that time. */
  readonly group: MetricsGroup | null;
}

const MINUTE_MS = 60_000, HOUR_MS = 3_600_000, DAY_MS = 24 * HOUR_MS;
/** About as long as a step at least is. */
const LENGTHS_MS: Readonly<Record<TimeStep, number>> = {
  five_minutes: 5 * MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
};

/** More than a day has of the shortest. */
const UNKNOWN_MAX = 400;

/** The shortest step of which there are at most so many in the period. */
export function fittingStep(db: Database, query: MetricsQuery, stepsMax: number): TimeStep {
  const from = beginOf(db, query);
  const lengthMs = query.period.to - from;
  const { tier } = stretchOf({ ...query.period, from }, query.now, keptTiers(db));
  return TIME_STEPS.find((step) => {
    const stepMs = LENGTHS_MS[step];
    // One more on either side, as a period seldom begins with a step.
    return stepMs >= tier * 1000 && lengthMs / stepMs + 2 <= stepsMax;
  }) ?? "month";
}

/** One step, whatever happened in it. */
export interface TimeSlot {
  /** As `localKey` makes it. */
  readonly key: string;
  /** Its first moment within the period, in milliseconds. */
  readonly at: number;
  /** Whether anything was recorded by then: of the time before nothing is known. */
  readonly isRecorded: boolean;
}

/**
 * Every step of the period, in order; a period without begin starts with what was first. Of the
 * time before anything was recorded there are so many steps at most: somebody may ask for all
 * since the year 1.
 */
export function timeSlots(db: Database, query: MetricsQuery, step: TimeStep): TimeSlot[] {
  const first = firstMoment(db), begin = beginOf(db, query);
  const known = Math.min(first ?? Infinity, query.period.to);
  const from = Math.max(begin, known - UNKNOWN_MAX * LENGTHS_MS[step]);
  // A first moment that lies in the middle of a step is recorded with all of it.
  const firstKey = first === null ? undefined : localKey(first, step);
  const slots = new Map<string, TimeSlot>();
  // Hours, for days too: clocks are set forward and back.
  const strideMs = Math.min(LENGTHS_MS[step], HOUR_MS);
  let isRecorded = first !== null && first < from;
  const keyOf = localKeys(step);
  const add = (at: number) => {
    const key = keyOf(at);
    if (slots.has(key)) return;
    isRecorded ||= key === firstKey;
    slots.set(key, { key, at, isRecorded });
  };
  for (let at = from; at < query.period.to; at += strideMs) add(at);
  add(query.period.to - 1);
  return [...slots.values()];
}

/** The report of every step. */
export function readOverTime(
  db: Database,
  query: MetricsQuery,
  step: TimeStep,
  withTimes = true,
): TimePoint[] {
  const groups = new Map(
    readGroups(db, query, step, readWords(db), withTimes).map((group) => [group.key, group]),
  );
  let isKnown = false;
  return timeSlots(db, query, step).map(({ key, at, isRecorded }) => {
    isKnown ||= isRecorded || groups.has(key);
    return { key, at, group: isKnown ? groups.get(key) ?? emptyGroup(key) : null };
  });
}

function beginOf(db: Database, { period, now }: MetricsQuery): number {
  return period.from ?? Math.min(firstMoment(db) ?? now, period.to - 1);
}

function firstMoment(db: Database): number | null {
  const [first] = prepareArrays(db, "select min(started_at) from sessions where counted = 1")
    .get() as unknown as [number | null];
  return first;
}
