/**
 * Sums by bucket of time, session and member (a model, a tool, a kind of input), kept by adding
 * and taking away what facts contribute. Rows of {@linkcode ALL_SESSIONS} are sums over all
 * sessions, so that a report over a year need not read each: what adds to a session adds to them,
 * and a trigger takes out of them whatever else deletes a session's rows.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import { madeWith, noteMadeWith } from "../../core/made_with.ts";
import { ALL_SESSIONS, DAY_SECONDS, QUARTER_SECONDS, TIERS } from "../../core/session_counts.ts";

interface Pending {
  readonly tier: number;
  readonly bucket: number;
  readonly session: number;
  readonly member: number;
  readonly deltas: number[];
}

/** One of the sum tables. */
export class SumTable<Name extends string = string> {
  readonly #db: Database;
  readonly #table: string;
  readonly #add: Statement;
  readonly #sweep: Statement;
  readonly #expire: Statement;
  readonly #columns: readonly Name[];
  readonly #pending = new Map<string, Pending>();

  /** @param columns the counts */
  constructor(db: Database, table: string, columns: readonly Name[]) {
    this.#columns = columns;
    const places = columns.map(() => "?").join(", ");
    const sums = columns.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");
    this.#add = db.prepare(
      `insert into ${table} (tier, bucket, session, member, ${columns.join(", ")})
       values (?, ?, ?, ?, ${places})
       on conflict (tier, bucket, session, member) do update set ${sums}`,
    );
    const zeros = columns.map((name) => `${name} = 0`).join(" and ");
    this.#sweep = db.prepare(
      `delete from ${table} where tier = ? and bucket = ? and session = ? and member = ?
       and ${zeros}`,
    );
    this.#expire = db.prepare(`delete from ${table} where tier = ? and bucket < ?`);
    this.#db = db;
    this.#table = table;
    keepTotals(db, table, columns);
    const names = columns.join(" "), made = `totals ${table}` as const;
    if (madeWith(db, made) === names) return;
    this.makeTotals();
    noteMadeWith(db, made, names);
  }

  /** Makes the sums over all sessions anew. */
  makeTotals(): void {
    const table = this.#table, names = this.#columns.join(", ");
    const sums = this.#columns.map((column) => `sum(${column})`).join(", ");
    this.#db.exec(`delete from ${table} where session = ${ALL_SESSIONS}`);
    for (const [tier, bucket] of [[0, "0"], [DAY_SECONDS, DAY]] as const) {
      this.#db.exec(
        `insert into ${table} (tier, bucket, session, member, ${names})
         select ${tier}, ${bucket}, ${ALL_SESSIONS}, member, ${sums} from ${table}
         where tier = ${QUARTER_SECONDS} group by 2, member`,
      );
    }
  }

  /** Adds counts to every tier that still keeps the time `at`, as seen at `now`. */
  add(
    where: { session: number; member: number; at: number; now: number },
    counts: Readonly<Record<Name, number>>,
    sign: 1 | -1,
  ): void {
    const deltas = this.#columns.map((name) => sign * counts[name]);
    for (const { seconds, keepMs } of TIERS) {
      const bucket = bucketOf(where.at, seconds);
      if (bucket < where.now - keepMs && seconds > 0) continue;
      const { session, member } = where;
      addTo(this.#pending, { tier: seconds, bucket, session, member, deltas });
    }
  }

  /** Writes what was added; the caller holds the transaction. */
  flush(): void {
    const totals = new Map<string, Pending>();
    for (const pending of this.#pending.values()) {
      this.#write(pending);
      if (pending.tier !== QUARTER_SECONDS) continue;
      for (const tier of [0, DAY_SECONDS]) {
        const bucket = bucketOf(pending.bucket, tier);
        addTo(totals, { ...pending, tier, bucket, session: ALL_SESSIONS });
      }
    }
    for (const total of totals.values()) this.#write(total);
    this.#pending.clear();
  }

  #write({ tier, bucket, session, member, deltas }: Pending): void {
    if (deltas.every((delta) => delta === 0)) return;
    this.#add.run(tier, bucket, session, member, ...deltas);
    if (deltas.some((delta) => delta < 0)) this.#sweep.run(tier, bucket, session, member);
  }

  /** Deletes buckets that are older than their tier keeps. */
  expire(now: number): void {
    for (const { seconds, keepMs } of TIERS) {
      if (keepMs !== Infinity) this.#expire.run(seconds, now - keepMs);
    }
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#pending.clear();
  }
}

function addTo(sums: Map<string, Pending>, { deltas, ...place }: Pending): void {
  const name = `${place.tier} ${place.bucket} ${place.session} ${place.member}`;
  const known = sums.get(name);
  if (!known) sums.set(name, { ...place, deltas: [...deltas] });
  else for (let i = 0; i < deltas.length; i++) known.deltas[i]! += deltas[i]!;
}

const DAY_MS = DAY_SECONDS * 1000;
const DAY = `bucket - (bucket % ${DAY_MS} + ${DAY_MS}) % ${DAY_MS}`;

/** Has what is deleted of a session taken out of the sums over all sessions. */
function keepTotals(db: Database, table: string, columns: readonly string[]): void {
  const less = columns.map((column) => `${column} = ${column} - old.${column}`).join(", ");
  const zeros = columns.map((column) => `${column} = 0`).join(" and ");
  const place = (tier: number, bucket: string) =>
    `tier = ${tier} and bucket = ${bucket} and session = ${ALL_SESSIONS}
     and member = old.member`;
  const places = [place(0, "0"), place(DAY_SECONDS, DAY.replaceAll("bucket", "old.bucket"))];
  db.exec(`create temp trigger if not exists ${table}_removed after delete on main.${table}
    when old.tier = ${QUARTER_SECONDS} begin
      ${places.map((where) => `update ${table} set ${less} where ${where};`).join("\n")}
      ${places.map((where) => `delete from ${table} where ${where} and ${zeros};`).join("\n")}
    end`);
}

/** The first millisecond of the bucket that holds `at`; 0 in the tier of whole sessions. */
export function bucketOf(at: number, seconds: number): number {
  return seconds === 0 ? 0 : Math.floor(at / (seconds * 1000)) * seconds * 1000;
}
