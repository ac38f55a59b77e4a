/**
 * What hours tell that no stored digest serves, kept by a reader until something in them changes:
 * most of today is over, too, and so is the part of a day in which a period begins.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { addDigest, type Digest, emptyDigest, inOneList } from "./digest.ts";
import type { Digests, RowParts } from "./digest_rows.ts";
import type { Interval } from "./digest_store.ts";
import type { Grouping } from "./digests.ts";
import { type HourDigests, readHourDigests } from "./hour_digests.ts";
import { readForkTimes } from "./lineage.ts";
import { wholeHours } from "./local_time.ts";

/** How what hours tell is told apart, and what of it is asked. */
export interface HoursQuery {
  readonly grouping: Grouping | undefined;
  readonly parts: Pick<RowParts, "whole" | "times" | "tools">;
}

interface KeptHour {
  /** What had changed in it. */
  readonly mark: string;
  /** Undefined of an hour in which nothing was. */
  readonly digests: HourDigests | undefined;
}

interface Kept {
  /** With what all of it was made. */
  readonly state: string;
  /** By their first moment, the one that was asked for last at the end. */
  readonly hours: Map<number, KeptHour>;
}

type Mark = readonly [from: number, until: number, change: number];

const HOUR_MS = 3_600_000;
/** A longer stretch is read at once. */
const STRETCH_MAX = 49;
/** So many hours are kept: a few days, of some 50 kB an hour of heavy use. */
const KEPT_MAX = 240;
/** What a session's own change does to longer stretches is not marked. */
const MARK_MAX_MS = 2_678_400_000;
const KEPT = new WeakMap<Database, Kept>();

/**
 * Adds what the whole hours of a stretch tell.
 *
 * @returns what of the stretch is to be read row by row
 */
export function addHours(
  db: Database,
  digests: Digests,
  [from, to]: Interval,
  query: HoursQuery,
): Interval[] {
  const all = isKeeper(db) ? wholeHours(from, to) : [];
  if (all.length === 0 || all.length > STRETCH_MAX) return [[from, to]];
  // Before the rows: what changes in between is read once more.
  const { hours } = keptOf(db), marks = readMarks(db, [from, to]);
  const marked = all.map((at): readonly [number, string | undefined] => [at, markOf(at, marks)]);
  const stale = marked.filter(([at, mark]) => mark !== undefined && hours.get(at)?.mark !== mark);
  for (const [first, last] of runsOf(stale.map(([at]) => at))) {
    readHours(db, hours, [first, last], new Map(marked));
  }
  const rest: Interval[] = [];
  let at = from;
  for (const [hour, mark] of marked) {
    if (mark === undefined) continue;
    if (hour > at) rest.push([at, hour]);
    at = hour + HOUR_MS;
    const kept = hours.get(hour)!;
    hours.delete(hour);
    hours.set(hour, kept);
    addHour(digests, hour, kept.digests, query);
  }
  if (at < to) rest.push([at, to]);
  for (const [oldest] of hours) {
    if (hours.size <= KEPT_MAX) break;
    hours.delete(oldest);
  }
  return rest;
}

/** Whatever is settled, or whose past belongs to whom, changes hours without a mark. */
function keptOf(db: Database): Kept {
  const [change] = prepareArrays(db, "select ifnull(max(change), 0) from digest_changes")
    .get() as unknown as [number];
  const state = JSON.stringify([change, [...readForkTimes(db)]]);
  let kept = KEPT.get(db);
  if (kept?.state !== state) KEPT.set(db, kept = { state, hours: new Map() });
  return kept;
}

function readMarks(db: Database, [from, to]: Interval): Mark[] {
  return prepareArrays(
    db,
    `select from_at, until_at, change from unsettled where until_at > ? and from_at < ?
     order by from_at, until_at`,
  ).all(from, to) as unknown as Mark[];
}

/** What changed in an hour; undefined where not every change of it is marked. */
function markOf(hour: number, marks: readonly Mark[]): string | undefined {
  const own = marks.filter(([from, until]) => from < hour + HOUR_MS && until > hour);
  if (own.some(([from, until]) => until - from > MARK_MAX_MS)) return undefined;
  return own.join(" ");
}

/** Hours that follow each other, as stretches. */
function runsOf(hours: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const hour of hours) {
    const last = runs.at(-1);
    if (last?.[1] === hour) last[1] += HOUR_MS;
    else runs.push([hour, hour + HOUR_MS]);
  }
  return runs;
}

function readHours(
  db: Database,
  hours: Map<number, KeptHour>,
  [from, to]: Interval,
  marks: ReadonlyMap<number, string | undefined>,
): void {
  const read = new Map(readHourDigests(db, [from, to]).map((digests) => [digests.at, digests]));
  for (let at = from; at < to; at += HOUR_MS) {
    const digests = read.get(at);
    hours.set(at, {
      mark: marks.get(at)!,
      digests: digests && {
        at,
        all: inOneList(digests.all),
        places: digests.places.map((place) => ({ ...place, digest: inOneList(place.digest) })),
      },
    });
  }
}

function addHour(
  digests: Digests,
  at: number,
  hour: HourDigests | undefined,
  { grouping, parts }: HoursQuery,
): void {
  if (!hour) return;
  const add = (name: string, digest: Digest) => {
    const of = digests.getOrInsertComputed(name, emptyDigest);
    addDigest(of, asked(digest, parts, grouping));
  };
  if (!grouping) return add("", hour.all);
  const { group, name } = grouping;
  if (group === "time") return add(name(at), hour.all);
  for (const { platform, project, digest } of hour.places) {
    add(name((group === "project" ? project : platform) || -1), digest);
  }
}

/** Only what rows would tell. */
function asked(
  digest: Digest,
  { whole, times, tools }: HoursQuery["parts"],
  grouping: Grouping | undefined,
): Digest {
  const { errors, attributions, usage, words, hours, ...nothing } = emptyDigest();
  const { time, isTimed, durations, durationMs, activeMs, overlap } = nothing;
  return {
    ...digest,
    ...(whole ? {} : { errors, attributions, usage, words, hours }),
    ...(times ? {} : { time, isTimed, durations, durationMs, activeMs }),
    ...(times && !grouping ? {} : { overlap }),
    ...(times && tools ? {} : { tools: nothing.tools }),
  };
}
