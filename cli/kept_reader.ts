/**
 * A reader of the database that stays open, with all that was made of what it read: for who is
 * asked again and again.
 *
 * @module
 */

import { type Database, ofOneState, openReader } from "../core/database.ts";
import { ifThere } from "../core/if_there.ts";
import { openWriter } from "../core/open_writer.ts";
import type { Home } from "../core/home.ts";
import { Advisor } from "../core/reports/advisor.ts";

interface Kept {
  readonly db: Database;
  readonly advisor: Advisor;
  readonly file: string;
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
    const file = fileAt(this.#home.database);
    if (this.#kept?.file !== file) this[Symbol.dispose]();
    if (!this.#kept) {
      const db = openReader(this.#home.database);
      if (!db) return undefined;
      this.#kept = { db, advisor: new Advisor(db), file };
    }
    return this.#kept;
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

/** What tells a file from another of its name; Windows has no such number. */
function fileAt(path: string): string {
  const file = ifThere(() => Deno.statSync(path));
  return file ? `${file.dev} ${file.ino}` : "";
}
