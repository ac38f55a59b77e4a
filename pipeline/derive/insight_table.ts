/**
 * What every kind of insight finds in a session: one walk along its facts, which all kinds watch,
 * and with them what counts how it was used.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import { SESSION_KINDS } from "../../core/insight_kinds.ts";
import type { FactWatcher, Found, Watcher } from "../../core/insight_rule.ts";
import type { Prices } from "../../core/prices.ts";
import type { Words } from "../../core/words.ts";
import { EVERYTHING_AT } from "./dirty_sessions.ts";
import { SessionFacts } from "./session_facts.ts";
import type { UsageTable, UsageWatch } from "./usage_table.ts";
import { watchTogether } from "./watch_together.ts";

/** A session of which a part was seen, and the moment up to which. */
interface Walk {
  readonly position: number;
  readonly watchers: readonly Watcher[];
  readonly usage: UsageWatch;
  /** All of them. */
  readonly audience: FactWatcher;
}

/** More than are derived side by side. */
const WALKS_MAX = 200;

/** Writes the table `insights`, and has the usage written. */
export class InsightTable {
  readonly #words: Words;
  readonly #prices: Prices;
  readonly #usage: UsageTable;
  readonly #facts: SessionFacts;
  readonly #walks = new Map<number, Walk>();
  readonly #clear: Statement;
  readonly #add: Statement;

  constructor(db: Database, words: Words, prices: Prices, usage: UsageTable) {
    this.#usage = usage;
    this.#words = words;
    this.#prices = prices;
    this.#facts = new SessionFacts(db, words);
    this.#clear = db.prepare("delete from insights where session = ?");
    this.#add = db.prepare(
      `insert into insights (session, kind, member, at, until_at, count, n, amount, gain_tokens,
         gain_micros, gain_ms) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /**
   * Derives the insights of a session anew, a part of it at a time; the caller holds the
   * transaction. A walk goes on from where it stands unless something before that changed.
   *
   * @returns from what moment on there is more to do
   */
  derive(session: number, fromAt: number): number | undefined {
    const known = this.#walks.get(session);
    this.#walks.delete(session);
    const walk = known?.position === fromAt ? known : this.#begin(session);
    const { facts, end } = this.#facts.read(session, walk.position);
    for (const show of facts) show(walk.audience);
    if (end !== undefined) this.#keep(session, { ...walk, position: end });
    else {
      this.#write(session, walk.watchers);
      this.#usage.write(session, walk.usage);
    }
    return end;
  }

  /** Forgets what was seen of facts that were rolled back. */
  forget(): void {
    this.#walks.clear();
  }

  #begin(session: number): Walk {
    const seen = {
      isFork: () => this.#facts.isFork(session),
      priceOf: this.#prices.costOf.bind(this.#prices),
    };
    const watchers = SESSION_KINDS.map((kind) => kind.watch(seen));
    const usage = this.#usage.watch(seen.isFork);
    const audience = watchTogether([...watchers, ...usage.watchers]);
    return { position: EVERYTHING_AT, watchers, usage, audience };
  }

  #keep(session: number, walk: Walk): void {
    this.#walks.set(session, walk);
    if (this.#walks.size > WALKS_MAX) this.#walks.delete(this.#walks.keys().next().value!);
  }

  #write(session: number, watchers: readonly Watcher[]): void {
    this.#clear.run(session);
    SESSION_KINDS.forEach(({ name }, i) => {
      for (const found of watchers[i]!.found()) this.#put(session, name, found);
    });
  }

  #put(session: number, kind: string, found: Found): void {
    const { member, at, untilAt, count, n, amount = null, gain = {} } = found;
    const { tokens = null, micros = null, ms = null } = gain;
    const numbers = [at, untilAt, count, n, amount, tokens, micros, ms];
    const word = member === undefined ? 0 : this.#words.number(member);
    this.#add.run(session, this.#words.number(kind), word, ...numbers);
  }
}
