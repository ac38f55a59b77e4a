/**
 * Which sessions a list shows, and in which order.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES } from "../event.ts";
import {
  INPUT_COUNTS,
  MODEL_COUNTS,
  type TOOL_COUNTS,
  type Verdict,
  VERDICTS,
} from "../session_counts.ts";
import { keepOfSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import { acceptanceRate } from "./acceptance.ts";
import { changedCodeOf, CODE_NAMES, type CodeCounts } from "./changed_code.ts";
import { costOf } from "./cost.ts";
import { readForkTimes } from "./lineage.ts";
import { goingOn, type Period } from "./period.ts";
import { readSessionHeads, type SessionHead } from "./session_heads.ts";
import {
  countedSessions,
  countsOf,
  readRows,
  type SessionFilter,
  type Where,
  wholeSessions,
} from "./sums.ts";
import type { SessionSort, SORT_ORDERS } from "./report_choices.ts";

/** What is asked of the order. */
export interface OrderQuery extends SessionFilter {
  /** @default {"recent"} */
  readonly sort?: SessionSort | undefined;
  /** By default the most comes first, of names the first; what is not known is always last. */
  readonly order?: typeof SORT_ORDERS[number] | undefined;
  /** Only these, by number. */
  readonly only?: ReadonlySet<number> | undefined;
  /** Only those whose id begins so. */
  readonly idBegins?: string | undefined;
  /** Only sessions that were going on in it. */
  readonly during?: Period | undefined;
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Only sessions that began in it. */
  readonly startedIn?: Period | undefined;
  /** Sessions whose share of accepted edits is below this, or not known, are left out. */
  readonly minAcceptance?: number | undefined;
}

/** A part of an ordered list. */
export interface SessionOrder {
  /** Numbers of sessions, in their order. */
  readonly shown: readonly number[];
  /** How many there are in all. */
  readonly total: number;
}

type Values = ReadonlyMap<number, number | null>;

const NO_CONDITION: Where = { sql: "", parameters: [] };
/** To find more, it is sooner to sort all. */
const FEW = 100;
const PROMPT = EVENT_TYPES.indexOf("user_prompt");

/** A part of the sessions in their order, by default all; ties go by the latest moment. */
export function readSessionOrder(
  db: Database,
  query: OrderQuery,
  [from, to]: readonly [from: number, to: number] = [0, Infinity],
): SessionOrder {
  const { sort = "recent", order = orderOf(sort), minAcceptance, only } = query;
  const wanted = readWanted(db, query);
  const rates = minAcceptance === undefined ? undefined : VALUES.acceptance(db);
  const passes = ({ number }: Pick<SessionHead, "number">) =>
    (wanted?.has(number) ?? true) && (only?.has(number) ?? true) &&
    (rates === undefined || (rates.get(number) ?? -1) >= minAcceptance!);
  // To look for one session no others need be known.
  if (wanted && wanted.size < 2) {
    const found = [...wanted].filter((number) => passes({ number }));
    return { shown: found.slice(from, to), total: found.length };
  }
  const all = readSessionHeads(db), found = wanted || only || rates ? all.filter(passes) : all;
  const numbersOf = (heads: readonly SessionHead[]) => heads.map(({ number }) => number);
  const total = found.length;
  if (sort === "recent" && order === "desc") {
    return { shown: numbersOf(found.slice(from, to)), total };
  }
  const values = valuesOf(db, sort, found, query.labels ?? new Map());
  // What is not known comes behind all that is; of what has no row nothing was counted.
  const sign = order === "asc" ? 1 : -1, uncounted = sort === "acceptance" ? null : 0;
  // To fill it so takes a quarter of the time that `from` does.
  const keys = new Float64Array(found.length);
  for (let i = 0; i < found.length; i++) {
    const value = values.get(found[i]!.number), known = value === undefined ? uncounted : value;
    keys[i] = known === null ? Infinity : sign * known;
  }
  return { shown: numbersOf(firstBy(found, keys, to).slice(from)), total };
}

/** So many with the least keys, in their order; those with the same key stay in theirs. */
function firstBy<T>(all: readonly T[], keys: Float64Array, count: number): T[] {
  const most = count < keys.length ? leastOf(keys, count).at(-1)! : Infinity;
  const places: number[] = [];
  for (let place = 0; place < keys.length; place++) if (keys[place]! <= most) places.push(place);
  // The difference of two infinities is no number.
  places.sort((a, b) => keys[a]! - keys[b]! || a - b);
  return places.slice(0, count).map((place) => all[place]!);
}

/** So many of the least keys, in their order: most keys are none of a few that are asked for. */
function leastOf(keys: Float64Array, count: number): Float64Array {
  if (count > FEW) return keys.toSorted().subarray(0, count);
  const least = new Float64Array(count).fill(Infinity);
  for (const key of keys) {
    let place = count - 1;
    if (key >= least[place]!) continue;
    for (; place > 0 && least[place - 1]! > key; place--) least[place] = least[place - 1]!;
    least[place] = key;
  }
  return least;
}

/** Numbers of the sessions that pass a filter; undefined where every one does. */
function readWanted(db: Database, query: OrderQuery): ReadonlySet<number> | undefined {
  const wheres = [
    countedSessions(query),
    beganIn(query.startedIn),
    goneOnIn(query.during),
    begunWith(query.idBegins),
  ];
  const conditions = wheres.map(({ sql }) => sql).join("");
  if (conditions === countedSessions({}).sql) return undefined;
  const [text] = prepareArrays(
    db,
    `select json_group_array(s.id) from sessions s where ${conditions}`,
  ).get(...wheres.flatMap(({ parameters }) => parameters)) as unknown as [string];
  return new Set(JSON.parse(text) as number[]);
}

/** In which order a list is sorted by a column where nothing else is said. */
export function orderOf(sort: SessionSort): typeof SORT_ORDERS[number] {
  return sort === "project" ? "asc" : "desc";
}

function valuesOf(
  db: Database,
  sort: SessionSort,
  heads: readonly SessionHead[],
  labels: ReadonlyMap<string, string>,
): Values {
  switch (sort) {
    case "recent":
      return new Map(heads.map(({ number, endedAt }) => [number, endedAt]));
    case "started":
      return new Map(heads.map(({ number, startedAt }) => [number, startedAt]));
    case "duration":
      return durationsOf(db, heads);
    case "project":
      return projectPlaces(db, heads, labels);
    default:
      return VALUES[sort](db);
  }
}

/** The place of each session's project among the names of all. */
function projectPlaces(
  db: Database,
  heads: readonly SessionHead[],
  labels: ReadonlyMap<string, string>,
): Values {
  const words = readWords(db);
  const nameOf = (project: number) => {
    const id = words.get(project) ?? "";
    return labels.get(id) ?? id;
  };
  const projects = [...new Set(heads.flatMap(({ project }) => project ?? []))];
  const names = [...new Set(projects.map(nameOf))].sort((a, b) => a.localeCompare(b, "en"));
  const places = new Map(projects.map((project) => [project, names.indexOf(nameOf(project))]));
  return new Map(
    heads.map(({ number, project }) => [number, places.get(project ?? -1) ?? null]),
  );
}

/** How long each lasted, a fork without what it inherited. */
function durationsOf(db: Database, heads: readonly SessionHead[]): Values {
  const forks = readForkTimes(db);
  return new Map(heads.map(({ number, startedAt, endedAt }) => {
    if (startedAt === null || endedAt === null) return [number, null];
    const inherited = Math.max(0, (forks.get(number) ?? 0) - startedAt);
    return [number, Math.max(0, endedAt - startedAt - inherited)];
  }));
}

function goneOnIn(period: Period | undefined): Where {
  if (!period) return NO_CONDITION;
  const { sql, parameters } = goingOn(period);
  return { sql: ` and ${sql}`, parameters };
}

function begunWith(text: string | undefined): Where {
  if (text === undefined) return NO_CONDITION;
  return { sql: " and substr(s.session_id, 1, length(?)) = ?", parameters: [text, text] };
}

function beganIn(period: Period | undefined): Where {
  if (!period) return NO_CONDITION;
  const { from, to } = period;
  if (from === undefined) return { sql: " and s.started_at < ?", parameters: [to] };
  return { sql: " and s.started_at >= ? and s.started_at < ?", parameters: [from, to] };
}

/** What each session cost, by its number; null where that is not known. */
export const readSessionCosts = keepOfSessions(costsOfSessions);

type CountSort = Exclude<SessionSort, "recent" | "started" | "duration" | "project">;

const VALUES = {
  cost: readSessionCosts,
  tokens: keepOfSessions((db, sessions) =>
    readModels(db, sessions).map(([number, counts]) =>
      [
        number,
        counts.messages === counts.messages_without_tokens ? null : counts.output,
      ] as const
    )
  ),
  prompts: keepOfSessions((db, sessions) => {
    const where = wholeSessions(sessions);
    return readRows(db, "input_sums", "x.session, x.member", INPUT_COUNTS, where)
      .filter(([, member]) => member === PROMPT)
      .map(([number, , count]) => [number!, count!] as const);
  }),
  tools: toolValues("uses"),
  failed: toolValues("failed"),
  rejected: toolValues("rejected"),
  lines: keepOfSessions(addedLines),
  acceptance: keepOfSessions(acceptances),
} satisfies Record<CountSort, (db: Database) => Values>;

function addedLines(db: Database, sessions?: readonly number[]) {
  const where = wholeSessions(sessions), words = readWords(db);
  const rows = readRows(db, "tool_sums", "x.session, x.member", CODE_NAMES, where);
  const toolsOf = new Map<number, Map<string, CodeCounts>>();
  for (const row of rows) {
    const tools = toolsOf.getOrInsertComputed(row[0]!, () => new Map());
    tools.set(words.get(row[1]!) ?? "other", countsOf(CODE_NAMES, row, 2));
  }
  return toolsOf.entries().map(([number, tools]) =>
    [number, changedCodeOf(tools).lines_added] as const
  ).toArray();
}

function toolValues(name: "uses" | "failed" | "rejected") {
  return keepOfSessions((db, sessions) =>
    readTools(db, [name], wholeSessions(sessions))
      .map(([number, counts]) => [number, counts[name]] as const)
  );
}

/** The same as it is read: of these sessions, or of all. */
export function costsOfSessions(db: Database, sessions?: readonly number[]) {
  const { sql, parameters } = wholeSessions(sessions);
  // Few calls search, and an index knows them.
  const searching = { parameters, sql: `${sql} and x.web_searches <> 0` };
  const searches = new Map(
    readTools(db, ["web_searches"], searching).map(([number, counts]) => [
      number,
      counts.web_searches,
    ]),
  );
  return readModels(db, sessions).map(([number, counts]) =>
    [number, costOf([counts], searches.get(number) ?? 0).cost_usd] as const
  );
}

function acceptances(db: Database, sessions?: readonly number[]) {
  const names = VERDICTS.map((name) => `edits_${name}` as const);
  return readTools(db, names, wholeSessions(sessions)).map(([number, counts]) => {
    const verdicts = VERDICTS.map((name) => [name, counts[`edits_${name}`]] as const);
    const rate = acceptanceRate(Object.fromEntries(verdicts) as Record<Verdict, number>);
    return [number, rate?.value ?? null] as const;
  });
}

function readModels(db: Database, sessions: readonly number[] | undefined) {
  return readRows(db, "model_sums", "x.session", MODEL_COUNTS, wholeSessions(sessions))
    .map((row) => [row[0]!, countsOf(MODEL_COUNTS, row)] as const);
}

function readTools<Name extends typeof TOOL_COUNTS[number]>(
  db: Database,
  names: readonly Name[],
  where: Where,
) {
  return readRows(db, "tool_sums", "x.session", names, where)
    .map((row) => [row[0]!, countsOf(names, row)] as const);
}
