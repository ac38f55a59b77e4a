/**
 * A reader of the database that stays open, with all that was made of what it read: for who is
 * asked again and again.
 *
 * @module
 */

import {
  type Database,
  databaseBytes,
  isFrozen,
  ofOneState,
  openReader,
} from "../core/database.ts";
import { ifThere } from "../core/if_there.ts";
import { openWriter } from "../core/open_writer.ts";
import type { Home } from "../core/home.ts";
import { Advisor } from "../core/reports/advisor.ts";

interface Kept {
  readonly db: Database;
  readonly advisor: Advisor;
  /** What tells its file from another in its place. */
  readonly mark: string;
}

/** Opens the file at the first call, and anew when another is in its place. */
export class KeptReader implements Disposable {
  readonly #home: Home;
  #kept: Kept | undefined;

  constructor(home: Home) {
    this.#home = home;
  }

  /** Runs `use` over one state of what is stored now; before the first event that is nothing. */
  read<T>(use: (db: Database, advisor: Advisor) => T): T {
    const kept = this.#open();
    return kept ? ofOneState(kept.db, () => use(kept.db, kept.advisor)) : useEmpty(use);
  }

  /** The same where something is stored; else it gives undefined. */
  readStored<T>(use: (db: Database) => T): T | undefined {
    const kept = this.#open();
    return kept && ofOneState(kept.db, () => use(kept.db));
  }

  #open(): Kept | undefined {
    const { database } = this.#home, kept = this.#kept;
    if (kept && kept.mark === markOf(database, kept.db)) return kept;
    this[Symbol.dispose]();
    const db = openReader(database);
    if (!db) return undefined;
    return this.#kept = { db, advisor: new Advisor(db), mark: markOf(database, db) };
  }

  [Symbol.dispose](): void {
    this.#kept?.db.close();
    this.#kept = undefined;
  }
}

function useEmpty<T>(use: (db: Database, advisor: Advisor) => T): T {
  const db = openWriter(":memory:");
  try {
    return use(db, new Advisor(db));
  } finally {
    db.close();
  }
}

/**
 * Device and number of a file, which Windows does not have; of one that is read as it lies also
 * what changes as soon as somebody can write to it again.
 */
function markOf(path: string, db: Database): string {
  const file = ifThere(() => Deno.statSync(path));
  if (!file) return "";
  const written = isFrozen(db) ? ` ${databaseBytes(path)} ${file.mtime?.getTime()}` : "";
  return `${file.dev} ${file.ino}${written}`;
}
