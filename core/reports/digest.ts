/**
 * What was counted in one stretch of time, of all sessions or of some: numbers that add up with
 * those of another stretch.
 *
 * @module
 */

import { type BinList, joinBins } from "../durations.ts";
import { TIME_COUNTS, USAGE_COUNTS, USAGE_PEAKS } from "../session_counts.ts";
import { addOverlap, NO_OVERLAP, type Overlap } from "./concurrency.ts";

/** Counts by member, in the order of their columns. */
export type MemberCounts = Map<number, number[]>;

/** How many durations fell into a bin, by measure or tool: each bin may stand in several lists. */
export type BinCounts = Map<number, BinList[]>;

/** Lists of numbers of sessions; one may stand in several. */
export type SessionLists = (readonly number[])[];

/** Columns of usage: sums, then what has a greatest. */
export const USAGE_COLUMNS = [...USAGE_COUNTS, ...USAGE_PEAKS] as const;

/** The numbers. */
export interface Digest {
  readonly models: MemberCounts;
  /** By kind of call. */
  readonly calls: MemberCounts;
  readonly inputs: MemberCounts;
  readonly errors: MemberCounts;
  readonly attributions: MemberCounts;
  /** In the order of {@linkcode USAGE_COLUMNS}. */
  readonly usage: number[];
  /** In the order of {@linkcode TIME_COUNTS}. */
  readonly time: number[];
  /** Whether any session has a row of times. */
  isTimed: boolean;
  /** Prompts by their number of words. */
  readonly words: Map<number, number>;
  /**
   * Operations, calls that went well and that failed, by the moment in which an hour begins: an
   * hour may stand in several lists, and a list in several digests.
   */
  readonly hours: MemberCounts[];
  readonly durations: BinCounts;
  readonly tools: BinCounts;
  /** In which sessions something is: calls by kind, responses by model, inputs. */
  readonly sessions: {
    readonly calls: Map<number, SessionLists>;
    readonly models: Map<number, SessionLists>;
    readonly inputs: SessionLists;
  };
  durationMs: number;
  activeMs: number;
  overlap: Overlap;
}

/** Nothing. */
export function emptyDigest(): Digest {
  return {
    models: new Map(),
    calls: new Map(),
    inputs: new Map(),
    errors: new Map(),
    attributions: new Map(),
    usage: USAGE_COLUMNS.map(() => 0),
    time: TIME_COUNTS.map(() => 0),
    isTimed: false,
    words: new Map(),
    hours: [],
    durations: new Map(),
    tools: new Map(),
    sessions: { calls: new Map(), models: new Map(), inputs: [] },
    durationMs: 0,
    activeMs: 0,
    overlap: NO_OVERLAP,
  };
}

/** Adds to the first what the second is: of another stretch, or of another place. */
export function addDigest(to: Digest, from: Digest): void {
  for (const name of ["models", "calls", "inputs", "errors", "attributions"] as const) {
    for (const [member, counts] of from[name]) addMember(to[name], member, counts);
  }
  addUsage(to.usage, from.usage);
  addCounts(to.time, from.time);
  to.isTimed ||= from.isTimed;
  for (const [words, count] of from.words) addWords(to.words, words, count);
  to.hours.push(...from.hours);
  for (const name of ["durations", "tools"] as const) {
    for (const [member, lists] of from[name]) binsOf(to[name], member).push(...lists);
  }
  for (const name of ["calls", "models"] as const) {
    for (const [member, lists] of from.sessions[name]) {
      listsOf(to.sessions[name], member).push(...lists);
    }
  }
  to.sessions.inputs.push(...from.sessions.inputs);
  to.durationMs += from.durationMs;
  to.activeMs += from.activeMs;
  to.overlap = addOverlap(to.overlap, from.overlap);
}

/** Nothing is added to these. */
const KEPT = new WeakSet<Digest>();

/** The same digest, to which nothing is added from now on. */
export function asKept(digest: Digest): Digest {
  KEPT.add(digest);
  return digest;
}

/** Whether nothing is added to a digest any more. */
export function isKept(digest: Digest): boolean {
  return KEPT.has(digest);
}

/** The same with one list of each kind, as it is to be added more than once. */
export function inOneList(digest: Digest): Digest {
  const { calls, models, inputs } = digest.sessions;
  return asKept({
    ...digest,
    hours: joinedHours(digest.hours),
    durations: mapped(digest.durations, (lists) => [joinBins(lists)]),
    tools: mapped(digest.tools, (lists) => [joinBins(lists)]),
    sessions: {
      calls: mapped(calls, joinedLists),
      models: mapped(models, joinedLists),
      inputs: joinedLists(inputs),
    },
  });
}

/** The counts of several lists of hours, in one. */
export function joinedHours(lists: MemberCounts[]): MemberCounts[] {
  if (lists.length < 2) return lists;
  const joined: MemberCounts = new Map();
  for (const list of lists) for (const [at, counts] of list) addMember(joined, at, counts);
  return [joined];
}

function joinedLists(lists: SessionLists): SessionLists {
  return lists.length < 2 ? lists : [[...new Set(lists.flat())]];
}

function mapped<T>(map: ReadonlyMap<number, T>, change: (value: T) => T): Map<number, T> {
  return new Map([...map].map(([member, value]) => [member, change(value)]));
}

/** Adds the counts of a member. */
export function addMember(
  members: MemberCounts,
  member: number,
  counts: readonly number[],
): void {
  const known = members.get(member);
  if (known) addCounts(known, counts);
  else members.set(member, [...counts]);
}

/** Adds to the sums, and takes the greater of what has a greatest. */
export function addUsage(to: number[], from: readonly number[]): void {
  for (let i = 0; i < from.length; i++) {
    to[i] = i < USAGE_COUNTS.length ? to[i]! + from[i]! : Math.max(to[i]!, from[i]!);
  }
}

/** Adds count by count. */
export function addCounts(to: number[], from: readonly number[]): void {
  for (let i = 0; i < from.length; i++) to[i]! += from[i]!;
}

/** Adds prompts of so many words. */
export function addWords(to: Map<number, number>, words: number, count: number): void {
  to.set(words, (to.get(words) ?? 0) + count);
}

/** The bins of a measure or tool. */
export function binsOf(of: BinCounts, member: number): BinList[] {
  return of.getOrInsertComputed(member, () => []);
}

/** The lists of a member. */
export function listsOf(of: Map<number, SessionLists>, member: number): SessionLists {
  return of.getOrInsertComputed(member, () => []);
}
