/**
 * The metrics report by model, tool, project, platform, or local hour, day, week and month.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import {
  INPUT_COUNTS,
  INPUT_NAMES,
  MODEL_COUNTS,
  TIERS,
  TOOL_COUNTS,
} from "../session_counts.ts";
import { type GroupTimes, NO_TIMES, readGroupTimes } from "./group_times.ts";
import type { MetricsQuery, PeriodTotals } from "./metrics_report.ts";
import {
  type Counts,
  countsOf,
  inputCounts,
  stretchOf,
  type SumTableName,
  type Where,
  whereOf,
} from "./sums.ts";
import { type Rates, ratesOf, totalsOf } from "./totals.ts";

/** By what a report can be grouped. */
export const GROUPINGS = [
  "model",
  "tool",
  "project",
  "platform",
  "extension",
  "hour",
  "day",
  "week",
  "month",
  "weekday",
] as const;

/** One of {@linkcode GROUPINGS}. */
export type GroupBy = typeof GROUPINGS[number];

/** One group of a report. */
export interface MetricsGroup extends GroupTimes {
  readonly key: string;
  /** A name for this machine's user, where there is one. */
  readonly label?: string;
  readonly totals: PeriodTotals;
  readonly rates: Rates;
}

interface Parts {
  readonly sessions: Set<number>;
  /** Counts by member, in the order of their columns. */
  readonly models: Map<number, number[]>;
  readonly tools: Map<number, number[]>;
  readonly inputs: Map<number, number[]>;
}

const HOUR_MS = 3_600_000;

/** What is read of whole periods and sessions alone. */
const NOT_GROUPED = {
  errors: null,
  activity: null,
  agents: null,
  untold: null,
  estimatedMicros: null,
  hunks: null,
} as const;

type GroupKey = (group: number) => string;

/** The groups of a period: those of time in their order, others by their output. */
export function readGroups(
  db: Database,
  query: MetricsQuery,
  by: GroupBy,
  words: ReadonlyMap<number, string>,
): MetricsGroup[] {
  const column = columnOf(by);
  const timed = column === "x.bucket";
  const whole = stretchOf(query.period, query.now);
  // Whole sessions have no time: groups of time need buckets.
  const stretch = timed && whole.tier === 0
    ? { tier: TIERS[TIERS.length - 1]!.seconds, from: 0, to: query.period.to }
    : whole;
  const where = whereOf(stretch, query);
  const name = timed ? localKeys(by) : wordKey(words);
  const groups = new Map<string, Parts>();
  const ofTools = by === "tool" || by === "extension";
  if (!ofTools) addModels(db, groups, { column, where, name, model: query.model });
  const knowsTools = by !== "model" && query.model === undefined;
  const table = by === "extension" ? "extension_sums" : "tool_sums";
  if (knowsTools) addTools(db, groups, { column, where, name }, table);
  const knowsInputs = knowsTools && !ofTools;
  if (knowsInputs) addInputs(db, groups, { column, where, name });
  const hasTimes = by !== "model" && by !== "extension";
  const times = hasTimes ? readGroupTimes(db, { ...query, column, name }) : undefined;
  for (const key of times?.keys ?? []) partsOf(groups, key);
  const result = [...groups].map(([key, parts]) => {
    const sums = totalsOf({
      models: ofTools ? null : named(MODEL_COUNTS, parts.models, words),
      tools: knowsTools ? named(TOOL_COUNTS, parts.tools, words) : null,
      inputs: knowsInputs ? inputCounts(inputPairs(parts)) : null,
      ...NOT_GROUPED,
      sessions: parts.sessions.size,
    });
    const totals = { sessions: parts.sessions.size, ...sums };
    const label = query.labels?.get(key);
    return {
      key,
      ...(label === undefined ? {} : { label }),
      totals,
      rates: ratesOf(totals),
      ...times?.of(key) ?? NO_TIMES,
    };
  });
  return timed ? result.sort((a, b) => a.key < b.key ? -1 : 1) : result.sort(byWeight);
}

/** Groups of hours or days with those between them in which nothing happened. */
export function fillTime(groups: readonly MetricsGroup[], by: "hour" | "day"): MetricsGroup[] {
  const first = groups[0], last = groups.at(-1);
  if (!first || !last) return [];
  const known = new Map(groups.map((group) => [group.key, group]));
  const filled = new Map<string, MetricsGroup>();
  const begin = Date.parse(by === "hour" ? `${first.key}:00` : `${first.key}T00:00`);
  // Hours, for days too: clocks are set forward and back.
  for (let at = begin; !filled.has(last.key); at += HOUR_MS) {
    const key = localKey(at, by);
    if (!filled.has(key)) filled.set(key, known.get(key) ?? emptyGroup(key));
  }
  return [...filled.values()];
}

function emptyGroup(key: string): MetricsGroup {
  const sums = { models: new Map(), tools: new Map(), inputs: inputCounts([]) };
  const totals = { sessions: 0, ...totalsOf({ ...sums, ...NOT_GROUPED, sessions: 0 }) };
  return { key, totals, rates: ratesOf(totals), ...NO_TIMES };
}

interface Reading {
  readonly column: string;
  readonly where: Where;
  readonly name: GroupKey;
}

type Groups = Map<string, Parts>;

function addModels(
  db: Database,
  groups: Groups,
  { model, where, ...reading }: Reading & { readonly model?: string | undefined },
): void {
  const ofModel = model === undefined
    ? where
    : and(where, "x.member = (select id from words where text = ?)", [model]);
  addRows(db, groups, { ...reading, where: ofModel }, "model_sums", MODEL_COUNTS, "models");
}

function addTools(
  db: Database,
  groups: Groups,
  reading: Reading,
  table: "tool_sums" | "extension_sums",
): void {
  addRows(db, groups, reading, table, TOOL_COUNTS, "tools");
}

function addInputs(db: Database, groups: Groups, { where, ...reading }: Reading): void {
  const counted = Object.keys(INPUT_NAMES).map((type) => EVENT_TYPES.indexOf(type as never));
  const ofCounted = and(where, `x.member in (${counted.join(", ")})`, []);
  addRows(db, groups, { ...reading, where: ofCounted }, "input_sums", INPUT_COUNTS, "inputs");
}

/** Adds up rows by group and member, and notes of each group in which sessions they are. */
function addRows(
  db: Database,
  groups: Groups,
  { column, where, name }: Reading,
  table: SumTableName,
  columns: readonly string[],
  part: "models" | "tools" | "inputs",
): void {
  const sums = columns.map((count) => `sum(x.${count})`).join(", ");
  // To ask for the sessions by themselves takes less than to add up the rows of each.
  const from = `from ${table} x join sessions s on s.id = x.session where ${where.sql}`;
  const rows = prepareArrays(db, `select ${column}, x.member, ${sums} ${from} group by 1, 2`)
    .all(...where.parameters) as unknown as (number | null)[][];
  for (const [group, member, ...counts] of rows) {
    const known = partsOf(groups, name(group ?? -1))[part];
    const before = known.get(member ?? -1);
    if (!before) known.set(member ?? -1, counts as number[]);
    else counts.forEach((count, i) => before[i]! += count ?? 0);
  }
  const [list] = prepareArrays(
    db,
    `select json_group_array(json_array(g, session))
     from (select distinct ${column} as g, x.session ${from})`,
  ).get(...where.parameters) as unknown as [string];
  for (const [group, session] of JSON.parse(list) as [number | null, number][]) {
    partsOf(groups, name(group ?? -1)).sessions.add(session);
  }
}

function and(where: Where, sql: string, parameters: readonly string[]): Where {
  return { sql: `${where.sql} and ${sql}`, parameters: [...where.parameters, ...parameters] };
}

function partsOf(groups: Groups, key: string): Parts {
  let parts = groups.get(key);
  if (!parts) {
    parts = { sessions: new Set(), models: new Map(), tools: new Map(), inputs: new Map() };
    groups.set(key, parts);
  }
  return parts;
}

/** Counts by the name of what they are of. */
function named<Name extends string>(
  names: readonly Name[],
  members: ReadonlyMap<number, readonly number[]>,
  words: ReadonlyMap<number, string>,
): Map<string, Counts<Name>> {
  return new Map(
    [...members].map(([member, counts]) =>
      [words.get(member) ?? "other", countsOf(names, counts, 0)] as const
    ).sort(([a], [b]) => a < b ? -1 : 1),
  );
}

function columnOf(by: GroupBy) {
  if (by === "model" || by === "tool" || by === "extension") return "x.member";
  if (by === "project") return "s.project";
  return by === "platform" ? "s.platform" : "x.bucket";
}

function inputPairs({ inputs }: Parts): [number, number][] {
  return [...inputs].map(([kind, [count = 0]]) => [kind, count]);
}

function wordKey(words: ReadonlyMap<number, string>): GroupKey {
  return (number) => words.get(number) ?? "unknown";
}

/** Local keys, each made once: a calendar is slow. */
function localKeys(by: GroupBy): GroupKey {
  const known = new Map<number, string>();
  return (bucket) => {
    let key = known.get(bucket);
    if (key === undefined) known.set(bucket, key = localKey(bucket, by));
    return key;
  };
}

/** The local hour, day, ISO week, month or weekday in which a bucket begins. */
export function localKey(bucket: number, by: GroupBy): string {
  const at = new Date(bucket);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = (of: Date) => `${of.getFullYear()}-${two(of.getMonth() + 1)}-${two(of.getDate())}`;
  if (by === "hour") return `${day(at)}T${two(at.getHours())}`;
  if (by === "day") return day(at);
  if (by === "month") return day(at).slice(0, 7);
  const weekday = (at.getDay() + 6) % 7;
  if (by === "weekday") return String(weekday + 1);
  const thursday = new Date(at.getFullYear(), at.getMonth(), at.getDate() - weekday + 3);
  const newYear = new Date(thursday.getFullYear(), 0, 1);
  const week = 1 + Math.floor(Math.round((+thursday - +newYear) / 86_400_000) / 7);
  return `${thursday.getFullYear()}-W${two(week)}`;
}

function byWeight(a: MetricsGroup, b: MetricsGroup): number {
  return (b.totals.tokens.output ?? 0) - (a.totals.tokens.output ?? 0) ||
    (b.totals.tool_uses ?? 0) - (a.totals.tool_uses ?? 0) || (a.key < b.key ? -1 : 1);
}
