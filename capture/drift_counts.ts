/**
 * What of a file's format is not known, counted by name: kept beside the file's position, so that
 * the counts are as exact as that is.
 *
 * @module
 */

import { OTHER, type SafeText } from "../core/privacy.ts";

const NAMES_MAX = 50;

/** Counts of one file, from its start on. */
export class DriftCounts {
  readonly #counts: Map<string, number>;
  #json: string | undefined;

  /** @param before the JSON of an earlier reading that is gone on from */
  constructor(before = "{}") {
    this.#counts = new Map(Object.entries(JSON.parse(before) as Record<string, number>));
  }

  /** Counts what is called `name` among its kind; the names of a file are bounded. */
  add(kind: SafeText, name: SafeText, count = 1): void {
    let key = `${kind}:${name}`;
    const isNew = !this.#counts.has(key);
    if (isNew && this.#counts.size >= NAMES_MAX) key = `${kind}:${OTHER}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    this.#json = undefined;
  }

  /** JSON: the count by `kind:name`. */
  toString(): string {
    return this.#json ??= JSON.stringify(Object.fromEntries(this.#counts));
  }
}
