/**
 * What was purged and must not be stored again, though its transcript is still there: up to what
 * moment, of a platform or a session. Of a session nothing but a keyed hash of its id is kept, so
 * that who has the database and not the key cannot tell which it was.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../core/database.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { Privacy } from "../core/privacy.ts";

/** What of an event is asked. */
export type Buried = Pick<
  TelemetryEvent,
  "platform" | "sessionId" | "eventId" | "timestamp" | "metadata"
>;

/** Stands for all sessions of a platform. */
const ALL = "";
const SESSION_DIGITS = 32;
/** 52 bits, as a number of SQLite's and of ours. */
const EVENT_DIGITS = 13;

/** The tables `tombstones` and `tombstone_events`. All methods run in the caller's transaction. */
export class Tombstones {
  readonly #db: Database;
  readonly #privacy: Privacy;
  readonly #find: Statement;
  readonly #findEvent: Statement;
  readonly #add: Statement;
  readonly #addEvent: Statement;
  readonly #any: Statement;
  /** By platform and session, up to when; what is asked once is asked again. */
  readonly #until = new Map<string, number>();
  #isEmpty: boolean | undefined;

  constructor(db: Database, privacy: Privacy) {
    this.#db = db;
    this.#privacy = privacy;
    this.#any = prepareArrays(db, "select exists (select 1 from tombstones)");
    this.#find = prepareArrays(
      db,
      `select max(until_at) from tombstones where platform = ? and session in ('${ALL}', ?)`,
    );
    this.#findEvent = prepareArrays(db, "select 1 from tombstone_events where key = ?");
    this.#add = db.prepare(
      `insert into tombstones (platform, session, until_at) values (?, ?, ?)
       on conflict do update set until_at = max(until_at, excluded.until_at)`,
    );
    this.#addEvent = db.prepare(
      "insert or ignore into tombstone_events (key, platform) values (?, ?)",
    );
  }

  /** Whether an event was purged, or is as old as what was. */
  holds(event: Buried): boolean {
    this.#isEmpty ??= (this.#any.get() as unknown as [number])[0] === 0;
    if (this.#isEmpty) return false;
    if (event.timestamp < this.#untilOf(event.platform, event.sessionId)) return true;
    // What stands in for its time may be another at the next reading.
    return event.metadata.undated === true && this.#findEvent.get(this.#key(event)) !== undefined;
  }

  /** Nothing of a platform, or of one of its sessions, from before this moment is stored again. */
  add(platform: string, sessionId: string | undefined, untilAt: number): void {
    this.#add.run(platform, sessionId === undefined ? ALL : this.#hash(sessionId), untilAt);
    this.forget();
  }

  /** The same for an event, if it tells no time of its own. */
  addEvent(event: Buried): void {
    if (event.metadata.undated === true) {
      this.#addEvent.run(this.#key(event), event.platform);
    }
  }

  /** Lets all that was purged be stored again, or that of a platform. */
  lift(platform?: string): void {
    for (const table of ["tombstones", "tombstone_events"]) {
      this.#db.prepare(`delete from ${table} where ?1 is null or platform = ?1`)
        .run(platform ?? null);
    }
    this.forget();
  }

  /** Forgets what a rolled-back transaction wrote. */
  forget(): void {
    this.#until.clear();
    this.#isEmpty = undefined;
  }

  #untilOf(platform: string, sessionId: string): number {
    const name = `${platform} ${sessionId}`;
    const known = this.#until.get(name);
    if (known !== undefined) return known;
    const row = this.#find.get(platform, this.#hash(sessionId)) as unknown as [number | null];
    const until = row[0] ?? -Infinity;
    this.#until.set(name, until);
    return until;
  }

  #hash(sessionId: string): string {
    return this.#privacy.hash(`purged session ${sessionId}`, SESSION_DIGITS);
  }

  #key({ platform, sessionId, eventId }: Buried): number {
    const name = `purged event ${platform} ${sessionId} ${eventId}`;
    return parseInt(this.#privacy.hash(name, EVENT_DIGITS), 16);
  }
}
