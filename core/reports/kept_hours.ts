/**
 * What hours tell that no stored digest serves, kept by a reader until something in them changes:
 * most of today is over, too, and so is the part of an hour in which a period begins.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../database.ts";
import { asKept, type Digest, emptyDigest, inOneList } from "./digest.ts";
import type { RowParts } from "./digest_rows.ts";
import { type Interval, readDigestChange } from "./digest_store.ts";
import type { Grouping } from "./digests.ts";
import { type HourDigests, readHourDigests } from "./hour_digests.ts";
import { addNamed, type DigestLists } from "./joined_digests.ts";
import { readForkTimes } from "./lineage.ts";
import { hourStarts } from "./local_time.ts";
import type { Stretch } from "./pieces.ts";

/** How what hours tell is told apart, and what of it is asked. */
export interface HoursQuery {
  readonly grouping: Grouping | undefined;
  readonly parts: Pick<RowParts, "whole" | "times" | "tools">;
}

/** An hour, or a part of one, and what had changed in it; undefined where that is not known. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly mark: string | undefined;
}

interface KeptPart {
  readonly mark: string;
  /** Undefined of a part in which nothing was. */
  readonly digests: HourDigests | undefined;
}

interface Kept {
  /** With what all of it was made. */
  readonly state: string;
  /** By name, the one that was asked for last at the end. */
  readonly parts: Map<string, KeptPart>;
}

type Mark = readonly [from: number, until: number, change: number];

/** A longer stretch is read at once. */
const STRETCH_MAX_MS = 50 * 3_600_000;
/** So many parts are kept: hours of a few days, of some 50 kB an hour of heavy use. */
const KEPT_MAX = 240;
/** What a session's own change does to longer stretches is not marked. */
const MARK_MAX_MS = 2_678_400_000;
const KEPT = new WeakMap<Database, Kept>();

/**
 * Adds what the hours of a stretch tell, the first and the last one as far as they are in it.
 *
 * @param stretch one of one tier
 * @returns what of the stretch is to be read row by row
 */
export function addHours(
  db: Database,
  digests: DigestLists,
  stretch: Stretch,
  query: HoursQuery,
): Stretch[] {
  const { tier, from, to } = stretch;
  const starts = isKeeper(db) && to - from <= STRETCH_MAX_MS ? hourStarts(from, to) : [];
  if (starts.length === 0) return [stretch];
  // Before the rows: what changes in between is read once more.
  const { parts } = keptOf(db), marks = readMarks(db, [from, to]);
  const all = starts.map((start, i): Part => {
    const end = starts[i + 1] ?? to;
    return { from: start, to: end, mark: markOf([start, end], marks) };
  });
  const nameOf = (part: Part) => `${tier} ${part.from} ${part.to}`;
  const isStale = (part: Part) =>
    part.mark !== undefined && parts.get(nameOf(part))?.mark !== part.mark;
  for (const run of runsOf(all.filter(isStale))) {
    const read = readRun(db, tier, run);
    run.forEach((part, i) => parts.set(nameOf(part), { mark: part.mark!, digests: read[i] }));
  }
  const rest: Stretch[] = [];
  for (const part of all) {
    if (part.mark === undefined) {
      rest.push({ tier, from: part.from, to: part.to });
      continue;
    }
    const name = nameOf(part), kept = parts.get(name)!;
    parts.delete(name);
    parts.set(name, kept);
    addHour(digests, part.from, kept.digests, query);
  }
  for (const [oldest] of parts) {
    if (parts.size <= KEPT_MAX) break;
    parts.delete(oldest);
  }
  return rest;
}

/** Whatever is settled, or whose past belongs to whom, changes hours without a mark. */
function keptOf(db: Database): Kept {
  const state = JSON.stringify([readDigestChange(db), [...readForkTimes(db)]]);
  let kept = KEPT.get(db);
  if (kept?.state !== state) KEPT.set(db, kept = { state, parts: new Map() });
  return kept;
}

function readMarks(db: Database, [from, to]: Interval): Mark[] {
  return prepareArrays(
    db,
    `select from_at, until_at, change from unsettled where until_at > ? and from_at < ?
     order by from_at, until_at`,
  ).all(from, to) as unknown as Mark[];
}

/** What changed in a part; undefined where not every change of it is marked. */
function markOf([begin, end]: Interval, marks: readonly Mark[]): string | undefined {
  const own = marks.filter(([from, until]) => from < end && until > begin);
  if (own.some(([from, until]) => until - from > MARK_MAX_MS)) return undefined;
  return own.join(" ");
}

/** Parts that follow each other. */
function runsOf(parts: readonly Part[]): Part[][] {
  const runs: Part[][] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.at(-1)?.to === part.from) last.push(part);
    else runs.push([part]);
  }
  return runs;
}

/** What each part of a run tells. */
function readRun(
  db: Database,
  tier: number,
  run: readonly Part[],
): readonly (HourDigests | undefined)[] {
  const read = readHourDigests(db, { tier, from: run[0]!.from, to: run.at(-1)!.to });
  // The hour of the first part may have begun before.
  return run.map(({ from, to }, i) => {
    const found = read.find(({ at }) => at < to && (at >= from || i === 0));
    return found && {
      ...found,
      all: inOneList(found.all),
      places: found.places.map((place) => ({ ...place, digest: inOneList(place.digest) })),
    };
  });
}

function addHour(
  digests: DigestLists,
  at: number,
  hour: HourDigests | undefined,
  { grouping, parts }: HoursQuery,
): void {
  if (!hour) return;
  const add = (name: string, digest: Digest) =>
    addNamed(digests, name, keptOrAsked(digest, parts, grouping));
  if (!grouping) return add("", hour.all);
  const { group, name } = grouping;
  if (group === "time") return add(name(at), hour.all);
  for (const { platform, project, digest } of hour.places) {
    add(name((group === "project" ? project : platform) || -1), digest);
  }
}

/** What was asked for before is the same digest again. */
const ASKED = new WeakMap<Digest, Map<string, Digest>>();

function keptOrAsked(
  digest: Digest,
  parts: HoursQuery["parts"],
  grouping: Grouping | undefined,
): Digest {
  const { whole, times, tools } = parts;
  return ASKED.getOrInsertComputed(digest, () => new Map()).getOrInsertComputed(
    JSON.stringify([whole, times, tools, grouping === undefined]),
    () => asKept(asked(digest, parts, grouping)),
  );
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
