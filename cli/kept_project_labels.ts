/**
 * Names of projects by their hash, for a server that is asked for them again and again: files are
 * looked into when there is a project that was not there, and from time to time.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import { NewestProject } from "../core/reports/newest_project.ts";

const AGAIN_AFTER_MS = 30_000;

/** Keeps them. */
export class KeptProjectLabels {
  readonly #look: () => ReadonlyMap<string, string>;
  readonly #newest: NewestProject;
  readonly #clock: Clock;
  #labels: ReadonlyMap<string, string>;
  #project: number | null;
  #lookedAt: number;

  /** @param look finds all that there are on this machine */
  constructor(look: () => ReadonlyMap<string, string>, db: Database, clock: Clock) {
    this.#look = look;
    this.#newest = new NewestProject(db);
    this.#clock = clock;
    this.#project = this.#newest.read();
    this.#lookedAt = clock.now();
    this.#labels = look();
  }

  /** All that are known now. */
  read(): ReadonlyMap<string, string> {
    const now = this.#clock.now(), project = this.#newest.read();
    // The clock may have been set back since.
    const isOld = Math.abs(now - this.#lookedAt) > AGAIN_AFTER_MS;
    if (project === this.#project && !isOld) return this.#labels;
    this.#project = project;
    this.#lookedAt = now;
    return this.#labels = this.#look();
  }
}
