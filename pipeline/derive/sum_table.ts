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

/** What something is added to. */
interface Where {
  readonly session: number;
  readonly member: number;
  readonly at: number;
  readonly now: number;
}

/** What was added to last of a member: what follows is most often of the same few minutes. */
interface Last extends Pick<Where, "session" | "now"> {
  readonly bucket: number;
  readonly rows: readonly Pending[];
}

/** One of the sum tables. */
export class SumTable<Name extends string = string> {
  readonly #add: Statement;
  readonly #sweep: Statement;
  readonly #expire: Statement;
  readonly #tiers: readonly Tier[];
  /** Where each count stands. */
  readonly #places: ReadonlyMap<string, number>;
  /** What the unfinished batch adds. */
  readonly #pending = new Map<string, Pending>();
  /** By member. */
  readonly #last = new Map<number, Last>();
  /** What batches before it add, and is not written. */
  readonly #kept = new Map<string, Pending>();

  /**
   * @param columns the counts
   * @param member the column that tells of what they are
   */
  constructor(db: Database, table: string, columns: readonly Name[], member = "member") {
    this.#tiers = keptTiers(db);
    this.#places = new Map(columns.map((name, i) => [name, i]));
    const places = columns.map(() => "?").join(", ");
    const sums = columns.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");
    this.#add = db.prepare(
      `insert into ${table} (tier, bucket, session, ${member}, ${columns.join(", ")})
       values (?, ?, ?, ?, ${places})
       on conflict (tier, bucket, session, ${member}) do update set ${sums}`,
    );
    const zeros = columns.map((name) => `${name} = 0`).join(" and ");
    // Against the bare parameter SQLite would look whether an index of one tier serves, and for
    // that prepare the statement anew each time.
    const place = `tier = ? + 0 and bucket = ? and session = ? and ${member} = ?`;
    this.#sweep = db.prepare(`delete from ${table} where ${place} and ${zeros}`);
    this.#expire = db.prepare(`delete from ${table} where tier = ? + 0 and bucket < ?`);
  }

  /**
   * Adds counts to every tier that still keeps the time `at`, as seen at `now`; those that are
   * left out are 0.
   */
  add(where: Where, counts: Readonly<Partial<Record<Name, number>>>, sign: 1 | -1): void {
    // Most of them are 0.
    const places: number[] = [], deltas: number[] = [];
    for (const name in counts) {
      const count = counts[name], place = this.#places.get(name);
      if (!count || place === undefined) continue;
      places.push(place);
      deltas.push(sign * count);
    }
    for (const row of this.#rowsOf(where)) {
      for (let i = 0; i < places.length; i++) row.deltas[places[i]!]! += deltas[i]!;
    }
  }

  /** Ends a batch: what it added is written with that of others. @returns the rows to write */
  keep(): number {
    for (const [name, pending] of this.#pending) {
      const kept = this.#kept.get(name);
      if (kept) addTo(kept.deltas, pending.deltas);
      else this.#kept.set(name, pending);
    }
    this.reset();
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
    this.#last.clear();
  }

  /** The rows of all tiers that still keep a moment. */
  #rowsOf({ session, member, at, now }: Where): readonly Pending[] {
    const finest = bucketOf(at, FINEST), last = this.#last.get(member);
    if (last?.bucket === finest && last.session === session && last.now === now) return last.rows;
    const rows = this.#tiers.flatMap((tier) => {
      const { seconds } = tier, bucket = bucketOf(at, seconds);
      if (bucket < keptFrom(tier, now) && seconds > 0) return [];
      return this.#pendingOf(seconds, bucket, session, member);
    });
    this.#last.set(member, { session, now, bucket: finest, rows });
    return rows;
  }

  #pendingOf(tier: number, bucket: number, session: number, member: number): Pending {
    const name = `${tier} ${bucket} ${session} ${member}`;
    let pending = this.#pending.get(name);
    if (!pending) {
      const deltas = Array<number>(this.#places.size).fill(0);
      this.#pending.set(name, pending = { tier, bucket, session, member, deltas });
    }
    return pending;
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
