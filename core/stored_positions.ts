/**
 * Reading positions as they are stored, of which a look at files that did not change needs little.
 *
 * @module
 */

import {
  type Checkpoint,
  type Positions,
  readCheckpoint,
  readCheckpoints,
} from "./checkpoints.ts";
import { type Database, prepareArrays } from "./database.ts";

/** So many are read one by one; then it is quicker to read all. */
const ONE_BY_ONE_MAX = 20;

/** Positions of one platform; whole ones are read when they are asked for. */
export class StoredPositions implements Positions {
  readonly #platform: string;
  readonly #db: Database;
  #ends: ReadonlySet<string> | undefined;
  #all: ReadonlyMap<string, Checkpoint> | undefined;
  #read = 0;

  /** @param db must be open whenever something is asked */
  constructor(platform: string, db: Database) {
    this.#platform = platform;
    this.#db = db;
  }

  isRead(id: string, size: number, modifiedAt: number): boolean {
    return this.#loadEnds().has(`${id} ${size} ${modifiedAt}`);
  }

  get(id: string): Checkpoint | undefined {
    if (this.#loadEnds().size === 0) return undefined;
    if (!this.#all && ++this.#read <= ONE_BY_ONE_MAX) {
      return readCheckpoint(this.#db, this.#platform, id);
    }
    return this.#load().get(id);
  }

  [Symbol.iterator](): Iterator<[string, Checkpoint]> {
    return this.#load()[Symbol.iterator]();
  }

  /** As they were at the first question: an assistant that is not here asks none. */
  #loadEnds(): ReadonlySet<string> {
    return this.#ends ??= readEnds(this.#db, this.#platform);
  }

  #load(): ReadonlyMap<string, Checkpoint> {
    return this.#all ??= readCheckpoints(this.#db, this.#platform);
  }
}

/** The same as they are whenever one is asked for: for a look at few files, again and again. */
export class PresentPositions implements Positions {
  readonly #platform: string;
  readonly #tryRead: <T>(use: (db: Database) => T) => T | undefined;

  /** @param tryRead gives undefined as long as nothing is stored */
  constructor(platform: string, tryRead: <T>(use: (db: Database) => T) => T | undefined) {
    this.#platform = platform;
    this.#tryRead = tryRead;
  }

  get(id: string): Checkpoint | undefined {
    return this.#tryRead((db) => readCheckpoint(db, this.#platform, id));
  }

  [Symbol.iterator](): Iterator<[string, Checkpoint]> {
    const all = this.#tryRead((db) => readCheckpoints(db, this.#platform));
    return (all ?? new Map<string, Checkpoint>())[Symbol.iterator]();
  }
}

/** In one text: rows of a thousand files take several times as long. */
export const ENDS_QUERY = `
  select group_concat(id || ' ' || size || ' ' || modified_at, x'0a') from sources
  where platform = (select id from words where text = ?)`;

function readEnds(db: Database, platform: string): ReadonlySet<string> {
  const row = prepareArrays(db, ENDS_QUERY).get(platform) as unknown as [string | null];
  return new Set(row[0]?.split("\n"));
}
