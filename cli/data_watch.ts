/**
 * Tells when somebody has written to the database, this process or another: SQLite itself says so
 * to every connection that asks.
 *
 * @module
 */

import { type Database, openReader, prepareArrays } from "../core/database.ts";
import type { Clock } from "../core/clock.ts";
import type { Home } from "../core/home.ts";

const LOOK_EVERY_MS = 250;

/** Looks as long as somebody listens, until disposed. */
export class DataWatch implements AsyncDisposable {
  readonly #home: Home;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  #watching: Promise<void> | undefined;

  constructor(home: Home, clock: Clock) {
    this.#home = home;
    this.#clock = clock;
  }

  /** Calls back after each change; dispose to stop listening. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    this.#watching ??= this.#watch();
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    let db: Database | undefined;
    let before: number | undefined;
    try {
      while (!signal.aborted) {
        db ??= openReader(this.#home.database);
        const version = db && versionOf(db);
        if (version !== before) this.#listeners.forEach((listener) => listener());
        before = version;
        await this.#clock.sleep(LOOK_EVERY_MS, signal);
      }
    } finally {
      db?.close();
    }
  }
}

function versionOf(db: Database): number {
  const [version] = prepareArrays(db, "pragma data_version").get() as unknown as [number];
  return version;
}
