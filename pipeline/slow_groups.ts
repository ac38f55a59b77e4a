/**
 * The slow path: four consumer groups of the changes, each of which yields to those before it.
 * `metrics` folds blocks into facts and sums; `conversations`, `times` (which takes the turns of
 * the group before it) and `insights` derive from facts. When all is derived, days that are over
 * are settled.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { type Database, inTransaction } from "../core/database.ts";
import { INSIGHT_RULES } from "../core/insight_kinds.ts";
import { madeWith, noteMadeWith } from "../core/made_with.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { Prices } from "../core/prices.ts";
import { Settlement } from "../core/settlement.ts";
import type { Words } from "../core/words.ts";
import { fillClientStates } from "./client_state_history.ts";
import type { DeadLetters } from "./dead_letters.ts";
import { ConversationTable } from "./derive/conversation_table.ts";
import type { DirtySessions } from "./derive/dirty_sessions.ts";
import { InsightTable } from "./derive/insight_table.ts";
import type { MetricsFold } from "./derive/metrics_fold.ts";
import { TimeTable } from "./derive/time_table.ts";
import { USAGE_RULES, UsageTable } from "./derive/usage_table.ts";
import { Pace } from "./pace.ts";
import { beginRebuild, type BegunRebuild, type ReadableBlock } from "./rebuild.ts";
import { SessionGroup, type SessionGroupParts } from "./session_group.ts";
import { encodeChange, SlowPath } from "./slow_path.ts";
import { SqliteBroker } from "./sqlite_broker.ts";
import type { StoredBlock, TraceStore } from "./trace_store.ts";

/** The groups that derive from facts, the more urgent first. */
export const SESSION_GROUPS = ["conversations", "times", "insights"] as const;

type SessionGroupName = typeof SESSION_GROUPS[number];

/**
 * How far it is derived: facts and their sums alone, or without insights and digests of days that
 * are over, or with them.
 */
export type Derived = "facts" | "counts" | "insights";

/** What the groups work with. */
export interface SlowGroupsParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly words: Words;
  readonly traces: TraceStore;
  readonly deadLetters: DeadLetters;
  readonly dirty: DirtySessions;
  readonly fold: MetricsFold;
  readonly prices: Prices;
}

const BLOCKS_MAX = 8;
const SESSIONS_MAX = 100;
/** So many rows of sums are written in a few milliseconds. */
const UNSETTLED_MAX = 150;
/** What may wait, and what is stored until sources are held up. */
const RECENT_BLOCKS_MAX = 200;

/** What can wait: it looks at all of a session, however little of that is new. */
const PATIENT: SessionGroupName = "insights";
/** It waits for the end of a burst of news, but not for that of a long one. */
const QUIET_MS = 250;
const PATIENCE_MS = 2000;

/** Drives the groups, a short slice at a time. */
export class SlowGroups {
  readonly #parts: SlowGroupsParts;
  readonly #changes: SqliteBroker;
  readonly #metrics: SlowPath;
  readonly #groups: readonly {
    readonly name: string;
    readonly group: SessionGroup;
    readonly pace: Pace;
  }[];
  readonly #pace: Pace;
  readonly #insights: InsightTable;
  readonly #times: TimeTable;
  readonly #settlement: Settlement;
  /** What was stored a moment ago need not be read again. */
  readonly #recent = new Map<number, readonly TelemetryEvent[]>();
  /** Rows of sums that were gathered and are not written. */
  #unsettled = 0;
  /** Something is derived in this transaction that others wait for. */
  #isAwaited = false;
  /** Facts were folded in it, of which nothing is derived yet. */
  #hasFacts = false;
  /** When the first and the last was derived of what the patient group has not seen. */
  #news: { readonly since: number; readonly lastAt: number } | undefined;
  /** How many wait for all that is derived. */
  #hurried = 0;

  constructor(parts: SlowGroupsParts) {
    const { db, clock, words, deadLetters, prices } = parts;
    this.#parts = parts;
    const changes = this.#changes = this.#broker("metrics");
    this.#pace = new Pace(clock, BLOCKS_MAX);
    this.#metrics = new SlowPath({
      db,
      name: "metrics",
      changes,
      readBlock: (block) => this.#read(block),
      fold: (events) => this.#gather(events),
      settle: () => this.settle(),
      deadLetters,
      release: (ids, delayMs) => changes.release(ids, delayMs),
      forget: () => this.forget(),
    });
    this.#settlement = new Settlement(db, clock);
    const turns = new ConversationTable(db);
    const times = this.#times = new TimeTable(db, words, clock);
    const usage = new UsageTable(db, words, prices, clock);
    const insights = this.#insights = new InsightTable(db, words, prices, usage);
    const derive = {
      conversations: (session, fromAt) => turns.derive(session, fromAt),
      times: (session, fromAt) => times.derive(session, fromAt),
      insights: (session, fromAt) => insights.derive(session, fromAt),
    } satisfies Record<string, SessionGroupParts["derive"]>;
    this.#groups = SESSION_GROUPS.map((name) => ({
      name,
      pace: new Pace(clock, SESSIONS_MAX),
      group: this.#open(name, derive[name]),
    }));
    inTransaction(db, () => {
      fillClientStates(db, parts.traces.tables, (blocks) => this.announceAgain(blocks));
    });
  }

  /** Tells all groups of blocks, within the transaction that stored them. */
  announce(blocks: readonly StoredBlock[]): void {
    this.#changes.append(blocks.map(({ id, events }) => encodeChange(id, events.length)));
    for (const { id, events } of blocks) {
      this.#recent.set(id, events);
      if (this.#recent.size > RECENT_BLOCKS_MAX) {
        this.#recent.delete(this.#recent.keys().next().value!);
      }
    }
  }

  /** Tells all groups of stored blocks; the caller holds the transaction. @returns the last id */
  announceAgain(blocks: readonly ReadableBlock[]): number {
    return this.#changes.append(blocks.map(([id, events]) => encodeChange(id, events)));
  }

  /** Has all derived anew that was made with other prices; the caller holds the transaction. */
  pricesChanged(): void {
    for (const name of SESSION_GROUPS) this.#renew(name);
  }

  /**
   * Begins to derive all sessions again, or one; the caller holds the transaction.
   *
   * @returns undefined when there is no such session
   */
  beginRebuild(sessionId?: string): BegunRebuild | undefined {
    const { db, fold, traces } = this.#parts;
    const rebuild = beginRebuild(
      db,
      traces.tables,
      (blocks) => this.announceAgain(blocks),
      { sessionId, unreadable: traces.unreadableBlocks() },
    );
    fold.forget();
    return rebuild;
  }

  /**
   * Lets the first group that has something to do work for a few milliseconds. Who holds a
   * transaction around it settles before that ends.
   *
   * @param isCareful whether block by block, as one of them may stop the process
   * @returns whether there was anything; false, too, where what others wait for is to be
   * committed before what can wait
   */
  async step(isCareful = false): Promise<boolean> {
    if (this.#unsettled >= UNSETTLED_MAX) {
      this.settle();
      return true;
    }
    const fold = (max: number) => this.#metrics.runSlice(max);
    if (isCareful ? await fold(1) > 0 : await this.#pace.run(fold)) {
      this.#hasFacts = this.#parts.db.isTransaction;
      return this.#noteAwaited();
    }
    this.settle();
    // What waits for another attempt has facts to come.
    if (this.#hasFacts || await this.#changes.depth() > 0) return false;
    for (const { name, group, pace } of this.#groups) {
      if (name === PATIENT && (this.#isAwaited || !this.#isRipe())) return false;
      if (await pace.run((max) => group.runSlice(max))) {
        return name === PATIENT || this.#noteAwaited();
      }
    }
    this.#news = undefined;
    return this.#settlement.step();
  }

  /** Lets nothing wait that can, until it is disposed. */
  hurry(): Disposable {
    this.#hurried++;
    return { [Symbol.dispose]: () => void this.#hurried-- };
  }

  /** Begins a transaction in which nothing is done yet. */
  begin(): void {
    this.#isAwaited = this.#hasFacts = false;
  }

  /** Whether the last transaction ended with facts of which nothing is derived yet. */
  get hasFactsAlone(): boolean {
    return this.#hasFacts;
  }

  /** Writes the sums of all blocks that were folded in this transaction. */
  settle(): void {
    this.#parts.fold.writeSums();
    this.#unsettled = 0;
  }

  /**
   * Does what a dead letter of a group tells of, in the caller's transaction.
   *
   * @throws {RangeError} for a group that there is not
   */
  fold(group: string, body: string): void {
    if (group === this.#metrics.name) return this.#metrics.fold(body);
    const found = this.#groups.find(({ name }) => name === group);
    if (!found) throw new RangeError("Cannot fold a block: its group is not registered");
    found.group.fold(body);
  }

  /** Blocks that are not yet folded: what more than a few of slow the sources down. */
  async backlog(): Promise<number> {
    return await this.#changes.depth();
  }

  /** Everything that is still to be done; 0 when all is derived. */
  async depth(upTo: Derived = "insights"): Promise<number> {
    let depth = await this.#changes.depth();
    if (upTo === "facts") return depth;
    for (const { name, group } of this.#groups) {
      if (upTo === "insights" || name !== PATIENT) depth += await group.depth();
    }
    return upTo === "insights" ? depth + this.#settlement.depth() : depth;
  }

  /** Deletes sums of tiers that do not keep them any longer. */
  expire(): void {
    this.#parts.fold.expire();
    this.#times.expire();
  }

  /** Forgets what a rolled-back transaction gave out. */
  forget(): void {
    this.#recent.clear();
    this.#insights.forget();
    this.#settlement.forget();
    this.#parts.fold.forget();
    this.#parts.traces.forget();
  }

  /** Whether what can wait has waited long enough. */
  #isRipe(): boolean {
    if (this.#hurried > 0 || !this.#news) return true;
    const now = this.#parts.clock.now(), { since, lastAt } = this.#news;
    // The clock may have been set back since.
    return Math.abs(now - lastAt) >= QUIET_MS || Math.abs(now - since) >= PATIENCE_MS;
  }

  /** Without a transaction around it every step is committed by itself. */
  #noteAwaited(): true {
    const now = this.#parts.clock.now();
    this.#news = { since: this.#news?.since ?? now, lastAt: now };
    this.#isAwaited = this.#parts.db.isTransaction;
    return true;
  }

  #read(block: number): readonly TelemetryEvent[] {
    const recent = this.#recent.get(block);
    this.#recent.delete(block);
    return recent ?? this.#parts.traces.read(block);
  }

  #gather(events: readonly TelemetryEvent[]): void {
    this.#unsettled = this.#parts.fold.gather(events);
  }

  #broker(group: string): SqliteBroker {
    const { db, clock } = this.#parts;
    const broker = new SqliteBroker({ db, clock, stream: "cdc:events", group });
    // The lock makes this the one consumer: what a dead one had taken is free again.
    broker.releaseAll();
    return broker;
  }

  #renew(name: SessionGroupName): void {
    const { db, dirty, prices } = this.#parts;
    const revision = revisionsOf(prices)[name];
    if (madeWith(db, name) === revision) return;
    dirty.markAll(name);
    noteMadeWith(db, name, revision);
  }

  /** Opens a group; one that is new, or has new rules, derives all that is stored. */
  #open(name: SessionGroupName, derive: SessionGroupParts["derive"]): SessionGroup {
    const { db, dirty, deadLetters } = this.#parts;
    return inTransaction(db, () => {
      this.#renew(name);
      const changes = this.#broker(name);
      return new SessionGroup({
        db,
        name,
        changes,
        dirty,
        derive,
        deadLetters,
        forget: () => this.forget(),
      });
    });
  }
}

/** By what rules groups derive: when those of one change, it derives all sessions anew. */
function revisionsOf(prices: Prices): Readonly<Record<SessionGroupName, string>> {
  const insights = `${INSIGHT_RULES} ${USAGE_RULES} ${prices.revision}`;
  return { conversations: "4", times: "3", insights };
}
