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
import { CALL_COUNTS } from "../fates.ts";
import {
  type BinCounts,
  type Digest,
  type MemberCounts,
  type SessionLists,
  USAGE_COLUMNS,
} from "./digest.ts";

/** The texts of one digest, each of which can be read alone. */
export interface DigestTexts {
  readonly counts: string;
  readonly durations: string;
  readonly tools: string;
}

/** What is to be read besides counts. */
export interface DigestParts {
  readonly durations: boolean;
  readonly tools: boolean;
}

const LENGTHS = {
  models: MODEL_COUNTS.length,
  calls: CALL_COUNTS.length,
  inputs: INPUT_COUNTS.length,
  errors: INPUT_COUNTS.length,
  attributions: ATTRIBUTION_COUNTS.length,
  hours: 3,
} as const;
const MEMBERS = Object.keys(LENGTHS) as (keyof typeof LENGTHS)[];

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
  ...members: number[][][],
  usage: number[],
  time: number[],
  words: number[],
  sessions: [number[][], number[][], number[]],
  rest: number[],
];

/** The texts of a digest. */
export function digestTexts(digest: Digest): DigestTexts {
  const { sessions, overlap } = digest;
  const counts = [
    ...MEMBERS.map((name) => membersText(digest[name])),
    sparse(digest.usage),
    sparse(digest.time),
    pairs(digest.words),
    [listed(sessions.calls), listed(sessions.models), steps(numbersOf(sessions.inputs))],
    [
      Number(digest.isTimed),
      digest.durationMs,
      digest.activeMs,
      overlap.most,
      overlap.sum_ms,
      overlap.busy_ms,
      overlap.overlap_ms,
    ],
  ];
  return {
    counts: JSON.stringify(counts),
    durations: binsText(digest.durations),
    tools: binsText(digest.tools),
  };
}

/** The digest that texts tell. */
export function readDigestTexts(
  { counts, durations, tools }: DigestTexts,
  parts: DigestParts,
): Digest {
  const read = JSON.parse(counts) as Counts;
  const [usage, time, words, sessions, rest] = read.slice(MEMBERS.length) as unknown as [
    number[],
    number[],
    number[],
    [number[][], number[][], number[]],
    number[],
  ];
  const members = Object.fromEntries(
    MEMBERS.map((name, i) => [name, readMembers(read[i] as number[][], LENGTHS[name])]),
  ) as Record<keyof typeof LENGTHS, MemberCounts>;
  const [isTimed, durationMs, activeMs, most, sum_ms, busy_ms, overlap_ms] = rest as [
    ...[number, number, number, number, number, number, number],
  ];
  return {
    ...members,
    usage: dense(usage, USAGE_COLUMNS.length),
    time: dense(time, TIME_COUNTS.length),
    isTimed: isTimed === 1,
    words: readPairs(words),
    durations: parts.durations ? readBins(durations) : new Map(),
    tools: parts.tools ? readBins(tools) : new Map(),
    sessions: {
      calls: readListed(sessions[0]),
      models: readListed(sessions[1]),
      inputs: [readSteps(sessions[2])],
    },
    durationMs,
    activeMs,
    overlap: { most, sum_ms, busy_ms, overlap_ms },
  };
}

function membersText(members: MemberCounts): number[][] {
  return byNumber(members).map(([member, counts]) => [member, ...sparse(counts)]);
}

function readMembers(rows: readonly number[][], length: number): MemberCounts {
  return new Map(rows.map((row) => [row[0]!, dense(row, length, 1)]));
}

function sparse(counts: readonly number[]): number[] {
  return counts.flatMap((count, i) => count === 0 ? [] : [i, count]);
}

function dense(places: readonly number[], length: number, skip = 0): number[] {
  const counts = Array<number>(length).fill(0);
  for (let i = skip; i < places.length; i += 2) counts[places[i]!] = places[i + 1]!;
  return counts;
}

function pairs(counts: ReadonlyMap<number, number>): number[] {
  let before = 0;
  return byNumber(counts).flatMap(([number, count]) => {
    const step = number - before;
    before = number;
    return [step, count];
  });
}

function readPairs(list: readonly number[], skip = 0): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = skip, number = 0; i < list.length; i += 2) {
    counts.set(number += list[i]!, list[i + 1]!);
  }
  return counts;
}

function binsText(bins: BinCounts): string {
  return JSON.stringify(byNumber(bins).map(([member, counts]) => [member, ...pairs(counts)]));
}

function readBins(text: string): BinCounts {
  return new Map((JSON.parse(text) as number[][]).map((row) => [row[0]!, readPairs(row, 1)]));
}

function listed(lists: ReadonlyMap<number, SessionLists>): number[][] {
  return byNumber(lists).map(([member, of]) => [member, ...steps(numbersOf(of))]);
}

function readListed(rows: readonly number[][]): Map<number, SessionLists> {
  return new Map(rows.map((row) => [row[0]!, [readSteps(row, 1)]]));
}

function numbersOf(lists: SessionLists): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

function steps(numbers: readonly number[]): number[] {
  return numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
}

function readSteps(list: readonly number[], skip = 0): number[] {
  const numbers: number[] = [];
  for (let i = skip, number = 0; i < list.length; i++) numbers.push(number += list[i]!);
  return numbers;
}

function byNumber<T>(map: ReadonlyMap<number, T>): [number, T][] {
  return [...map].sort(([a], [b]) => a - b);
}
