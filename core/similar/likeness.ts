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
  /** In the order of SIZES, logarithms. */
  readonly logs: readonly (number | null)[];
}

type Logs = Comparable["logs"];

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
/** A smaller part of the whole is nothing that makes alike. */
const MOST_SHARE_MIN = 0.1;
/** A greater difference, in the same units, is no likeness. */
const MOST_DIFFERENCE_MAX = 0.5;

/** What is usual among sessions, so that sizes can be compared. */
export type Scales = Readonly<Record<typeof SIZES[number], { median: number; range: number }>>;

/** The logarithms of sizes that are known, the least first, in the order of SIZES. */
export function sortedLogs(sessions: readonly Comparable[]): number[][] {
  return SIZES.map((_, i) => sessions.flatMap(({ logs }) => logs[i] ?? []).sort((a, b) => a - b));
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
    logs: SIZES.map((name) => {
      const size = sizes[name] ?? null;
      return size === null ? null : Math.log1p(size);
    }),
  };
}

/** How much two are alike; undefined where nothing can be compared. */
export function similarityOf(
  a: Comparable,
  b: Comparable,
  scales: Scales,
): number | undefined {
  let sum = 0, weight = 0;
  for (let i = 0; i < LIKENESS_PARTS.length; i++) {
    const similarity = partSimilarity(a, b, i, scales);
    if (similarity === undefined) continue;
    sum += WEIGHTS[LIKENESS_PARTS[i]!] * similarity;
    weight += WEIGHTS[LIKENESS_PARTS[i]!];
  }
  return weight === 0 ? undefined : sum / weight;
}

/** The parts that can be compared, and what makes them alike. */
export function likenessParts(a: Comparable, b: Comparable, scales: Scales): PartLikeness[] {
  return LIKENESS_PARTS.flatMap((part, i) => {
    const similarity = partSimilarity(a, b, i, scales);
    if (similarity === undefined) return [];
    const most = part === "size"
      ? commonSizes(a.logs, b.logs, scales)
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

/** Of the part with that place. */
function partSimilarity(
  a: Comparable,
  b: Comparable,
  place: number,
  scales: Scales,
): number | undefined {
  return place < MIXES.length
    ? mixSimilarity(a.roots[place]!, b.roots[place]!)
    : sizeSimilarity(a.logs, b.logs, scales);
}

/** Nothing on both sides tells nothing; nothing on one of them is unlike. */
function mixSimilarity(a: Mix | null, b: Mix | null): number | undefined {
  if (a === null || b === null || a.size + b.size === 0) return undefined;
  let similarity = 0;
  for (const [name, root] of a) similarity += root * (b.get(name) ?? 0);
  return Math.min(1, similarity);
}

function sizeSimilarity(a: Logs, b: Logs, scales: Scales): number | undefined {
  let sum = 0, known = 0;
  for (let i = 0; i < SIZES.length; i++) {
    const difference = differenceIn(i, a, b, scales);
    if (difference === null) continue;
    sum += difference;
    known++;
  }
  return known === 0 ? undefined : Math.exp(-sum / known);
}

/** In units of what is usual. */
function differenceIn(size: number, a: Logs, b: Logs, scales: Scales): number | null {
  const one = a[size] ?? null, other = b[size] ?? null;
  if (one === null || other === null) return null;
  return Math.abs(one - other) / scales[SIZES[size]!].range;
}

/** What adds most to the likeness of two mixes first. */
function commonValues(a: Mix, b: Mix): string[] {
  return [...a].map(([name, root]) => ({ name, part: root * (b.get(name) ?? 0) }))
    .filter(({ part }) => part >= MOST_SHARE_MIN)
    .sort((x, y) => y.part - x.part || (x.name < y.name ? -1 : 1)).map(({ name }) => name);
}

function commonSizes(a: Logs, b: Logs, scales: Scales): string[] {
  return SIZES.flatMap((name, i) => {
    const difference = differenceIn(i, a, b, scales);
    return difference !== null && difference < MOST_DIFFERENCE_MAX ? [{ name, difference }] : [];
  }).sort((x, y) => x.difference - y.difference).map(({ name }) => name);
}
