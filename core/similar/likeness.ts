/**
 * How much two sessions are alike, from 0 to 1, and in what.
 *
 * Likeness in what they are made of is Bhattacharyya's coefficient of the shares, Σ √(p·q): 1 for
 * the same shares, 0 for nothing in common. Likeness in size is e^−d, where d is the mean
 * difference of logarithms, each in units of its interquartile range over all sessions. The whole
 * is the weighted mean of the parts that both sides tell of. How a session went is in no part:
 * sessions that went well would be compared with their like alone.
 *
 * @module
 */

import { type Mix, MIXES, SIZES } from "./session_vectors.ts";

/** What is compared. */
export const LIKENESS_PARTS = [...MIXES, "size"] as const;

/** One of {@linkcode LIKENESS_PARTS}. */
export type LikenessPart = typeof LIKENESS_PARTS[number];

/** What is looked for: a session, or what little a task tells. */
export interface Sought {
  readonly mixes: Readonly<Partial<Record<typeof MIXES[number], Mix | null>>>;
  readonly sizes: Readonly<Partial<Record<typeof SIZES[number], number | null>>>;
}

/** The same, made ready to be compared with many. */
export interface Comparable {
  /** In the order of MIXES, the roots of shares. */
  readonly roots: readonly (Mix | null)[];
  /** In the order of SIZES, logarithms; NaN where it is not known. */
  readonly logs: Float64Array;
}

type Logs = Comparable["logs"];
/** A mix that is gone through many times. */
type MixList = readonly (readonly [name: string, root: number])[];

/** How much one part is alike, and what in it is most so. */
export interface PartLikeness {
  readonly part: LikenessPart;
  readonly similarity: number;
  readonly most: readonly string[];
}

const WEIGHTS: Readonly<Record<LikenessPart, number>> = {
  extensions: 0.3,
  tools: 0.25,
  commands: 0.15,
  models: 0.05,
  size: 0.25,
};
const MOST_MAX = 3;
/** More than what a sum of a few parts may be off by. */
const ROUNDING = 1e-9;
/** A smaller part of the whole is nothing that makes alike. */
const MOST_SHARE_MIN = 0.1;
/** A greater difference, in the same units, is no likeness. */
const MOST_DIFFERENCE_MAX = 0.5;

/** What is usual among sessions, so that sizes can be compared. */
export type Scales = Readonly<Record<typeof SIZES[number], { median: number; range: number }>>;

/** The logarithms of sizes that are known, the least first, in the order of SIZES. */
export function sortedLogs(sessions: readonly Comparable[]): number[][] {
  return SIZES.map((_, i) =>
    sessions.map(({ logs }) => logs[i]!).filter((log) => !Number.isNaN(log))
      .sort((a, b) => a - b)
  );
}

/**
 * The median and the interquartile range of the logarithms of sizes; a range is never 0.
 *
 * @param sorted as {@linkcode sortedLogs} has them
 */
export function scalesOf(sorted: readonly (readonly number[])[]): Scales {
  return Object.fromEntries(SIZES.map((name, i) => {
    const logs = sorted[i]!;
    const at = (share: number) => logs[Math.floor(share * (logs.length - 1))] ?? 0;
    return [name, { median: at(0.5), range: at(0.75) - at(0.25) || 1 }];
  })) as Scales;
}

/** Makes ready to compare. */
export function comparable({ mixes, sizes }: Sought): Comparable {
  return {
    roots: MIXES.map((name) => rootsOf(mixes[name] ?? null)),
    logs: Float64Array.from(SIZES, (name) => Math.log1p(sizes[name] ?? NaN)),
  };
}

/**
 * Tells how much others are like one; undefined where nothing can be compared, or where they are
 * clearly less alike than is asked for: then the rest of it need not be compared.
 */
export function similarityTo(
  { roots, logs }: Comparable,
  scales: Scales,
): (other: Comparable, least?: number) => number | undefined {
  const ranges = rangesOf(scales), mixes = roots.map(listOf);
  return (other, least = 0) => {
    const size = sizeSimilarity(logs, other.logs, ranges);
    // With all that is not compared yet alike, it would be that much.
    let most = size === undefined ? 1 : 1 - WEIGHTS.size * (1 - size);
    let sum = 0, weight = 0;
    for (let i = 0; i < LIKENESS_PARTS.length; i++) {
      if (most < least - ROUNDING) return undefined;
      const similarity = i < MIXES.length ? mixSimilarity(mixes[i]!, other.roots[i]!) : size;
      if (similarity === undefined) continue;
      const weighs = WEIGHTS[LIKENESS_PARTS[i]!];
      sum += weighs * similarity;
      weight += weighs;
      if (i < MIXES.length) most -= weighs * (1 - similarity);
    }
    return weight === 0 ? undefined : sum / weight;
  };
}

/** The ranges of scales, in the order of SIZES. */
function rangesOf(scales: Scales): number[] {
  return SIZES.map((name) => scales[name].range);
}

/** The parts that can be compared, and what makes them alike. */
export function likenessParts(a: Comparable, b: Comparable, scales: Scales): PartLikeness[] {
  const ranges = rangesOf(scales), mixes = a.roots.map(listOf);
  return LIKENESS_PARTS.flatMap((part, i) => {
    const similarity = part === "size"
      ? sizeSimilarity(a.logs, b.logs, ranges)
      : mixSimilarity(mixes[i]!, b.roots[i]!);
    if (similarity === undefined) return [];
    const most = part === "size"
      ? commonSizes(a.logs, b.logs, ranges)
      : commonValues(a.roots[i]!, b.roots[i]!);
    return [{ part, similarity, most: most.slice(0, MOST_MAX) }];
  });
}

function rootsOf(mix: Mix | null): Mix | null {
  if (mix === null) return null;
  const total = mix.values().reduce((sum, count) => sum + count, 0);
  // In the order of names, a sum is the same to the last bit, whatever order events came in.
  const sorted = [...mix].sort(([a], [b]) => a < b ? -1 : 1);
  return new Map(sorted.map(([name, count]) => [name, Math.sqrt(count / total)]));
}

function listOf(mix: Mix | null): MixList | null {
  return mix && [...mix];
}

/** Nothing on both sides tells nothing; nothing on one of them is unlike. */
function mixSimilarity(a: MixList | null, b: Mix | null): number | undefined {
  if (a === null || b === null || a.length + b.size === 0) return undefined;
  let similarity = 0;
  for (const [name, root] of a) similarity += root * (b.get(name) ?? 0);
  return Math.min(1, similarity);
}

function sizeSimilarity(a: Logs, b: Logs, ranges: readonly number[]): number | undefined {
  let sum = 0, known = 0;
  for (let i = 0; i < ranges.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!) / ranges[i]!;
    if (Number.isNaN(difference)) continue;
    sum += difference;
    known++;
  }
  return known === 0 ? undefined : Math.exp(-sum / known);
}

/** What adds most to the likeness of two mixes first. */
function commonValues(a: Mix, b: Mix): string[] {
  return [...a].map(([name, root]) => ({ name, part: root * (b.get(name) ?? 0) }))
    .filter(({ part }) => part >= MOST_SHARE_MIN)
    .sort((x, y) => y.part - x.part || (x.name < y.name ? -1 : 1)).map(({ name }) => name);
}

function commonSizes(a: Logs, b: Logs, ranges: readonly number[]): string[] {
  // In units of what is usual.
  return SIZES.map((name, i) => ({ name, difference: Math.abs(a[i]! - b[i]!) / ranges[i]! }))
    .filter(({ difference }) => difference < MOST_DIFFERENCE_MAX)
    .sort((x, y) => x.difference - y.difference).map(({ name }) => name);
}
