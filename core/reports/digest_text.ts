/**
 * Digests as they are stored: JSON of numbers alone. Of counts those that are not 0 stand behind
 * their place; numbers that rise are told by how much they do.
 *
 * @module
 */

import {
  ATTRIBUTION_COUNTS,
  INPUT_COUNTS,
  MODEL_COUNTS,
  TIME_COUNTS,
} from "../session_counts.ts";
import { type BinList, joinBins } from "../durations.ts";
import { CALL_COUNTS } from "../fates.ts";
import { addOverlap } from "./concurrency.ts";
import {
  addUsage,
  type BinCounts,
  binsOf,
  type Digest,
  joinedHours,
  listsOf,
  type MemberCounts,
  type SessionLists,
  USAGE_COLUMNS,
} from "./digest.ts";

/** The texts of one digest, each of which can be read alone; "" is not read. */
export interface DigestTexts {
  /** What every group of a report tells. */
  readonly counts: string;
  /** What is told of a period alone. */
  readonly whole: string;
  /** Durations by measure. */
  readonly durations: string;
  /** The same of calls by tool. */
  readonly tools: string;
}

/** Counts by member, and how many each has. */
const GROUPED = {
  models: MODEL_COUNTS.length,
  calls: CALL_COUNTS.length,
  inputs: INPUT_COUNTS.length,
} as const;
const WHOLE = {
  errors: INPUT_COUNTS.length,
  attributions: ATTRIBUTION_COUNTS.length,
} as const;
const HOUR = 3;
const GROUPED_NAMES = Object.keys(GROUPED) as (keyof typeof GROUPED)[];
const WHOLE_NAMES = Object.keys(WHOLE) as (keyof typeof WHOLE)[];

/** Of what the texts are: others are of no use. */
export const DIGEST_FORM = JSON.stringify([
  1,
  MODEL_COUNTS,
  CALL_COUNTS,
  INPUT_COUNTS,
  ATTRIBUTION_COUNTS,
  TIME_COUNTS,
  USAGE_COLUMNS,
]);

type Counts = [
  members: number[][][],
  time: number[],
  sessions: [calls: number[][], models: number[][], inputs: number[]],
  lengths: [isTimed: number, durationMs: number, activeMs: number],
];
type Whole = [
  members: number[][][],
  usage: number[],
  words: number[],
  overlap: [most: number, sum: number, busy: number, overlap: number],
];

/** The texts of a digest. */
export function digestTexts(digest: Digest): DigestTexts {
  const { sessions, overlap } = digest;
  const counts: Counts = [
    GROUPED_NAMES.map((name) => membersText(digest[name])),
    sparse(digest.time),
    [listed(sessions.calls), listed(sessions.models), steps(numbersOf(sessions.inputs))],
    [Number(digest.isTimed), digest.durationMs, digest.activeMs],
  ];
  const whole: Whole = [
    [...WHOLE_NAMES.map((name) => digest[name]), joinedHours(digest.hours)[0] ?? new Map()]
      .map(membersText),
    sparse(digest.usage),
    pairs(digest.words),
    [overlap.most, overlap.sum_ms, overlap.busy_ms, overlap.overlap_ms],
  ];
  return {
    counts: JSON.stringify(counts),
    whole: JSON.stringify(whole),
    durations: binsText(digest.durations),
    tools: binsText(digest.tools),
  };
}

/** Adds to a digest what texts tell; it is as much as another digest's numbers. */
export function addDigestTexts(to: Digest, texts: DigestTexts): void {
  addGrouped(to, JSON.parse(texts.counts) as Counts);
  if (texts.whole !== "") addWhole(to, JSON.parse(texts.whole) as Whole);
  if (texts.durations !== "") addBins(to.durations, texts.durations);
  if (texts.tools !== "") addBins(to.tools, texts.tools);
}

function addGrouped(to: Digest, [members, time, sessions, lengths]: Counts): void {
  for (let i = 0; i < members.length; i++) {
    const name = GROUPED_NAMES[i]!;
    addMembers(to[name], members[i]!, GROUPED[name]);
  }
  addSparse(to.time, time, 0);
  addListed(to.sessions.calls, sessions[0]);
  addListed(to.sessions.models, sessions[1]);
  if (sessions[2].length > 0) to.sessions.inputs.push(readSteps(sessions[2], 0));
  to.isTimed ||= lengths[0] === 1;
  to.durationMs += lengths[1];
  to.activeMs += lengths[2];
}

function addWhole(to: Digest, [members, usage, words, overlap]: Whole): void {
  WHOLE_NAMES.forEach((name, i) => addMembers(to[name], members[i]!, WHOLE[name]));
  const hours: MemberCounts = new Map();
  addMembers(hours, members[WHOLE_NAMES.length]!, HOUR);
  if (hours.size > 0) to.hours.push(hours);
  const own = USAGE_COLUMNS.map(() => 0);
  addSparse(own, usage, 0);
  addUsage(to.usage, own);
  addPairs(to.words, words);
  const [most, sum_ms, busy_ms, overlap_ms] = overlap;
  to.overlap = addOverlap(to.overlap, { most, sum_ms, busy_ms, overlap_ms });
}

function addMembers(to: MemberCounts, rows: readonly number[][], length: number): void {
  for (const row of rows) {
    let counts = to.get(row[0]!);
    if (!counts) to.set(row[0]!, counts = Array<number>(length).fill(0));
    addSparse(counts, row, 1);
  }
}

/** @param skip how many numbers stand before the pairs of place and count */
function addSparse(to: number[], places: readonly number[], skip: number): void {
  for (let i = skip; i < places.length; i += 2) to[places[i]!]! += places[i + 1]!;
}

function addPairs(to: Map<number, number>, list: readonly number[]): void {
  for (let i = 0, number = 0; i < list.length; i += 2) {
    number += list[i]!;
    to.set(number, (to.get(number) ?? 0) + list[i + 1]!);
  }
}

function addBins(to: BinCounts, text: string): void {
  for (const [member, list] of JSON.parse(text) as [number, BinList][]) {
    binsOf(to, member).push(list);
  }
}

function addListed(to: Map<number, SessionLists>, rows: readonly number[][]): void {
  for (const row of rows) listsOf(to, row[0]!).push(readSteps(row, 1));
}

function membersText(members: MemberCounts): number[][] {
  return byNumber(members).map(([member, counts]) => [member, ...sparse(counts)]);
}

function sparse(counts: readonly number[]): number[] {
  return counts.flatMap((count, i) => count === 0 ? [] : [i, count]);
}

function pairs(counts: ReadonlyMap<number, number>): number[] {
  let before = 0;
  return byNumber(counts).flatMap(([number, count]) => {
    const step = number - before;
    before = number;
    return [step, count];
  });
}

function binsText(bins: BinCounts): string {
  return JSON.stringify(byNumber(bins).map(([member, lists]) => [member, joinBins(lists)]));
}

function listed(lists: ReadonlyMap<number, SessionLists>): number[][] {
  return byNumber(lists).map(([member, of]) => [member, ...steps(numbersOf(of))]);
}

function numbersOf(lists: SessionLists): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

function steps(numbers: readonly number[]): number[] {
  return numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
}

function readSteps(list: readonly number[], skip: number): number[] {
  const numbers: number[] = [];
  for (let i = skip, number = 0; i < list.length; i++) numbers.push(number += list[i]!);
  return numbers;
}

function byNumber<T>(map: ReadonlyMap<number, T>): [number, T][] {
  return [...map].sort(([a], [b]) => a - b);
}
