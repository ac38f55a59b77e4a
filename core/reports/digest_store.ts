/**
 * Which stored digests serve a stretch of time, and what of it must be read row by row.
 *
 * @module
 */

import { hash } from "node:crypto";
import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { madeWith } from "../made_with.ts";
import { partitionPoint } from "../partition_point.ts";
import { calendarMark, hourMark } from "./calendar_mark.ts";
import { DIGEST_FORM, type DigestTexts } from "./digest_text.ts";
import { readForkTimes } from "./lineage.ts";

/** Of what stretch of the calendar a digest is; the number stands in the table. */
export const LEVELS = { hour: 1, day: 2, month: 3 } as const;

/** The name of a level. */
export type Level = keyof typeof LEVELS;

/** What of the calendar digests must have in common with whoever reads them. */
export type Shared = "days" | "hours" | "nothing";

/** A half-open stretch of time in milliseconds. */
export type Interval = readonly [from: number, to: number];

/** Digests of one level, one after the other. */
export interface Run {
  readonly level: Level;
  readonly from: number;
  readonly to: number;
}

/** A stretch of time: digests, and between them what rows tell. Of the rest there is nothing. */
export interface Cover {
  readonly runs: readonly Run[];
  readonly ranges: readonly Interval[];
}

/** A digest as it is stored. */
export interface StoredDigest {
  readonly from: number;
  readonly platform: number;
  /** 0 for none. */
  readonly project: number;
  readonly texts: DigestTexts;
}

/** Which texts are to be read besides those of what every group tells. */
export type DigestParts = Readonly<Record<Exclude<keyof DigestTexts, "counts">, boolean>>;

const FORM_MARK = hash("sha256", DIGEST_FORM, "hex").slice(0, 16);

/** None is of a longer stretch. */
const DIGEST_MAX_MS = 32 * 86_400_000;
/** All that has a date. */
const EVER: Interval = [-8.64e15, 8.64e15];

type Key = [level: number, from: number, until: number];

/** With what digests are made here: the local calendar, and the form of their texts. */
export function digestMark(): string {
  return `${calendarMark()} ${FORM_MARK}`;
}

/**
 * How a stretch is read.
 *
 * @param levels those that may serve; hours of days that the stretch cuts, of all sessions alone
 * @param shared days to tell those apart, hours for what a period tells of its own
 */
export function coverOf(
  db: Database,
  [from, to]: Interval,
  levels: readonly Level[],
  shared: Shared,
): Cover {
  const [zone, form] = madeWith(db, "digests")?.split(" ") ?? [];
  const serves = form === FORM_MARK &&
    (shared !== "days" || zone === keptCalendarMark()) &&
    (shared !== "hours" || areHoursHere(db));
  // What is of another form says nothing, and of what there was before it nothing is noted.
  if (!serves) return { runs: [], ranges: [[from, to]] };
  const open = joined([...readUnsettled(db), ...forkStretches(db)]);
  const numbers: readonly number[] = levels.map((level) => LEVELS[level]);
  const runs: { level: Level; from: number; to: number }[] = [], rest: Interval[] = [];
  const add = (level: Level, [start, end]: Interval) => {
    const last = runs.at(-1);
    if (last?.level === level && last.to === start) last.to = end;
    else runs.push({ level, from: start, to: end });
  };
  let at = from;
  for (const [number, start, end] of keysIn(db, [from, to])) {
    if (!numbers.includes(number) || start < at && end <= at) continue;
    const isOpen = overlaps(open, [start, end]);
    if (start < at || end > to || isOpen) {
      if (number !== LEVELS.day) continue;
      const hours = levels.includes("hour") && !isOpen ? readHours(db, [start, end]) : [];
      if (hours.length === 0) rest.push([Math.max(start, from), Math.min(end, to)]);
      for (const hour of hours.filter(([begin, until]) => until > from && begin < to)) {
        if (hour[0] >= from && hour[1] <= to) add("hour", hour);
        else rest.push([Math.max(hour[0], from), Math.min(hour[1], to)]);
      }
      continue;
    }
    add(number === LEVELS.day ? "day" : "month", [start, end]);
    at = end;
  }
  return withRanges([from, to], runs, joined([...rest, ...open]));
}

/** Whether hours of digests begin where they do here; what was noted by nobody is ours. */
export function areHoursHere(db: Database): boolean {
  const mark = hourMark();
  return (madeWith(db, "digest_hours") ?? mark) === mark;
}

/** Of the zone that was seen last. */
let known = { seen: "", mark: "" };

/** It takes longer than many a report; a process keeps its zone, but in a test. */
function keptCalendarMark(): string {
  const seen = [0, 3, 6, 9].map((month) => new Date(2026, month, 1).getTime()).join();
  if (known.seen !== seen) known = { seen, mark: calendarMark() };
  return known.mark;
}

/** By what it is known whether any digest was made anew. */
export function readDigestChange(db: Database): number {
  const [change] = prepareArrays(db, "select ifnull(max(change), 0) from digest_changes")
    .get() as unknown as [number];
  return change;
}

const KEYS = new WeakMap<Database, { readonly change: number; readonly keys: readonly Key[] }>();

/** The days and months of all sessions of which there are digests, the longer ones first. */
function keysIn(db: Database, [from, to]: Interval): readonly Key[] {
  if (!isKeeper(db)) return readKeys(db, [from, to]);
  const change = readDigestChange(db);
  let kept = KEYS.get(db);
  if (kept?.change !== change) KEYS.set(db, kept = { change, keys: readKeys(db, EVER) });
  return kept.keys.filter(([, start, end]) => end > from && start < to);
}

function readKeys(db: Database, [from, to]: Interval): Key[] {
  return prepareArrays(
    db,
    `select level, from_at, until_at from digests
     where level in (${LEVELS.day}, ${LEVELS.month}) and platform = 0
       and from_at > ? and until_at > ? and from_at < ?
     order by from_at, level desc`,
  ).all(from - DIGEST_MAX_MS, from, to) as unknown as Key[];
}

/** The hours of a day in which something was, each until the next of them. */
function readHours(db: Database, [from, to]: Interval): Interval[] {
  return prepareArrays(
    db,
    `select from_at, until_at from digests
     where level = ${LEVELS.hour} and platform = 0 and from_at >= ? and from_at < ?
     order by from_at`,
  ).all(from, to) as unknown as Interval[];
}

/** Between runs all from the first to the last moment of which something is to be read. */
function withRanges(
  [from, to]: Interval,
  runs: readonly Run[],
  read: readonly Interval[],
): Cover {
  const ranges: Interval[] = [];
  let at = from, i = 0;
  for (const { from: until, to: next } of [...runs, { from: to, to }]) {
    let first: number | undefined, last = at;
    for (; i < read.length && read[i]![0] < until; i++) {
      const [start, end] = read[i]!;
      if (end <= at) continue;
      first ??= Math.max(start, at);
      last = Math.min(end, until);
      if (end > until) break;
    }
    if (first !== undefined && first < last) ranges.push([first, last]);
    at = next;
  }
  return { runs, ranges };
}

/** The digests of a run: of all sessions together, or place by place; or of the hours in it. */
export function readStored(
  db: Database,
  { level, from, to }: Run,
  of: "all" | "places" | "hours",
  parts: DigestParts,
): StoredDigest[] {
  // Of an hour only what groups tell is stored.
  const stored = level === "hour" ? { ...parts, whole: false } : parts;
  const texts = (["whole", "durations", "tools"] as const)
    .map((name) => stored[name] ? name : "''").join(", ");
  const rows = prepareArrays(
    db,
    `select from_at, platform, project, counts, ${texts} from digests
     where level = ? and from_at >= ? and from_at < ? and platform ${
      of === "places" ? "<> 0" : "= 0"
    }`,
  ).all(of === "hours" ? LEVELS.hour : LEVELS[level], from, to) as unknown as [
    number,
    number,
    number,
    ...[string, string, string, string],
  ][];
  return rows.map(([at, platform, project, counts, whole, durations, tools]) => ({
    from: at,
    platform,
    project,
    texts: { counts, whole, durations, tools },
  }));
}

/** Stretches in which something changed since their digests were made, in order. */
export function readUnsettled(db: Database): Interval[] {
  return joined(
    prepareArrays(db, "select from_at, until_at from unsettled order by from_at")
      .all() as unknown as Interval[],
  );
}

/** Sessions whose past is another one's up to another moment than digests have it. */
export function changedForks(db: Database): number[] {
  const now = readForkTimes(db);
  const then = new Map(
    prepareArrays(db, "select session, until_at from settled_forks")
      .all() as unknown as [number, number][],
  );
  return [...new Set([...now.keys(), ...then.keys()])]
    .filter((session) => now.get(session) !== then.get(session));
}

function forkStretches(db: Database): Interval[] {
  const forks = changedForks(db);
  if (forks.length === 0) return [];
  return prepareArrays(
    db,
    `select started_at, ended_at + 1 from sessions
     where id in (select value from json_each(?)) and started_at is not null`,
  ).all(JSON.stringify(forks)) as unknown as Interval[];
}

function joined(intervals: readonly Interval[]): Interval[] {
  const all: [number, number][] = [];
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/** @param sorted none of which overlap */
function overlaps(sorted: readonly Interval[], [from, to]: Interval): boolean {
  const next = sorted[partitionPoint(sorted, ([, end]) => end <= from)];
  return next !== undefined && next[0] < to;
}
