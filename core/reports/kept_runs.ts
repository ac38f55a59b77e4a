/**
 * What runs of stored digests add up to, kept by a reader until one of their digests is made
 * anew: most of what a report of all time tells is long over.
 *
 * @module
 */

import { type Database, isKeeper } from "../database.ts";
import { addNamed, emptyDigest, inOneList } from "./digest.ts";
import type { Digests } from "./digest_rows.ts";
import {
  type DigestParts,
  readDigestChange,
  readStored,
  type Run,
  type StoredDigest,
} from "./digest_store.ts";
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

/** So many groups are kept in all, some 8 kB each: those of every hour of a year take too much. */
const GROUPS_MAX = 2000;
const KEPT = new WeakMap<Database, { change: number; readonly sums: Map<string, Digests> }>();

/**
 * Adds what the digests of runs tell. A group of which nothing else is told is given out as it is
 * kept, the same until one of its digests is made anew.
 */
export function addRuns(db: Database, digests: Digests, query: RunsQuery): void {
  if (query.runs.length === 0) return;
  for (const [name, digest] of keptOrRead(db, query)) addNamed(digests, name, digest);
}

function keptOrRead(db: Database, query: RunsQuery): Digests {
  if (!isKeeper(db)) return readRuns(db, query);
  const change = readDigestChange(db);
  let kept = KEPT.get(db);
  if (kept?.change !== change) KEPT.set(db, kept = { change, sums: new Map() });
  const { runs, of, parts, by } = query, name = JSON.stringify([runs, of, parts, by]);
  const known = kept.sums.get(name), sum = known ?? readRuns(db, query);
  if (sum.size > GROUPS_MAX) return sum;
  if (!known) { for (const [group, digest] of sum) sum.set(group, inOneList(digest)); }
  // The last is the one that was asked for last.
  kept.sums.delete(name);
  kept.sums.set(name, sum);
  let groups = kept.sums.values().reduce((all, { size }) => all + size, 0);
  for (const [oldest, { size }] of kept.sums) {
    if (groups <= GROUPS_MAX) break;
    kept.sums.delete(oldest);
    groups -= size;
  }
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
