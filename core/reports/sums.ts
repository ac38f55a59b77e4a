/**
 * Reads the sums of sessions and stretches of time, as a report asks for them.
 *
 * @module
 */

import type { OffCategory } from "../capture_choices.ts";
import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import {
  INPUT_COUNTS,
  INPUT_NAMES,
  type InputName,
  MODEL_COUNTS,
  TOOL_COUNTS,
} from "../session_counts.ts";
import { keptTiers } from "../tiers.ts";
import { type Activity, readActivity, readFiles } from "./activity.ts";
import type { MemberCounts } from "./digest.ts";
import {
  inputsOf,
  modelNumber,
  modelsOf,
  ofModel as digestOfModel,
  readKinds,
  searchesByModel,
  searchesOf,
  sharesOf,
  toolsOf,
} from "./digest_parts.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { among, ofSessions } from "../kept_sessions.ts";
import { readShares, type Shares } from "./outcome_cost.ts";
import { readEstimatedMicros, readHunks, type ReviewedHunks } from "./own_counts.ts";
import { readOff } from "./off.ts";
import type { Period } from "./period.ts";
import { countSessions } from "./session_count.ts";
import { countRewoundTurns } from "./session_tree.ts";
import { alignedPeriod, byTier, isOfTier, type Stretch, stretchOf } from "./pieces.ts";
import { readUntold, type Untold } from "./unknown.ts";

/** What of the sessions is meant; everything without a filter. */
export interface SessionFilter {
  readonly platform?: string | undefined;
  /** Hash of a project, or of several that are meant together. */
  readonly project?: string | readonly string[] | undefined;
  readonly session?: string | undefined;
  readonly model?: string | undefined;
}

/** Counts by name. */
export type Counts<Name extends string> = Record<Name, number>;

/** Sums by model, by tool and by kind of input. Null where the filter makes them unknowable. */
export interface Sums {
  readonly models: ReadonlyMap<string, Counts<typeof MODEL_COUNTS[number]>> | null;
  readonly tools: ReadonlyMap<string, Counts<typeof TOOL_COUNTS[number]>> | null;
  readonly inputs: Counts<InputName> | null;
  /** Failed tool calls by class of error. */
  readonly errors: ReadonlyMap<string, number> | null;
  readonly activity: Activity | null;
  readonly agents: number | null;
  readonly sessions: number;
  /** Sessions of which tokens and cost are not kept. */
  readonly untold: Untold | null;
  /** Millionths of a dollar, by a client's own estimate. */
  readonly estimatedMicros: number | null;
  readonly hunks: ReviewedHunks | null;
  /** Turns that were taken back. */
  readonly rewound: number | null;
  /** What the cost went to. */
  readonly shares: Shares | null;
  /** Searches of the web that ran beside responses, by the model of those. @default none */
  readonly searches?: ReadonlyMap<string, number>;
  /** What is not captured. @default [] */
  readonly off?: readonly OffCategory[];
}

/** A condition, and what its places hold. */
export interface Where {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Each platform once: with all of them an index finds a session whose platform is not named. */
const PLATFORMS = `with recursive known(platform) as (
  select min(platform) from sessions
  union all
  select (select min(s.platform) from sessions s where s.platform > k.platform)
  from known k where k.platform is not null) select platform from known`;

const NOTHING = new WeakMap<readonly string[], Counts<string>>();

/** All sums of a period. */
export function readSums(
  db: Database,
  period: Period,
  filter: SessionFilter,
  now: number,
  words: ReadonlyMap<number, string>,
): Sums {
  const stretch = stretchOf(period, now, keptTiers(db)), where = whereOf(stretch, filter);
  const ofModel = filter.model !== undefined;
  const isFiltered = sessionConditions(filter).sql !== "";
  const of = isFiltered ? readFiltered : readAll;
  return {
    ...of(db, { period, filter, now, where }, words),
    agents: null,
    sessions: countSessions(db, { period, filter, stretch }),
    untold: readUntold(db, period, filter),
    estimatedMicros: ofModel ? null : readEstimatedMicros(db, period, filter),
    hunks: ofModel ? null : readHunks(db, period, filter),
    rewound: ofModel ? null : countRewoundTurns(db, period, filter),
    off: readOff(db),
  };
}

type Counted = Pick<
  Sums,
  "models" | "tools" | "inputs" | "errors" | "activity" | "shares" | "searches"
>;

interface SumsQuery {
  readonly period: Period;
  readonly filter: SessionFilter;
  readonly now: number;
  readonly where: Where;
}

function readAll(
  db: Database,
  { period, filter, now }: SumsQuery,
  words: ReadonlyMap<number, string>,
): Counted {
  const kinds = readKinds(db), all = readDigest(db, wholeQuery(period, filter, now));
  const ofModel = filter.model !== undefined;
  const digest = ofModel ? digestOfModel(all, modelNumber(filter.model!, words), kinds) : all;
  return {
    models: modelsOf(digest.models, words),
    tools: toolsOf(digest.calls, kinds, words),
    inputs: ofModel ? null : inputsOf(digest.inputs),
    errors: ofModel ? null : errorsOf(digest.errors, words),
    activity: ofModel ? null : {
      durationMs: digest.durationMs,
      activeMs: digest.activeMs,
      overlap: digest.overlap,
      files: readFiles(db, { period: alignedPeriod(period, now, keptTiers(db)), filter }),
    },
    shares: sharesOf(digest.calls, kinds),
    searches: searchesOf(digest.calls, kinds, words),
  };
}

function readFiltered(
  db: Database,
  { period, filter, now, where }: SumsQuery,
  words: ReadonlyMap<number, string>,
): Counted {
  const ofModel = filter.model !== undefined;
  const ofThisModel = withModel(where, filter.model);
  const { shares, searches } = readShares(db, ofThisModel);
  return {
    models: readModels(db, where, words, filter.model),
    tools: readTools(db, ofThisModel, words),
    inputs: ofModel ? null : readInputs(db, where),
    errors: ofModel ? null : readErrors(db, where, words),
    activity: ofModel
      ? null
      : readActivity(db, { period: alignedPeriod(period, now, keptTiers(db)), filter }),
    shares,
    searches: searchesByModel(searches, words),
  };
}

/** The condition on a sum table `x` of whole sessions: of these, or of all. */
export function wholeSessions(sessions: readonly number[] | undefined): Where {
  return {
    sql: `${isOfTier(0)} and x.bucket = 0${ofSessions("x.session", sessions)}`,
    parameters: among(sessions),
  };
}

/** The condition on a sum table `x` joined with sessions `s`. */
export function whereOf(stretch: Stretch, filter: SessionFilter): Where {
  const { sql, parameters } = sessionConditions(filter);
  const [{ tier, from, to }, tail] = byTier(stretch) as [Stretch, Stretch?];
  const within = "x.bucket >= ? and x.bucket < ?";
  if (!tail) {
    return {
      sql: `${isOfTier(tier)} and ${within}${sql}`,
      parameters: [from, to, ...parameters],
    };
  }
  // Of two conditions with "or" SQLite would look at each row whether it has it already.
  const ofEither = `x.tier in (${tier}, ${tail.tier}) and (x.tier = ${tier}) = (x.bucket < ?)`;
  return {
    sql: `${ofEither} and ${within}${sql}`,
    parameters: [to, from, tail.to, ...parameters],
  };
}

/** The same of one model, where a table of calls is asked. */
export function withModel(where: Where, model: string | undefined): Where {
  if (model === undefined) return where;
  return and(where, "x.model = (select id from words where text = ?)", [model]);
}

/** Both conditions. */
export function and({ sql, parameters }: Where, more: string, values: readonly string[]): Where {
  return { sql: `${sql} and ${more}`, parameters: [...parameters, ...values] };
}

/** What a filter says of sessions `s`: conditions that follow others. */
export function sessionConditions(filter: SessionFilter): Where {
  const conditions: string[] = [];
  const parameters: string[] = [];
  const add = (condition: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(` and ${condition}`);
    parameters.push(value);
  };
  if (filter.platform === undefined && filter.session !== undefined) {
    conditions.push(` and s.platform in (${PLATFORMS})`);
  }
  add("s.platform = (select id from words where text = ?)", filter.platform);
  add("s.session_id = ?", filter.session);
  const projects = [filter.project ?? []].flat();
  if (projects.length > 0) {
    const places = projects.map(() => "?").join(", ");
    conditions.push(` and s.project in (select id from words where text in (${places}))`);
    parameters.push(...projects);
  }
  return { sql: conditions.join(""), parameters };
}

/** The condition on sessions `s` that count, that pass a filter, and that used its model. */
export function countedSessions(filter: SessionFilter): Where {
  const { sql, parameters } = sessionConditions(filter);
  if (filter.model === undefined) return { sql: `s.counted = 1${sql}`, parameters };
  return {
    sql: `s.counted = 1${sql} and exists (
      select 1 from model_sums where tier = 0 and bucket = 0 and session = s.id
        and member = (select id from words where text = ?))`,
    parameters: [...parameters, filter.model],
  };
}

/** The tables of sums. */
export type SumTableName =
  | "model_sums"
  | "kind_sums"
  | "tool_sums"
  | "extension_sums"
  | "error_sums"
  | "input_sums"
  | "attribution_sums";

/** The rows of a sum table, added up by what `group` names. */
export function readRows(
  db: Database,
  table: SumTableName,
  group: string,
  columns: readonly string[],
  { sql, parameters }: Where,
): (number | null)[][] {
  const sums = columns.map((name) => `sum(x.${name})`).join(", ");
  // To look up the session of each row is for what asks for it alone.
  const sessions = /\bs\./.test(`${group} ${sql}`) ? " join sessions s on s.id = x.session" : "";
  return prepareArrays(
    db,
    `select ${group}, ${sums} from ${table} x${sessions} where ${sql} group by ${group}`,
  ).all(...parameters) as unknown as (number | null)[][];
}

function readModels(
  db: Database,
  where: Where,
  words: ReadonlyMap<number, string>,
  model: string | undefined,
) {
  const rows = readRows(db, "model_sums", "x.member", MODEL_COUNTS, where);
  const models = byName(rows.map((row) => [nameOf(row, words), countsOf(MODEL_COUNTS, row)]));
  if (model === undefined) return models;
  return new Map([...models].filter(([name]) => name === model));
}

function readTools(
  db: Database,
  where: Where,
  words: ReadonlyMap<number, string>,
) {
  const rows = readRows(db, "tool_sums", "x.member", TOOL_COUNTS, where);
  return byName(rows.map((row) => [nameOf(row, words), countsOf(TOOL_COUNTS, row)]));
}

function readErrors(db: Database, where: Where, words: ReadonlyMap<number, string>) {
  const rows = readRows(db, "error_sums", "x.member", INPUT_COUNTS, where);
  return byName(rows.map((row) => [nameOf(row, words), row[1] ?? 0]));
}

function errorsOf(errors: MemberCounts, words: ReadonlyMap<number, string>) {
  return byName([...errors].map(([error, [count = 0]]) => [words.get(error) ?? "other", count]));
}

function readInputs(db: Database, where: Where): Counts<InputName> {
  const rows = readRows(db, "input_sums", "x.member", INPUT_COUNTS, where);
  return inputCounts(rows.map(([kind, count]) => [kind ?? -1, count ?? 0]));
}

/** Counts of inputs by the name they are reported under, from pairs of kind and count. */
export function inputCounts(pairs: readonly (readonly [number, number])[]): Counts<InputName> {
  const byKind = new Map(pairs);
  return Object.fromEntries(
    Object.entries(INPUT_NAMES).map(([type, name]) => [
      name,
      byKind.get(EVENT_TYPES.indexOf(type as keyof typeof INPUT_NAMES)) ?? 0,
    ]),
  ) as Counts<InputName>;
}

/** In the order of names: that of the database is the order in which words came. */
export function byName<T>(rows: readonly (readonly [string, T])[]): Map<string, T> {
  return new Map(rows.toSorted(([a], [b]) => a < b ? -1 : 1));
}

function nameOf(row: readonly (number | null)[], words: ReadonlyMap<number, string>): string {
  return words.get(row[0] ?? -1) ?? "other";
}

/** Counts of a row behind `skip` leading columns. */
export function countsOf<Name extends string>(
  names: readonly Name[],
  row: readonly (number | null)[],
  skip = 1,
): Counts<Name> {
  const counts = { ...nothingOf(names) };
  for (let i = 0; i < names.length; i++) counts[names[i]!] = row[i + skip] ?? 0;
  return counts;
}

/** An object is copied sooner than it is made. */
function nothingOf<Name extends string>(names: readonly Name[]): Counts<Name> {
  return NOTHING.getOrInsertComputed(
    names,
    () => Object.fromEntries(names.map((name) => [name, 0])),
  ) as Counts<Name>;
}

/** Adds to the first what the second is. */
export function addCounts<Name extends string>(
  names: readonly Name[],
  a: Counts<Name>,
  b: Counts<Name>,
): Counts<Name> {
  for (const name of names) a[name] += b[name];
  return a;
}
