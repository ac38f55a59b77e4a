/**
 * Names of MCP tools by their hash, for a server that is asked for them again and again: found
 * once, they are kept in memory, and files are not searched at each request.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";

/** Searches files for the names of some hashes. */
type Search = (wanted: ReadonlySet<string>) => ReadonlyMap<string, string>;

/** A name that no file told may stand in one that is written later. */
const AGAIN_AFTER_MS = 10 * 60_000;

/** Keeps them. */
export class KeptToolNames {
  readonly #search: Search;
  readonly #clock: Clock;
  readonly #names = new Map<string, string>();
  /** When each hash without a name was looked for. */
  readonly #missedAt = new Map<string, number>();

  constructor(search: Search, clock: Clock) {
    this.#search = search;
    this.#clock = clock;
  }

  /** All names that are known by now; those of `wanted` are looked for. */
  of(wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
    const now = this.#clock.now();
    const missing = new Set([...wanted].filter((hash) => this.#isDue(hash, now)));
    if (missing.size === 0) return this.#names;
    for (const hash of missing) this.#missedAt.set(hash, now);
    for (const [hash, name] of this.#search(missing)) this.#names.set(hash, name);
    return this.#names;
  }

  #isDue(hash: string, now: number): boolean {
    if (this.#names.has(hash)) return false;
    // The clock may have been set back since.
    return Math.abs(now - (this.#missedAt.get(hash) ?? -Infinity)) >= AGAIN_AFTER_MS;
  }
}
