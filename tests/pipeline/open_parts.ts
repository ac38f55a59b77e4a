/** The parts of a pipeline over one database file, put together as `Pipeline` does, but open. */

import { existsSync } from "node:fs";
import { type Database, inTransaction } from "../../core/database.ts";
import { openWriter } from "../../core/open_writer.ts";
import { decodeEncoded } from "../../core/event.ts";
import { openPrices } from "../../core/prices.ts";
import { Privacy } from "../../core/privacy.ts";
import { Words } from "../../core/words.ts";
import { Archive } from "../../pipeline/archive.ts";
import { archiveBeside } from "../../pipeline/archive_parts.ts";
import { DeadLetters } from "../../pipeline/dead_letters.ts";
import { DirtySessions } from "../../pipeline/derive/dirty_sessions.ts";
import { MetricsFold } from "../../pipeline/derive/metrics_fold.ts";
import { FastPath } from "../../pipeline/fast_path.ts";
import { SESSION_GROUPS, SlowGroups } from "../../pipeline/slow_groups.ts";
import { SlowPath } from "../../pipeline/slow_path.ts";
import { SqliteBroker, type STREAMS } from "../../pipeline/sqlite_broker.ts";
import { StoredMarks } from "../../pipeline/stored_marks.ts";
import { Tombstones } from "../../pipeline/tombstones.ts";
import { TraceStore } from "../../pipeline/trace_store.ts";
import { TABLES } from "../helpers/events.ts";
import type { Faults } from "../helpers/faults.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { deadLetters, type LetterRow, storedIds } from "./read_stored.ts";

/** What {@linkcode openParts} gives; disposing it closes the database, as a crash would. */
export class Parts implements Disposable {
  readonly clock: VirtualClock;
  readonly db: Database;
  readonly words: Words;
  readonly traces: TraceStore;
  readonly events: SqliteBroker;
  readonly changes: SqliteBroker;
  readonly letters: DeadLetters;
  readonly privacy = new Privacy(new Uint8Array(32));
  readonly tombstones: Tombstones;
  readonly fold: MetricsFold;
  readonly fastPath: FastPath;
  readonly slowPath: SlowPath;
  readonly groups: SlowGroups;
  /** Until it is disposed, nothing waits for time to pass. */
  readonly hurry: Disposable;
  readonly #opened: Database;

  constructor(opened: Database, path: string, clock: VirtualClock, faults?: Faults) {
    const db = faults ? faults.wrapDatabase(opened) : opened;
    this.#opened = opened;
    this.clock = clock;
    this.db = db;
    this.words = new Words(db);
    this.traces = new TraceStore(
      db,
      this.words,
      TABLES,
      new Archive(db, archiveBeside(path)),
    );
    const broker = (stream: keyof typeof STREAMS, group: string) =>
      new SqliteBroker({ db, clock, stream, group });
    this.events = broker("telemetry:events", "processors");
    this.changes = broker("cdc:events", "metrics");
    this.letters = new DeadLetters(db, clock);
    this.tombstones = new Tombstones(db, this.privacy);
    this.events.releaseAll();
    this.changes.releaseAll();
    const dirty = new DirtySessions(db, SESSION_GROUPS);
    const prices = openPrices(undefined);
    this.fold = new MetricsFold({
      db,
      words: this.words,
      clock,
      prices,
      sessionNumber: (platform, id) => this.traces.session(platform, id),
      dirty,
    });
    this.fastPath = new FastPath({
      db,
      queue: this.events,
      traces: this.traces,
      deadLetters: this.letters,
      tombstones: this.tombstones,
      announce: (blocks) => this.groups.announce(blocks),
      stored: new StoredMarks(db, this.words),
      epoch: async () => "",
      noteStored: () => {},
    });
    this.slowPath = new SlowPath({
      db,
      name: "metrics",
      changes: this.changes,
      readBlock: (block) => this.traces.read(block),
      fold: (events) => void this.fold.gather(events),
      settle: () => this.fold.writeSums(),
      deadLetters: this.letters,
      release: (ids, delayMs) => this.changes.release(ids, delayMs),
      forget: () => this.traces.forget(),
    });
    const { words, traces, fold, letters: deadLetters } = this;
    this.groups = new SlowGroups({ db, clock, words, traces, deadLetters, dirty, fold, prices });
    this.hurry = this.groups.hurry();
  }

  /** Works until both queues are empty, letting time pass while all is under lease. */
  async runToEnd(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const taken = await this.fastPath.runBatch();
      const worked = await this.groups.step();
      if (taken > 0 || worked) continue;
      if (await this.events.depth() + await this.groups.depth() === 0) return;
      this.clock.advance(LEASE_MS);
    }
    throw new Error("Cannot empty the queues: they do not end");
  }

  /** Lets the groups work to their end. */
  async deriveAll(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round++) if (!await this.groups.step()) return;
    throw new Error("Cannot derive all: it does not end");
  }

  /** Appends JSON of events as the fast path does. */
  append(texts: readonly string[]): void {
    const encoded = texts.map(decodeEncoded);
    inTransaction(this.db, () => this.traces.append(encoded));
  }

  /** The ids of all stored events as the blocks hold them, sorted. */
  storedIds(): string[] {
    return storedIds(this.db);
  }

  /** All dead letters, the oldest first. */
  deadLetters(): LetterRow[] {
    return deadLetters(this.db);
  }

  /** How many rows a table has. */
  count(table: string): number {
    return this.db.prepare(`select count(*) as n from ${table}`).get()!.n as number;
  }

  [Symbol.dispose](): void {
    if (this.#opened.isOpen) this.#opened.close();
  }
}

const ROUNDS_MAX = 1000;
const LEASE_MS = 60_000;

/** A new database, as bytes: to copy it takes a tenth of the time of making another. */
let whole: Uint8Array | undefined;

/** Opens the parts; the database's file is made if it is missing. */
export function openParts(path: string, clock = new VirtualClock(), faults?: Faults): Parts {
  if (path !== ":memory:" && !existsSync(path)) makeFile(path);
  const db = openWriter(path);
  try {
    return new Parts(db, path, clock, faults);
  } catch (error) {
    db.close();
    throw error;
  }
}

function makeFile(path: string): void {
  if (whole === undefined) {
    openWriter(path).close();
    whole = Deno.readFileSync(path);
  } else {
    Deno.writeFileSync(path, whole, { createNew: true, mode: 0o600 });
  }
}
