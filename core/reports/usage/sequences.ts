/**
 * Which tools are called one after the other.
 *
 * @module
 */

import { type Database, isKeeper, prepareArrays } from "../../database.ts";
import { among, foldOfSessions, ofSessions, type SessionFold } from "../../kept_sessions.ts";
import { foldOfWindows } from "../../kept_windows.ts";
import { periodBefore } from "../period.ts";
import type { UsageQuery } from "../usage_sums.ts";
import { type GoingOn, readGoingOn } from "./session_usage.ts";

/** Two or three tools in the order of their calls. */
export interface ToolSequence {
  readonly tools: readonly string[];
  readonly count: number;
}

const SHOWN_MAX = 5;

type Row = readonly [first: number, second: number, third: number, count: number];
/** Tools, of which the third is 0 in a two, under one name. */
interface Found {
  readonly name: string;
  readonly tools: readonly number[];
  readonly count: number;
}
/** By name. */
type Sums = Map<string, { readonly tools: readonly number[]; count: number }>;

const SEQUENCES: SessionFold<readonly Found[], Sums> = {
  start: sumsOf,
  add: (sums, rows) => addRows(sums, rows, 1),
  remove: (sums, rows) => addRows(sums, rows, -1),
};
const allSequences = foldOfSessions(read, SEQUENCES);
const sequencesIn = foldOfWindows(read, SEQUENCES);

/** What is known of the sequences of a period. */
export interface ToolSequences {
  readonly sequences: readonly ToolSequence[];
  /** To those of the period before: from 0 for none in common to 1 for all as often. */
  readonly similarity: number | null;
}

/**
 * The most frequent twos and threes of sessions that were going on: of each session the three that
 * it had most often are known.
 */
export function readSequences(
  db: Database,
  query: UsageQuery,
  words: ReadonlyMap<number, string>,
): ToolSequences {
  const sums = readSums(db, readGoingOn(db, query));
  return { sequences: mostOf(sums, words), similarity: similarityOf(db, query, sums) };
}

function mostOf(found: Sums, words: ReadonlyMap<number, string>): ToolSequence[] {
  const { twos = [], threes = [] } = Object.groupBy(
    found.values(),
    ({ tools }) => tools[2] === 0 ? "twos" : "threes",
  );
  return [twos, threes].flatMap((sums) => {
    // Names are of those alone that may be shown; counts alone are sorted much sooner.
    const least = Float64Array.from(sums, ({ count }) => count).sort().at(-SHOWN_MAX) ?? 0;
    return sums.filter(({ count }) => count >= least).map(({ tools, count }) => ({
      tools: tools.filter((tool) => tool !== 0).map((tool) => words.get(tool) ?? "other"),
      count,
    })).sort((a, b) => b.count - a.count || (a.tools.join() < b.tools.join() ? -1 : 1))
      .slice(0, SHOWN_MAX);
  });
}

/** The cosine of the angle between the counts of both; null where one has none. */
function similarityOf(db: Database, query: UsageQuery, sums: Sums): number | null {
  const period = periodBefore(query.period);
  if (period === undefined || sums.size === 0) return null;
  const before = readSums(db, readGoingOn(db, { ...query, period }));
  if (before.size === 0) return null;
  let product = 0;
  for (const [name, { count }] of sums) product += count * (before.get(name)?.count ?? 0);
  return Math.round(product / (lengthOf(sums) * lengthOf(before)) * 1e6) / 1e6;
}

function lengthOf(sums: Sums): number {
  return Math.sqrt(sums.values().reduce((squares, { count }) => squares + count ** 2, 0));
}

function readSums(db: Database, going: GoingOn): Sums {
  if (going.isAll) return isKeeper(db) ? allSequences(db) : addedUp(db);
  return sequencesIn(db, going.window, going.sessions);
}

/** Of all sessions, where nothing of each one is kept. */
function addedUp(db: Database): Sums {
  const rows = prepareArrays(
    db,
    "select first, second, third, sum(count) from tool_sequences group by 1, 2, 3",
  ).all() as unknown as Row[];
  return sumsOf([rows.map(foundOf)]);
}

function sumsOf(all: Iterable<readonly Found[]>): Sums {
  const sums: Sums = new Map();
  for (const rows of all) addRows(sums, rows, 1);
  return sums;
}

function addRows(sums: Sums, rows: readonly Found[], times: 1 | -1): void {
  for (const { name, tools, count } of rows) {
    let sum = sums.get(name);
    if (!sum) sums.set(name, sum = { tools, count: 0 });
    sum.count += times * count;
    if (sum.count === 0) sums.delete(name);
  }
}

function foundOf([first, second, third, count]: Row): Found {
  return { name: `${first} ${second} ${third}`, tools: [first, second, third], count };
}

function read(db: Database, sessions?: readonly number[]): Map<number, Found[]> {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(session, first, second, third, count))
     from tool_sequences where true${ofSessions("session", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  const found = new Map<number, Found[]>();
  for (const [session, ...row] of JSON.parse(text) as (readonly [number, ...Row])[]) {
    found.getOrInsertComputed(session, () => []).push(foundOf(row));
  }
  return found;
}
