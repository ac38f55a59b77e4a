/**
 * Makes digests of days that are over, and of months out of those: what reports of long periods
 * add up. Whatever changes a row of such a day later has its digests made anew.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { type Database, inTransaction, prepareArrays } from "./database.ts";
import { madeWith, noteMadeWith } from "./made_with.ts";
import { hourMark } from "./reports/calendar_mark.ts";
import {
  changedForks,
  digestMark,
  type Interval,
  type Level,
  LEVELS,
  readStored,
} from "./reports/digest_store.ts";
import { type Digest, emptyDigest } from "./reports/digest.ts";
import { addDigestTexts, digestTexts } from "./reports/digest_text.ts";
import { readDayDigests } from "./reports/day_digests.ts";
import { readForkTimes } from "./reports/lineage.ts";

/** Before there were assistants: what is dated earlier is read row by row. */
const SINCE = Date.UTC(2020, 0, 1);

/** Of which sessions a digest is: the numbers of two words, 0 for all or none. */
interface Place {
  readonly platform: number;
  readonly project: number;
}

const ALL: Place = { platform: 0, project: 0 };

/** Settles a day or a month at a time. */
export class Settlement {
  readonly #db: Database;
  readonly #clock: Clock;
  /** First moments of months to be made; undefined while that is not known. */
  #months: Set<number> | undefined;
  #areForksNoted = false;

  /** Begins anew where digests are of another calendar or form. */
  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    inTransaction(db, () => {
      noteMadeWith(db, "digest_hours", hourMark());
      if (madeWith(db, "digests") === digestMark()) return;
      db.exec(
        `insert or ignore into unsettled (from_at, until_at)
           select distinct from_at, until_at from digests
           where level = ${LEVELS.day} and platform = 0;
         delete from digests`,
      );
      noteMadeWith(db, "digests", digestMark());
    });
  }

  /**
   * Settles the next day that is over, or the next month.
   *
   * @returns whether there was one
   */
  step(): boolean {
    return inTransaction(this.#db, () => {
      const day = this.#nextDay();
      if (day) {
        if (this.#areForksNoted) this.#settleDay(day);
        else this.#noteForks();
        return true;
      }
      this.#areForksNoted = false;
      const [month] = this.#waitingMonths();
      if (month === undefined) return false;
      this.#settleMonth(month);
      return true;
    });
  }

  /** How much there is to settle, at least. */
  depth(): number {
    return (this.#nextDay() ? 1 : 0) + this.#waitingMonths().size;
  }

  /** Forgets what a rolled-back transaction did. */
  forget(): void {
    this.#months = undefined;
    this.#areForksNoted = false;
  }

  #nextDay(): Interval | undefined {
    const today = dayOf(this.#clock.now(), 0);
    const row = prepareArrays(
      this.#db,
      `select from_at from unsettled where until_at > ? and from_at < ?
       order by from_at limit 1`,
    ).get(SINCE, today) as unknown as [number] | undefined;
    if (!row) return undefined;
    const at = Math.max(row[0], SINCE), next = dayOf(at, 1);
    return next <= today ? [dayOf(at, 0), next] : undefined;
  }

  #settleDay([from, to]: Interval): void {
    const db = this.#db;
    db.prepare("delete from digests where until_at > ? and from_at < ?").run(from, to);
    const { all, hours, places } = readDayDigests(db, [from, to]);
    if (all) {
      this.#write("day", [from, to], ALL, all);
      for (const [hour, until, digest] of hours) this.#write("hour", [hour, until], ALL, digest);
      for (const { platform, project, digest } of places) {
        this.#write("day", [from, to], { platform, project }, digest);
      }
      this.#waitingMonths().add(monthOf(from, 0));
    }
    const marks = prepareArrays(
      db,
      "select from_at, until_at from unsettled where until_at > ? and from_at < ?",
    ).all(from, to) as unknown as Interval[];
    const remove = db.prepare("delete from unsettled where from_at = ? and until_at = ?");
    for (const [start, end] of marks) {
      remove.run(start, end);
      if (start < from) this.#mark(start, from);
      if (end > to) this.#mark(to, end);
    }
  }

  #settleMonth(from: number): void {
    this.#waitingMonths().delete(from);
    const to = monthOf(from, 1), db = this.#db;
    if (to > this.#clock.now()) return;
    const days = { level: "day", from, to } as const;
    const parts = { whole: true, durations: true, tools: true };
    const all = emptyDigest();
    for (const { texts } of readStored(db, days, "all", parts)) addDigestTexts(all, texts);
    this.#write("month", [from, to], ALL, all);
    const places = Map.groupBy(
      readStored(db, days, "places", parts),
      ({ platform, project }) => `${platform} ${project}`,
    );
    for (const stored of places.values()) {
      const digest = emptyDigest();
      for (const { texts } of stored) addDigestTexts(digest, texts);
      this.#write("month", [from, to], stored[0]!, digest);
    }
  }

  #write(level: Level, [from, to]: Interval, place: Place, digest: Digest): void {
    const { counts, whole, durations, tools } = digestTexts(digest);
    prepareArrays(
      this.#db,
      `insert into digests
         (level, platform, project, from_at, until_at, counts, whole, durations, tools)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[LEVELS[level], place.platform, place.project, from, to],
      ...[counts, whole, durations, tools],
    );
  }

  /** What forks inherited is not theirs: where that is another past, their days are, too. */
  #noteForks(): void {
    this.#areForksNoted = true;
    const db = this.#db, times = readForkTimes(db);
    for (const session of changedForks(db)) {
      db.prepare(
        `insert or ignore into unsettled (from_at, until_at) select d.from_at, d.until_at
         from sessions s join digests d on d.level = ${LEVELS.day} and d.platform = 0
           and d.from_at <= s.ended_at and d.until_at >= s.started_at where s.id = ?`,
      ).run(session);
      const until = times.get(session);
      if (until === undefined) {
        db.prepare("delete from settled_forks where session = ?").run(session);
      } else {
        db.prepare(
          `insert into settled_forks values (?, ?)
           on conflict do update set until_at = excluded.until_at`,
        ).run(session, until);
      }
    }
  }

  #mark(from: number, to: number): void {
    this.#db.prepare("insert or ignore into unsettled (from_at, until_at) values (?, ?)")
      .run(from, to);
  }

  #waitingMonths(): Set<number> {
    if (this.#months) return this.#months;
    const starts = (level: Level) => {
      const rows = prepareArrays(
        this.#db,
        "select from_at from digests where level = ? and platform = 0 and until_at < ?",
      ).all(LEVELS[level], monthOf(this.#clock.now(), 0) + 1) as unknown as [number][];
      return new Set(rows.map(([at]) => monthOf(at, 0)));
    };
    return this.#months = starts("day").difference(starts("month"));
  }
}

/** The local midnight so many days behind that before a moment. */
function dayOf(at: number, days: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function monthOf(at: number, months: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth() + months, 1).getTime();
}
