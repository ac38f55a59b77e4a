/**
 * Everything that was counted in a period, in all or by group: out of digests where they serve,
 * and of rows where something changed since, or a filter asks for a part.
 *
 * @module
 */

import { type Database, isKeeper } from "../database.ts";
import { keptTiers } from "../tiers.ts";
import { readStretches } from "./activity.ts";
import { type ActiveStretch, addOverlap, overlapOf } from "./concurrency.ts";
import { type Digest, emptyDigest } from "./digest.ts";
import { addRows, type Digests, hasRowsOutside, type RowParts, spanOf } from "./digest_rows.ts";
import {
  type Cover,
  coverOf,
  type Interval,
  type Shared,
  type StoredDigest,
} from "./digest_store.ts";
import type { ChartGroupBy, GroupKey } from "./groups.ts";
import { type DigestLists, joinNamed } from "./joined_digests.ts";
import { addHours } from "./kept_hours.ts";
import { addRuns } from "./kept_runs.ts";
import { addLengths } from "./lengths.ts";
import { localStart } from "./local_time.ts";
import type { Period } from "./period.ts";
import {
  alignedPeriod,
  byTier,
  piecesOf,
  type Stretch,
  stretchOf,
  timedStretchOf,
} from "./pieces.ts";
import { sessionConditions, type SessionFilter } from "./sums.ts";
import { keepUntilChange } from "./until_change.ts";

/** What is asked of the digests. */
export interface DigestsQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly parts: Pick<RowParts, "whole" | "times" | "tools">;
}

/** By what digests are told apart: stretches of local time, or places. */
export type DigestGroup = "time" | "project" | "platform";

/** The name of a group, by its first moment, by the number of its word, or -1 for none. */
export interface Grouping {
  readonly group: DigestGroup;
  readonly by: ChartGroupBy;
  readonly name: GroupKey;
}

/** The least there is: of rows before 1970, and behind now. */
const EVER: Interval = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
/** Of so many stretches. */
const kept = keepUntilChange<Digest>(8);

/** Asks for all that a period tells, so that whoever asks next has it. */
export function wholeQuery(period: Period, filter: SessionFilter, now: number): DigestsQuery {
  return { period, filter, now, parts: { whole: true, times: true, tools: false } };
}

/** All of a period. A reader that asks twice before anything changes reads once. */
export function readDigest(db: Database, query: DigestsQuery): Digest {
  const { period, filter, now, parts } = query, tiers = keptTiers(db);
  const aligned = alignedPeriod(period, now, tiers);
  const name = JSON.stringify([aligned, sessionConditions(filter), now, parts]);
  return kept(db, name, () => {
    const stretch = stretchOf(period, now, tiers);
    return readCovered(db, stretch, query, undefined).get("") ?? emptyDigest();
  });
}

/** The same by group. */
export function readGroupedDigests(
  db: Database,
  query: DigestsQuery,
  grouping: Grouping,
): Digests {
  const { period, now } = query;
  const stretch = (grouping.group === "time" ? timedStretchOf : stretchOf)(
    period,
    now,
    keptTiers(db),
  );
  return readCovered(db, stretch, query, grouping);
}

function readCovered(
  db: Database,
  stretch: Stretch,
  query: DigestsQuery,
  grouping: Grouping | undefined,
): Digests {
  const digests: Digests = new Map(), lists: DigestLists = new Map();
  const { period: { to }, filter, parts } = query, isEver = stretch.tier === 0;
  const span: Interval = isEver ? [0, to] : [stretch.from, stretch.to];
  const tier = isEver ? 900 : stretch.tier;
  const cover = coverFor(db, span, query, grouping);
  const byHour = sessionConditions(filter).sql === "" && grouping?.by !== "five_minutes";
  const all = cover.ranges.flatMap(([from, to]) => byTier({ ...stretch, tier, from, to }));
  const ranges = !byHour
    ? all
    : all.flatMap((range) => addHours(db, lists, range, { grouping, ...query }));
  const hours = cover.runs.filter(({ level }) => level === "hour")
    .map(({ from, to }) => ({ tier, from, to }));
  addPieces(db, digests, { ranges, hours }, query, grouping, { hours: true, times: true });
  for (const { from, to } of ranges) addActivity(db, digests, [from, to], query, grouping);
  for (const { from, to } of parts.times ? hours : []) {
    addOverlaps(digests, readStretches(db, { period: { from, to }, filter }, "active"));
  }
  addActivity(db, digests, span, query, grouping, ["long"]);
  if (isEver) {
    const outside = [[EVER[0], 0, true], [to, EVER[1], false]] as const;
    const has = hasRowsOutside(db, { tier, from: 0, to });
    for (const [from, to, times] of has ? outside : []) {
      const outer: Pieces = { ranges: [{ tier, from, to }], hours: [] };
      addPieces(db, digests, outer, query, grouping, { hours: false, times });
    }
  }
  addStored(db, lists, cover, query, grouping);
  // At last, as what is kept is given out itself where it is all of a group.
  joinNamed(digests, lists);
  return digests;
}

function coverFor(
  db: Database,
  span: Interval,
  { filter, parts }: DigestsQuery,
  grouping: Grouping | undefined,
): Cover {
  const isFiltered = sessionConditions(filter).sql !== "";
  if (isFiltered || grouping?.by === "five_minutes") return { runs: [], ranges: [span] };
  const isLocal = grouping?.group === "time";
  // A reader that keeps hours has all of them; those that are stored tell nothing of tools.
  if (!grouping && !isKeeper(db) && !parts.tools) {
    return coverOf(db, span, ["hour", "day", "month"], sharedBy(parts));
  }
  const levels = !isLocal || grouping?.by === "month"
    ? ["day", "month"] as const
    : ["day"] as const;
  return coverOf(db, span, levels, isLocal ? "days" : sharedBy(parts));
}

/** What is told of a period alone is told by hours. */
function sharedBy({ whole }: DigestsQuery["parts"]): Shared {
  return whole ? "hours" : "nothing";
}

function addStored(
  db: Database,
  lists: DigestLists,
  { runs }: Cover,
  { parts }: DigestsQuery,
  grouping: Grouping | undefined,
): void {
  const of = grouping === undefined
    ? "all"
    : grouping.group !== "time"
    ? "places"
    : isOfHours(grouping.by)
    ? "hours"
    : "all";
  const nameOf = ({ from, platform, project }: StoredDigest) => {
    if (!grouping) return "";
    const { group, name } = grouping;
    return group === "time" ? name(from) : name((group === "project" ? project : platform) || -1);
  };
  const stored = { whole: parts.whole, durations: parts.times, tools: parts.tools };
  const by = grouping ? `${grouping.group} ${grouping.by}` : "";
  addRuns(db, lists, { runs, of, parts: stored, nameOf, by });
}

/** Whether a day is not told apart from its hours. */
function isOfHours(by: ChartGroupBy): boolean {
  return by === "hour" || by === "hour-of-day" || by === "hour_of_week";
}

/** What is read of rows, each stretch of one tier. */
interface Pieces {
  readonly ranges: readonly Stretch[];
  /** Stored hours, which lack what no group tells. */
  readonly hours: readonly Stretch[];
}

function addPieces(
  db: Database,
  digests: Digests,
  { ranges, hours }: Pieces,
  { filter, parts }: DigestsQuery,
  grouping: Grouping | undefined,
  which: Pick<RowParts, "hours" | "times">,
): void {
  const stretches = ranges.flatMap(piecesOf), known = hours.flatMap(piecesOf);
  if (stretches.length + known.length === 0) return;
  const isTime = grouping?.group === "time";
  addRows(db, digests, {
    stretches,
    known,
    where: sessionConditions(filter),
    time: isTime ? localStart(grouping.by, spanOf(stretches)) : "0",
    place: !grouping || isTime ? "0" : `s.${grouping.group}`,
    name: (time, place) => !grouping ? "" : grouping.name(isTime ? time : place || -1),
    parts: { ...parts, hours: which.hours, times: parts.times && which.times },
  });
}

/** For how long sessions went on and were active, and how many at once. */
function addActivity(
  db: Database,
  digests: Digests,
  [from, to]: Interval,
  { filter, parts }: DigestsQuery,
  grouping: Grouping | undefined,
  which: readonly ("short" | "long" | "active")[] = ["short", "active"],
): void {
  if (!parts.times) return;
  for (const kind of which) {
    const stretches = readStretches(db, { period: { from, to }, filter }, kind);
    if (stretches.length === 0) continue;
    const field = kind === "active" ? "activeMs" : "durationMs";
    const add = (name: string, ms: number) => {
      digests.getOrInsertComputed(name, emptyDigest)[field] += ms;
    };
    if (grouping) addLengths(db, stretches, grouping, add);
    else for (const [, start, end] of stretches) add("", end - start);
    if (!grouping && kind === "active") addOverlaps(digests, stretches);
  }
}

function addOverlaps(digests: Digests, active: readonly ActiveStretch[]): void {
  const digest = digests.getOrInsertComputed("", emptyDigest);
  digest.overlap = addOverlap(digest.overlap, overlapOf(active));
}
