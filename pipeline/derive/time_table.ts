/**
 * Where the time of a session went and how long things took, by bucket. Both follow from facts and
 * turns alone: a late fact makes anew what its session has from that moment on, bucket by bucket,
 * and writes what became another.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { binOf, MEASURES } from "../../core/durations.ts";
import { PAUSE_MAX_MS, TIME_COUNTS } from "../../core/session_counts.ts";
import { keptFrom, keptTiers, type Tier } from "../../core/tiers.ts";
import { type ReadFacts, SLACK_MS, TimeFactReader } from "../../core/time_facts.ts";
import {
  type Interval,
  splitTime,
  stateBetween,
  STEP_MAX_MS,
  type TimePart,
} from "../../core/time_split.ts";
import type { Words } from "../../core/words.ts";
import { EVERYTHING_AT, NOTHING_AT } from "./dirty_sessions.ts";
import { bucketOf } from "./sum_table.ts";

/** Rows of one table by their key, and what they hold. */
type Rows = Map<string, number[]>;

/** A table, and how its rows are found, written and removed. */
interface Stored {
  readonly keys: number;
  readonly find: Statement;
  readonly put: Statement;
  readonly remove: Statement;
}

/** A number that was measured: into which bucket it falls, and what it is of. */
type Sample = readonly [at: number, member: number, ms: number];

type TurnRow = readonly [at: number, durationMs: number | null, firstCallMs: number | null];

/** What is measured of turns, where these began. */
const OF_TURNS: ReadonlySet<number> = new Set([MEASURES.turn_ms, MEASURES.first_call_ms]);

const BUCKET_SECONDS = 900;
const BUCKET_MS = BUCKET_SECONDS * 1000;

/** The buckets of a tier, and the first of them that is kept. */
type Kept = readonly [seconds: number, from: number];

/** Writes the tables `time_sums` and `duration_sums`. */
export class TimeTable {
  readonly #clock: Clock;
  /** Whole sessions have no rows. */
  readonly #tiers: readonly Tier[];
  readonly #facts: TimeFactReader;
  readonly #turns: Statement;
  readonly #turnBefore: Statement;
  readonly #times: Stored;
  readonly #durations: Stored;
  readonly #expire: readonly Statement[];

  constructor(db: Database, words: Words, clock: Clock) {
    this.#clock = clock;
    this.#tiers = keptTiers(db).filter(({ seconds }) => seconds > 0);
    this.#facts = new TimeFactReader(db, (word) => words.text(word));
    this.#turns = prepareArrays(
      db,
      `select started_at, duration_ms, first_call_ms from turns
       where session = ? and started_at >= ? and started_at < ?
         and ifnull(duration_ms, first_call_ms) is not null`,
    );
    this.#turnBefore = prepareArrays(
      db,
      "select max(started_at) from turns where session = ? and started_at < ?",
    );
    this.#times = prepareTable(db, "time_sums", ["tier", "bucket"], TIME_COUNTS);
    const key = ["tier", "bucket", "member", "bin"];
    this.#durations = prepareTable(db, "duration_sums", key, ["count"]);
    this.#expire = ["time_sums", "duration_sums"].map((table) =>
      db.prepare(`delete from ${table} where tier = ? and bucket < ?`)
    );
  }

  /**
   * Derives what a session has from `fromAt` on; the caller holds the transaction.
   *
   * @returns from what moment on there is more to do
   */
  derive(session: number, fromAt: number): number | undefined {
    if (fromAt === NOTHING_AT) return undefined;
    const kept = this.#kept();
    const [from, turnsFrom] = this.#begin(session, fromAt);
    const last = this.#facts.lastOfSlice(session, fromAt);
    const to = last === undefined ? NOTHING_AT : bucketOf(last, BUCKET_SECONDS) + BUCKET_MS;
    const facts = this.#facts.read(session, [from, to]);
    const times: Rows = new Map();
    for (const part of splitTime(facts, [from, to])) addPart(times, part, kept);
    countCalls(times, facts, kept);
    this.#write(this.#times, session, [from, to], times, kept);
    const durations: Rows = new Map();
    for (const sample of samplesOf(facts, [from, to])) addSample(durations, sample, kept);
    const turns = this.#turns.all(session, turnsFrom, to) as unknown as TurnRow[];
    for (const sample of turns.flatMap(samplesOfTurn)) addSample(durations, sample, kept);
    const isOwn = ([, bucket, member]: readonly number[]) =>
      bucket! >= (OF_TURNS.has(member!) ? turnsFrom : from);
    this.#write(
      this.#durations,
      session,
      [Math.min(from, turnsFrom), to],
      durations,
      kept,
      isOwn,
    );
    return last === undefined ? undefined : to;
  }

  /** Deletes rows of tiers that do not keep them any longer. */
  expire(): void {
    for (const [seconds, from] of this.#kept()) {
      if (from === -Infinity) continue;
      for (const statement of this.#expire) statement.run(seconds, from);
    }
  }

  #kept(): Kept[] {
    const now = this.#clock.now();
    return this.#tiers.map((tier) => [tier.seconds, keptFrom(tier, now)]);
  }

  /** The first buckets, of facts and of turns, that something from a moment on may change. */
  #begin(session: number, fromAt: number): [number, number] {
    const begun = (at: number | null | undefined) =>
      bucketOf(Math.min(at ?? fromAt, fromAt - SLACK_MS), BUCKET_SECONDS);
    if (fromAt === EVERYTHING_AT) return [EVERYTHING_AT, EVERYTHING_AT];
    const [turn] = this.#turnBefore.get(session, fromAt) as unknown as [number | null];
    return [begun(this.#facts.lastBefore(session, fromAt)), begun(turn)];
  }

  /** Puts rows in the place of those that a stretch had; what stays is not written. */
  #write(
    { keys, find, put, remove }: Stored,
    session: number,
    [from, to]: Interval,
    rows: Rows,
    kept: readonly Kept[],
    isOwn: (key: readonly number[]) => boolean = () => true,
  ): void {
    for (const [seconds, keptSince] of kept) {
      const first = Math.max(from, keptSince);
      for (const row of find.all(session, seconds, first, to) as unknown as number[][]) {
        const key = row.slice(0, keys);
        if (!isOwn(key)) continue;
        const name = key.join(" "), wanted = rows.get(name);
        if (wanted === undefined) remove.run(session, ...key);
        else if (wanted.every((value, i) => value === row[keys + i])) rows.delete(name);
      }
    }
    for (const [name, values] of rows) {
      put.run(session, ...name.split(" ").map(Number), ...values);
    }
  }
}

/** The buckets that still keep a stretch, and what of it each has. */
function addPart(rows: Rows, { from, to, state, agents }: TimePart, kept: readonly Kept[]): void {
  for (const [seconds, keptSince] of kept) {
    for (let at = from; at < to;) {
      const bucket = bucketOf(at, seconds), end = Math.min(to, bucket + seconds * 1000);
      const ms = end - at;
      at = end;
      if (bucket < keptSince) continue;
      const row = rowOf(rows, `${seconds} ${bucket}`, TIME_COUNTS.length);
      if (state !== undefined) row[TIME_COUNTS.indexOf(`${state}_ms`)]! += ms;
      row[TIME_COUNTS.indexOf("agent_ms")]! += agents * ms;
      if (agents > 0) row[TIME_COUNTS.indexOf("agents_busy_ms")]! += ms;
    }
  }
}

function countCalls(rows: Rows, { calls }: ReadFacts, kept: readonly Kept[]): void {
  for (const { at, endedAt, isQuestion, isProposal } of calls) {
    if (endedAt === null || isQuestion || isProposal) continue;
    for (const [seconds, keptSince] of kept) {
      const bucket = bucketOf(at, seconds);
      if (bucket < keptSince) continue;
      const row = rowOf(rows, `${seconds} ${bucket}`, TIME_COUNTS.length);
      row[TIME_COUNTS.indexOf("calls")]!++;
      if (endedAt > at) row[TIME_COUNTS.indexOf("timed_calls")]!++;
    }
  }
}

function samplesOfTurn([at, durationMs, firstCallMs]: TurnRow): Sample[] {
  const samples: Sample[] = [];
  if (durationMs !== null) samples.push([at, MEASURES.turn_ms, durationMs]);
  if (firstCallMs !== null && firstCallMs <= STEP_MAX_MS) {
    samples.push([at, MEASURES.first_call_ms, firstCallMs]);
  }
  return samples;
}

/** What was measured in a stretch but for turns: each falls into it where it is known. */
function samplesOf(
  { calls, sideCalls, moments }: ReadFacts,
  [from, to]: Interval,
): Sample[] {
  const ran = [...calls, ...sideCalls].flatMap(({ at, tool, durationMs }): Sample[] =>
    durationMs === null ? [] : [[at, tool, durationMs]]
  );
  const waited = moments.flatMap((after, i): Sample[] => {
    const before = moments[i - 1];
    if (before === undefined || after.at < from || after.at >= to) return [];
    const ms = after.at - before.at;
    if (before.kind === "prompt" && after.kind === "response") {
      return ms <= STEP_MAX_MS ? [[after.at, MEASURES.response_ms, ms]] : [];
    }
    const isThought = after.kind === "prompt" && ms <= PAUSE_MAX_MS &&
      stateBetween(before, after) === "user";
    return isThought ? [[after.at, MEASURES.think_ms, ms]] : [];
  });
  return [...ran, ...waited];
}

function addSample(rows: Rows, [at, member, ms]: Sample, kept: readonly Kept[]): void {
  for (const [seconds, keptSince] of kept) {
    const bucket = bucketOf(at, seconds);
    if (bucket < keptSince) continue;
    rowOf(rows, `${seconds} ${bucket} ${member} ${binOf(ms)}`, 1)[0]!++;
  }
}

function rowOf(rows: Rows, name: string, length: number): number[] {
  let row = rows.get(name);
  if (!row) rows.set(name, row = Array<number>(length).fill(0));
  return row;
}

function prepareTable(
  db: Database,
  table: string,
  key: readonly string[],
  columns: readonly string[],
): Stored {
  const names = [...key, ...columns];
  const sums = columns.map((name) => `${name} = excluded.${name}`).join(", ");
  return {
    keys: key.length,
    find: prepareArrays(
      db,
      `select ${names.join(", ")} from ${table}
       where session = ? and tier = ? and bucket >= ? and bucket < ?`,
    ),
    put: db.prepare(
      `insert into ${table} (session, ${names.join(", ")})
       values (?, ${names.map(() => "?").join(", ")})
       on conflict do update set ${sums}`,
    ),
    remove: db.prepare(
      `delete from ${table} where session = ? and ${
        key.map((name) => `${name} = ?`).join(" and ")
      }`,
    ),
  };
}
