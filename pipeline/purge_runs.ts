/**
 * Carries purges out beside all other work, one after another.
 *
 * @module
 */

import { type PurgeChoice, type Purged, readPurgeProgress } from "../core/purge.ts";
import { isThere } from "../core/if_there.ts";
import type { EventQueue } from "./event_queue.ts";
import type { Purge, PurgeParts } from "./purge.ts";
import { mendAhead, purgedBeside, writePurged } from "./purged_file.ts";

/** What they are carried out with. */
export interface PurgeRunParts {
  readonly purge: PurgeParts;
  readonly queue: Pick<EventQueue, "retell">;
  /** Runs `act` when no transaction is open. */
  readonly whenFree: <T>(act: () => T) => Promise<T>;
  /** Lets what waits in the queues go before. */
  readonly giveWay: () => Promise<void>;
  /** The same for what waits to be stored; nothing is derived where nothing does. */
  readonly letIn: () => Promise<void>;
  /** Resolve when nothing waits to be stored, and to be derived. */
  readonly untilStored: () => Promise<void>;
  readonly untilDerived: () => Promise<void>;
}

/** The purges of a pipeline. */
export class PurgeRuns {
  readonly #parts: PurgeRunParts;
  #last: Promise<unknown> = Promise.resolve();
  #purge: Purge | undefined;

  constructor(parts: PurgeRunParts) {
    this.#parts = parts;
    const { db, path, clock } = parts.purge;
    mendAhead(db, purgedBeside(path), clock.now());
  }

  /**
   * Purges, or only tells what would go.
   *
   * @returns undefined when there is no such session
   */
  run(choice: PurgeChoice): Promise<Purged | undefined> {
    const { whenFree, untilStored } = this.#parts;
    return this.#inTurn(async () => {
      // What is still on its way belongs to it.
      await untilStored();
      const purge = await this.#load();
      if (choice.dry_run) return await whenFree(() => purge.measure(choice));
      const purged = await whenFree(() => purge.begin(choice));
      await this.#finish();
      return purged;
    });
  }

  /** Ends one that was broken off, if there is any. */
  finish(): Promise<void> {
    const { db, path } = this.#parts.purge, file = purgedBeside(path);
    // What an older version purged only the database knows.
    if (!isThere(file)) writePurged(db, file);
    return this.#inTurn(() => this.#finish());
  }

  async #finish(): Promise<void> {
    const { queue, whenFree, giveWay, letIn } = this.#parts;
    const { untilStored, untilDerived } = this.#parts;
    if (readPurgeProgress(this.#parts.purge.db) === undefined) return;
    const purge = await this.#load();
    await untilStored();
    while (await whenFree(() => purge.step())) await giveWay();
    // What is derived of what is still being taken out would be derived again.
    while (await whenFree(() => purge.settle())) await letIn();
    await queue.retell();
    await untilDerived();
    await whenFree(() => purge.sweep());
    while (await whenFree(() => purge.reclaim())) await giveWay();
  }

  /** Most who store and derive purge nothing, and do not wait for its code. */
  async #load(): Promise<Purge> {
    const { Purge } = await import("./purge.ts");
    return this.#purge ??= new Purge(this.#parts.purge);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
