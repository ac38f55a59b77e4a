/**
 * What runs of stored digests add up to, kept by a reader until one of their digests is made
 * anew: most of what a report of all time tells is long over.
 *
 * @module
 */

import { type Database, isKeeper } from "../database.ts";
import { asKept, type Digest, inOneList } from "./digest.ts";
import type { Digests } from "./digest_rows.ts";
import {
  type DigestParts,
  readDigestChange,
  readStored,
  type Run,
  type StoredDigest,
} from "./digest_store.ts";
import type { DigestTexts } from "./digest_text.ts";
import { addNamed, type DigestLists } from "./joined_digests.ts";
import { LateDigest, readTexts } from "./late_digest.ts";

/** Which digests are added up, and how they are told apart. */
export interface RunsQuery {
  readonly runs: readonly Run[];
  readonly of: "all" | "places" | "hours";
  readonly parts: DigestParts;
  readonly nameOf: (stored: StoredDigest) => string;
  /** What tells one `nameOf` from another. */
  readonly by: string;
}

interface Kept {
  readonly change: number;
  /** By what was asked, the one that was asked for last at the end. */
  readonly sums: Map<string, Digests>;
}

/** Kilobytes of a group with what a report makes of it: of its numbers, or of its texts alone. */
const SIZE_KB = 12, LATE_SIZE_KB = 8;
/** So much is kept in all: a year of hours, and as many groups of other kinds as are asked for. */
const SIZE_MAX_KB = 80_000;
const KEPT = new WeakMap<Database, Kept>();

/**
 * Adds what the digests of runs tell. A group of which nothing else is told is given out as it is
 * kept, the same until one of its digests is made anew.
 */
export function addRuns(db: Database, lists: DigestLists, query: RunsQuery): void {
  if (query.runs.length === 0) return;
  for (const [name, digest] of keptOrRead(db, query)) addNamed(lists, name, digest);
}

function keptOrRead(db: Database, query: RunsQuery): Digests {
  if (!isKeeper(db)) return readRuns(db, query);
  const change = readDigestChange(db);
  let kept = KEPT.get(db);
  if (kept?.change !== change) KEPT.set(db, kept = { change, sums: new Map() });
  const { runs, of, parts, by } = query, name = JSON.stringify([runs, of, parts, by]);
  const { sums } = kept, known = sums.get(name), sum = known ?? readRuns(db, query);
  if (!known) {
    for (const [group, digest] of sum) {
      sum.set(group, isLate(digest) ? asKept(digest) : inOneList(digest));
    }
  }
  sums.delete(name);
  sums.set(name, sum);
  let size = sums.values().reduce((all, one) => all + sizeOf(one), 0);
  for (const [oldest, one] of sums) {
    if (size <= SIZE_MAX_KB) break;
    sums.delete(oldest);
    size -= sizeOf(one);
  }
  return sum;
}

function isLate(digest: Digest): boolean {
  return digest instanceof LateDigest;
}

/** Groups of one kind are alike, but for a few. */
function sizeOf(digests: Digests): number {
  const [first] = digests.values();
  return digests.size * (first && isLate(first) ? LATE_SIZE_KB : SIZE_KB);
}

function readRuns(db: Database, { runs, of, parts, nameOf }: RunsQuery): Digests {
  const groups = new Map<string, DigestTexts[]>();
  for (const run of runs) {
    for (const stored of readStored(db, run, of, parts)) {
      groups.getOrInsertComputed(nameOf(stored), () => []).push(stored.texts);
    }
  }
  // Hours are many, and seldom asked for twice but by what was made of them.
  const isHour = of === "hours" && groups.values().every(({ length }) => length < 3);
  return new Map(
    groups.entries().map(([name, texts]) => [
      name,
      isHour ? new LateDigest(texts) : readTexts(texts),
    ]),
  );
}
