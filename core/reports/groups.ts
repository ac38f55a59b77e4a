/**
 * The metrics report by model, tool, permission mode, project, platform, or local time.
 *
 * @module
 */

import { readOff } from "./off.ts";
import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import {
  INPUT_COUNTS,
  INPUT_NAMES,
  MODEL_COUNTS,
  TOOL_COUNTS,
  VERDICTS,
  WEB_SEARCH_MICROS,
} from "../session_counts.ts";
import { CALL_COUNTS, SHARE_COUNTS } from "../fates.ts";
import { type GroupTimes, NO_TIMES, readGroupTimes } from "./group_times.ts";
import { localKey, localKeys, localStart } from "./local_time.ts";
import type { MetricsQuery, PeriodTotals } from "./metrics_report.ts";
import { noShares, outcomeCostOf, sharedMicros, type Shares } from "./outcome_cost.ts";
import {
  addCounts,
  and,
  type Counts,
  countsOf,
  inputCounts,
  readPieces,
  readRows,
  stretchOf,
  type SumTableName,
  timedStretchOf,
  type Where,
  whereOf,
  withModel,
} from "./sums.ts";
import { type Rates, ratesOf, totalsOf } from "./totals.ts";

/** By what a report can be grouped. */
export const GROUPINGS = [
  "model",
  "tool",
  "project",
  "platform",
  "extension",
  "mode",
  "hour",
  "hour-of-day",
  "day",
  "week",
  "month",
  "weekday",
] as const;

/** One of {@linkcode GROUPINGS}. */
export type GroupBy = typeof GROUPINGS[number];

/** By what charts group besides. */
export type ChartGroupBy = GroupBy | "five_minutes" | "hour_of_week";

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
  readonly shares: Shares;
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

/** Where the kinds of calls hold what other tables of sums call their member. */
const CALL_COLUMNS: Readonly<Partial<Record<ChartGroupBy, string>>> = {
  model: "x.model",
  tool: "x.tool",
  extension: "x.extension",
};

/** Whether a row is of a call that stands there, and not of a share alone. */
const IS_CALL = ["uses", ...VERDICTS.map((verdict) => `edits_${verdict}`)]
  .map((name) => `x.${name}`).join(" + ") + " <> 0";

/** The name of a group, by what stands in its column. */
export type GroupKey = (group: number) => string;

/** The groups of a period: those of time in their order, others by their output. */
export function readGroups(
  db: Database,
  query: MetricsQuery,
  by: ChartGroupBy,
  words: ReadonlyMap<number, string>,
  withTimes = true,
): MetricsGroup[] {
  const timed = isOfTime(by);
  const stretch = (timed ? timedStretchOf : stretchOf)(query.period, query.now);
  const past = { from: stretch.from, to: Math.min(stretch.to, query.now) };
  const column = timed ? localStart(by, past) : groupColumn(by);
  const where = whereOf(stretch, query);
  const name = timed ? localKeys(by) : wordKey(words);
  const groups = new Map<string, Parts>();
  const ofTools = by === "tool" || by === "extension" || by === "mode";
  if (!ofTools) addModels(db, groups, { column, where, name }, query.model);
  const ofCalls = {
    column: CALL_COLUMNS[by] ?? column,
    where: withModel(where, query.model),
    name,
  };
  addCalls(db, groups, ofCalls, by, ofTools);
  const knowsInputs = by !== "model" && query.model === undefined && !ofTools;
  if (knowsInputs) addInputs(db, groups, { column, where, name });
  const hasTimes = withTimes && by !== "model" && by !== "extension";
  const times = hasTimes && column !== "x.mode"
    ? readGroupTimes(db, { ...query, column, name })
    : undefined;
  for (const key of times?.keys ?? []) partsOf(groups, key);
  const off = readOff(db);
  const result = [...groups].map(([key, parts]) => {
    const tools = named(TOOL_COUNTS, parts.tools, words);
    const sums = totalsOf({
      // Calls that name no response are of no model, and their cost is with that of their own.
      models: ofTools || by === "model" && parts.models.size === 0
        ? null
        : named(MODEL_COUNTS, parts.models, words),
      tools,
      inputs: knowsInputs ? inputCounts(inputPairs(parts)) : null,
      shares: parts.shares,
      off,
      ...NOT_GROUPED,
      sessions: parts.sessions.size,
    });
    const cost = ofTools ? costOfCalls(parts.shares, tools) : {};
    const totals = { sessions: parts.sessions.size, ...sums, ...cost };
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

/** A group in which nothing happened. */
export function emptyGroup(key: string): MetricsGroup {
  const sums = {
    models: new Map(),
    tools: new Map(),
    inputs: inputCounts([]),
    shares: noShares(),
  };
  const totals = { sessions: 0, ...totalsOf({ ...sums, ...NOT_GROUPED, sessions: 0 }) };
  return { key, totals, rates: ratesOf(totals), ...NO_TIMES };
}

interface Reading {
  readonly column: string;
  readonly where: Where;
  readonly name: GroupKey;
}

type Groups = Map<string, Parts>;
type ToolCounts = Counts<typeof TOOL_COUNTS[number]>;

function addModels(
  db: Database,
  groups: Groups,
  reading: Reading,
  model: string | undefined,
): void {
  const where = model === undefined
    ? reading.where
    : and(reading.where, "x.member = (select id from words where text = ?)", [model]);
  const of = { table: "model_sums", columns: MODEL_COUNTS, part: "models" } as const;
  addRows(db, groups, { ...reading, where }, of);
}

/** @param ofTools whether what responses cost that made no call is left out */
function addCalls(
  db: Database,
  groups: Groups,
  { column, where, name }: Reading,
  by: ChartGroupBy,
  ofTools: boolean,
): void {
  const read = hasTotals(column) ? readPieces : readRows;
  const member = by === "extension" ? "x.extension" : "x.tool";
  const shares: [key: string, shares: Shares][] = [];
  for (
    const row of read(db, "kind_sums", `${column}, ${member}, ${IS_CALL}`, CALL_COUNTS, where)
  ) {
    const [group, number, isCall, ...counts] = row as number[];
    const key = name(group ?? -1);
    if (isCall && number !== 0) {
      addTo(
        partsOf(groups, key).tools,
        number!,
        counts.slice(0, TOOL_COUNTS.length),
      );
    }
    // What no call was made for has no tool.
    if (number !== 0 || !ofTools) {
      shares.push([
        key,
        countsOf(SHARE_COUNTS, counts, TOOL_COUNTS.length),
      ]);
    }
  }
  addSessions(db, groups, {
    column,
    where: and(where, `${member} <> 0 and ${IS_CALL}`, []),
    name,
  }, "kind_sums");
  // Every share is of a response or call, which is there already.
  for (const [key, counts] of shares) {
    const parts = groups.get(key);
    if (parts) addCounts(SHARE_COUNTS, parts.shares, counts);
  }
}

/** What the responses cost that asked for the calls of a group, by the calls' shares of them. */
function costOfCalls(shares: Shares, tools: ReadonlyMap<string, ToolCounts>) {
  const searches = tools.values().reduce((sum, { web_searches }) => sum + web_searches, 0);
  const micros = sharedMicros(shares) + searches * WEB_SEARCH_MICROS;
  const isKnown = shares.priced_calls > 0 || searches > 0;
  const cost_usd = isKnown ? micros / 1e6 : null;
  const whole = { cost_usd, searches, areTokensKnown: shares.priced_calls > 0 };
  return { cost_usd, ...outcomeCostOf(shares, whole) };
}

function addInputs(db: Database, groups: Groups, reading: Reading): void {
  const counted = Object.keys(INPUT_NAMES).map((type) => EVENT_TYPES.indexOf(type as never));
  const where = and(reading.where, `x.member in (${counted.join(", ")})`, []);
  const of = { table: "input_sums", columns: INPUT_COUNTS, part: "inputs" } as const;
  addRows(db, groups, { ...reading, where }, of);
}

/** Rows of a table, and where their counts go. */
interface Rows {
  readonly table: SumTableName;
  readonly columns: readonly string[];
  readonly part: "models" | "inputs";
}

/** Adds up rows by group and member, and notes of each group in which sessions they are. */
function addRows(
  db: Database,
  groups: Groups,
  reading: Reading,
  { table, columns, part }: Rows,
): void {
  const { column, where, name } = reading;
  const read = hasTotals(column) ? readPieces : readRows;
  for (const row of read(db, table, `${column}, x.member`, columns, where)) {
    const [group, member, ...counts] = row as number[];
    addTo(partsOf(groups, name(group ?? -1))[part], member ?? -1, counts);
  }
  addSessions(db, groups, reading, table);
}

function addTo(members: Map<number, number[]>, member: number, counts: number[]): void {
  const known = members.get(member);
  if (!known) members.set(member, counts);
  else for (let i = 0; i < counts.length; i++) known[i]! += counts[i]!;
}

/** To ask for the sessions by themselves takes less than to add up the rows of each. */
function addSessions(
  db: Database,
  groups: Groups,
  { column, where, name }: Reading,
  table: SumTableName,
): void {
  const [list] = prepareArrays(
    db,
    `select json_group_array(json_array(${column}, x.session)) from ${table} x
     join sessions s on s.id = x.session where ${where.sql}`,
  ).get(...where.parameters) as unknown as [string];
  for (const [group, session] of JSON.parse(list) as [number | null, number][]) {
    partsOf(groups, name(group ?? -1)).sessions.add(session);
  }
}

/** Whether groups are told apart by what totals of all sessions tell. */
function hasTotals(column: string): boolean {
  return !column.includes("x.bucket") && !column.startsWith("s.");
}

function partsOf(groups: Groups, key: string): Parts {
  let parts = groups.get(key);
  if (!parts) {
    parts = {
      sessions: new Set(),
      models: new Map(),
      tools: new Map(),
      inputs: new Map(),
      shares: noShares(),
    };
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

function inputPairs({ inputs }: Parts): [number, number][] {
  return [...inputs].map(([kind, [count = 0]]) => [kind, count]);
}

/** Whether groups are stretches of time. */
export function isOfTime(by: ChartGroupBy): boolean {
  return groupColumn(by) === "x.bucket";
}

/** The column of sums `x` or sessions `s` that tells groups apart. */
export function groupColumn(by: ChartGroupBy) {
  if (by === "mode") return "x.mode";
  if (by === "model" || by === "tool" || by === "extension") return "x.member";
  if (by === "project") return "s.project";
  return by === "platform" ? "s.platform" : "x.bucket";
}

/** Names of groups that are words. */
export function wordKey(words: ReadonlyMap<number, string>): GroupKey {
  return (number) => words.get(number) ?? "unknown";
}

function byWeight(a: MetricsGroup, b: MetricsGroup): number {
  return (b.totals.tokens.output ?? 0) - (a.totals.tokens.output ?? 0) ||
    (b.totals.tool_uses ?? 0) - (a.totals.tool_uses ?? 0) || (a.key < b.key ? -1 : 1);
}
