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

import { type Mix, MIXES, type SessionVector, SIZES } from "./session_vectors.ts";

/** What is compared. */
export const LIKENESS_PARTS = [...MIXES, "size"] as const;

/** One of {@linkcode LIKENESS_PARTS}. */
export type LikenessPart = typeof LIKENESS_PARTS[number];

/** What is looked for: a session, or what little a task tells. */
export interface Sought {
  readonly mixes: Readonly<Partial<Record<typeof MIXES[number], Mix | null>>>;
  readonly sizes: Readonly<Partial<Record<typeof SIZES[number], number | null>>>;
}

/** How much one part is alike, and what in it is most so. */
export interface PartLikeness {
  readonly part: LikenessPart;
  readonly similarity: number;
  readonly most: readonly string[];
}

/** How much a session is alike. */
export interface Likeness {
  readonly similarity: number;
  readonly parts: readonly PartLikeness[];
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

/** What is usual among sessions, so that sizes can be compared. */
export type Scales = Readonly<Record<typeof SIZES[number], { median: number; range: number }>>;

/** The median and the interquartile range of the logarithms of sizes; a range is never 0. */
export function scalesOf(sessions: readonly SessionVector[]): Scales {
  return Object.fromEntries(SIZES.map((name) => {
    const sorted = sessions.flatMap(({ sizes }) => {
      const size = sizes[name];
      return size === null ? [] : [Math.log1p(size)];
    }).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return [name, { median: at(0.5), range: at(0.75) - at(0.25) || 1 }];
  })) as Scales;
}

/** How much `session` is what is sought; undefined where nothing can be compared. */
export function likenessOf(
  sought: Sought,
  session: SessionVector,
  scales: Scales,
): Likeness | undefined {
  const parts = LIKENESS_PARTS.flatMap((part) => {
    const likeness = part === "size"
      ? sizeLikeness(sought.sizes, session.sizes, scales)
      : mixLikeness(sought.mixes[part] ?? null, session.mixes[part]);
    return likeness ? [{ part, ...likeness }] : [];
  });
  if (parts.length === 0) return undefined;
  const weight = parts.reduce((sum, { part }) => sum + WEIGHTS[part], 0);
  const sum = parts.reduce((all, { part, similarity }) => all + WEIGHTS[part] * similarity, 0);
  return { similarity: sum / weight, parts };
}

/** Nothing on both sides tells nothing; nothing on one of them is unlike. */
function mixLikeness(
  sought: Mix | null,
  mix: Mix | null,
): Omit<PartLikeness, "part"> | undefined {
  if (sought === null || mix === null || sought.size + mix.size === 0) return undefined;
  const ofSought = totalOf(sought), of = totalOf(mix);
  const common: [string, number][] = [];
  let similarity = 0;
  for (const [name, count] of sought) {
    const other = mix.get(name);
    if (other === undefined) continue;
    const likeness = Math.sqrt(count / ofSought * other / of);
    similarity += likeness;
    common.push([name, likeness]);
  }
  return {
    similarity: Math.min(1, similarity),
    most: common.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .filter(([, likeness]) => likeness >= MOST_SHARE_MIN)
      .slice(0, MOST_MAX).map(([name]) => name),
  };
}

function totalOf(mix: Mix): number {
  let total = 0;
  for (const count of mix.values()) total += count;
  return total;
}

function sizeLikeness(
  sought: Sought["sizes"],
  sizes: SessionVector["sizes"],
  scales: Scales,
): Omit<PartLikeness, "part"> | undefined {
  const differences = SIZES.flatMap((name): [string, number][] => {
    const a = sought[name] ?? null, b = sizes[name];
    if (a === null || b === null) return [];
    return [[name, Math.abs(Math.log1p(a) - Math.log1p(b)) / scales[name].range]];
  });
  if (differences.length === 0) return undefined;
  const mean = differences.reduce((sum, [, difference]) => sum + difference, 0) /
    differences.length;
  return {
    similarity: Math.exp(-mean),
    most: differences.sort((a, b) => a[1] - b[1]).filter(([, difference]) => difference < 0.5)
      .slice(0, MOST_MAX).map(([name]) => name),
  };
}
