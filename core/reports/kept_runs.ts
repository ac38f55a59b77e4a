/**
 * What runs of stored digests add up to, kept by a reader until one of their digests is made
 * anew: most of what a report of all time tells is long over.
 *
 * @module
 */

import { type Database, isReader, prepareArrays } from "../database.ts";
import { addDigest, emptyDigest, inOneList } from "./digest.ts";
import type { Digests } from "./digest_rows.ts";
import { type DigestParts, readStored, type Run, type StoredDigest } from "./digest_store.ts";
import { addDigestTexts } from "./digest_text.ts";

/** Which digests are added up, and how they are told apart. */
export interface RunsQuery {
  readonly runs: readonly Run[];
  readonly of: "all" | "places" | "hours";
  readonly parts: DigestParts;
  readonly nameOf: (stored: StoredDigest) => string;
  /** What tells one `nameOf` from another. */
  readonly by: string;
}

/** So many sums are kept, of no more groups each: those of every hour of a year take too much. */
const KEPT_MAX = 8;
const GROUPS_MAX = 400;
const KEPT = new WeakMap<Database, { change: number; readonly sums: Map<string, Digests> }>();

/** Adds what the digests of runs tell. */
export function addRuns(db: Database, digests: Digests, query: RunsQuery): void {
  if (query.runs.length === 0) return;
  for (const [name, digest] of keptOrRead(db, query)) {
    addDigest(digests.getOrInsertComputed(name, emptyDigest), digest);
  }
}

function keptOrRead(db: Database, query: RunsQuery): Digests {
  if (!isReader(db)) return readRuns(db, query);
  const [change] = prepareArrays(db, "select ifnull(max(change), 0) from digest_changes")
    .get() as unknown as [number];
  let kept = KEPT.get(db);
  if (kept?.change !== change) KEPT.set(db, kept = { change, sums: new Map() });
  const { runs, of, parts, by } = query, name = JSON.stringify([runs, of, parts, by]);
  const known = kept.sums.get(name), sum = known ?? readRuns(db, query);
  if (sum.size > GROUPS_MAX) return sum;
  if (!known) {
    for (const [group, digest] of sum) sum.set(group, inOneList(digest));
    const [oldest] = kept.sums.keys();
    if (kept.sums.size >= KEPT_MAX) kept.sums.delete(oldest!);
  }
  // The last is the one that was asked for last.
  kept.sums.delete(name);
  kept.sums.set(name, sum);
  return sum;
}

function readRuns(db: Database, { runs, of, parts, nameOf }: RunsQuery): Digests {
  const digests: Digests = new Map();
  for (const run of runs) {
    for (const stored of readStored(db, run, of, parts)) {
      addDigestTexts(digests.getOrInsertComputed(nameOf(stored), emptyDigest), stored.texts);
    }
  }
  return digests;
}
