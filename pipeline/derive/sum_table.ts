/**
 * Sums by bucket of time, session and member (a model, a tool, a kind of input), kept by adding
 * and taking away what facts contribute.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import { TIERS } from "../../core/session_counts.ts";
import { keptFrom, keptTiers, type Tier } from "../../core/tiers.ts";

const FINEST = Math.min(...TIERS.map(({ seconds }) => seconds).filter((length) => length > 0));

interface Pending {
  readonly tier: number;
  readonly bucket: number;
  readonly session: number;
  readonly member: number;
  readonly deltas: number[];
}

/** One of the sum tables. */
export class SumTable<Name extends string = string> {
  readonly #add: Statement;
  readonly #sweep: Statement;
  readonly #expire: Statement;
  readonly #columns: readonly Name[];
  readonly #tiers: readonly Tier[];
  /** What the unfinished batch adds. */
  readonly #pending = new Map<string, Pending>();
  /** What batches before it add, and is not written. */
  readonly #kept = new Map<string, Pending>();

  /**
   * @param columns the counts
   * @param member the column that tells of what they are
   */
  constructor(db: Database, table: string, columns: readonly Name[], member = "member") {
    this.#columns = columns;
    this.#tiers = keptTiers(db);
    const places = columns.map(() => "?").join(", ");
    const sums = columns.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");
    this.#add = db.prepare(
      `insert into ${table} (tier, bucket, session, ${member}, ${columns.join(", ")})
       values (?, ?, ?, ?, ${places})
       on conflict (tier, bucket, session, ${member}) do update set ${sums}`,
    );
    const zeros = columns.map((name) => `${name} = 0`).join(" and ");
    this.#sweep = db.prepare(
      `delete from ${table} where tier = ? and bucket = ? and session = ? and ${member} = ?
       and ${zeros}`,
    );
    this.#expire = db.prepare(`delete from ${table} where tier = ? and bucket < ?`);
  }

  /**
   * Adds counts to every tier that still keeps the time `at`, as seen at `now`; those that are
   * left out are 0.
   */
  add(
    where: { session: number; member: number; at: number; now: number },
    counts: Readonly<Partial<Record<Name, number>>>,
    sign: 1 | -1,
  ): void {
    const deltas = this.#columns.map((name) => sign * (counts[name] ?? 0));
    for (const tier of this.#tiers) {
      const { seconds } = tier, bucket = bucketOf(where.at, seconds);
      if (bucket < keptFrom(tier, where.now) && seconds > 0) continue;
      const name = `${seconds} ${bucket} ${where.session} ${where.member}`;
      const pending = this.#pending.get(name);
      if (pending) addTo(pending.deltas, deltas);
      else {
        this.#pending.set(name, {
          tier: seconds,
          bucket,
          session: where.session,
          member: where.member,
          deltas: [...deltas],
        });
      }
    }
  }

  /** Ends a batch: what it added is written with that of others. @returns the rows to write */
  keep(): number {
    for (const [name, pending] of this.#pending) {
      const kept = this.#kept.get(name);
      if (kept) addTo(kept.deltas, pending.deltas);
      else this.#kept.set(name, pending);
    }
    this.#pending.clear();
    return this.#kept.size;
  }

  /** Writes what was added; the caller holds the transaction. */
  flush(): void {
    this.keep();
    for (const { tier, bucket, session, member, deltas } of this.#kept.values()) {
      if (deltas.every((delta) => delta === 0)) continue;
      this.#add.run(tier, bucket, session, member, ...deltas);
      if (deltas.some((delta) => delta < 0)) this.#sweep.run(tier, bucket, session, member);
    }
    this.#kept.clear();
  }

  /** Deletes buckets that are older than their tier keeps. */
  expire(now: number): void {
    for (const tier of this.#tiers) {
      if (tier.keepMs !== Infinity) this.#expire.run(tier.seconds, keptFrom(tier, now));
    }
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#pending.clear();
  }

  /** Forgets all that is not written. */
  forget(): void {
    this.reset();
    this.#kept.clear();
  }
}

function addTo(sums: number[], deltas: readonly number[]): void {
  for (let i = 0; i < deltas.length; i++) sums[i]! += deltas[i]!;
}

/** Whether two moments lie in the same bucket of every tier: those of the finest fit into all. */
export function shareBuckets(a: number, b: number): boolean {
  return bucketOf(a, FINEST) === bucketOf(b, FINEST);
}

/** The first millisecond of the bucket that holds `at`; 0 in the tier of whole sessions. */
export function bucketOf(at: number, seconds: number): number {
  return seconds === 0 ? 0 : Math.floor(at / (seconds * 1000)) * seconds * 1000;
}
