/**
 * What responses cost and used, step by step, and by model, project or platform within each step.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { CALL_COUNTS } from "../fates.ts";
import { MODEL_COUNTS } from "../session_counts.ts";
import { readWords } from "../words.ts";
import { keptTiers } from "../tiers.ts";
import { type Cost, costOf, PRICED_COUNTS, type PricedCounts } from "./cost.ts";
import { modelNumber, readKinds } from "./digest_parts.ts";
import { readGroupedDigests } from "./digests.ts";
import type { ChartGroupBy } from "./groups.ts";
import { localKeys, localStart } from "./local_time.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { timedStretchOf } from "./pieces.ts";
import { wilsonRate } from "./rates.ts";
import { keepUntilChange } from "./until_change.ts";
import {
  addCounts,
  and,
  countsOf,
  readRows,
  sessionConditions,
  type Where,
  whereOf,
} from "./sums.ts";

/** By what steps can be told apart, and where that stands. */
const MEMBERS = { model: "x.member", project: "s.project", platform: "s.platform" } as const;
/** The same of calls. */
const CALL_MEMBERS = { ...MEMBERS, model: "x.model" } as const;

/** One of `model`, `project`, `platform`. */
export type UsageGroup = keyof typeof MEMBERS;

/** What is known of one step, or of one member in it; null is not known. */
export interface Usage extends Cost {
  /** Input with its cached parts, and output. */
  readonly tokens: number | null;
  readonly tokens_output: number | null;
  /** Whether tokens may be more than is told: of some response the last output is not known. */
  readonly output_is_lower_bound: boolean;
  /** Of the input, what came out of the cache. */
  readonly cache_hit_rate: number | null;
  readonly assistant_messages: number;
}

/** Usage by step, as `localKey` names it, and by member; all of a step stand under "". */
export type UsageOverTime = ReadonlyMap<string, ReadonlyMap<string, Usage>>;

const PLACES = PRICED_COUNTS.map((name) => MODEL_COUNTS.indexOf(name));
const SEARCHES = CALL_COUNTS.indexOf("web_searches");

interface Sums {
  readonly counts: PricedCounts;
  searches: number;
}

/** Reads it. Steps and members in which nothing was used are left out. */
export function readUsageOverTime(
  db: Database,
  query: MetricsQuery,
  step: ChartGroupBy,
  by?: UsageGroup,
): UsageOverTime {
  const isWhole = sessionConditions(query).sql === "" && step !== "five_minutes";
  const read = isWhole && (by === undefined || by === "model") ? readDigests : readSums;
  const steps: Steps = new Map();
  read(db, query, { step, by }, (key, name) => {
    const members = steps.getOrInsertComputed(key, () => new Map());
    return members.getOrInsertComputed(name, () => ({
      counts: countsOf(PRICED_COUNTS, []),
      searches: 0,
    }));
  });
  return new Map([...steps].map(([key, members]) =>
    [
      key,
      new Map([...members].map(([name, sums]) => [name, usageOf(sums)])),
    ] as const
  ));
}

type Steps = Map<string, Map<string, Sums>>;

interface Grouping {
  readonly step: ChartGroupBy;
  readonly by: UsageGroup | undefined;
}

/** The sums of a step and a member. */
type SumsOf = (key: string, name: string) => Sums;

function readDigests(
  db: Database,
  query: MetricsQuery,
  { step, by }: Grouping,
  sumsOf: SumsOf,
): void {
  const words = readWords(db), kinds = readKinds(db);
  const model = query.model === undefined ? undefined : modelNumber(query.model, words);
  const isAsked = (member: number) => model === undefined || member === model;
  const nameOf = (member: number) => by === undefined ? "" : words.get(member) ?? "";
  const parts = { whole: false, times: false, tools: false }, { period, now } = query;
  const grouping = { group: "time", by: step, name: localKeys(step) } as const;
  const digests = readGroupedDigests(db, { period, now, filter: query, parts }, grouping);
  for (const [key, { models, calls }] of digests) {
    for (const [member, counts] of models) {
      if (!isAsked(member)) continue;
      const sums = sumsOf(key, nameOf(member)).counts;
      PRICED_COUNTS.forEach((name, i) => sums[name] += counts[PLACES[i]!]!);
    }
    for (const [kind, counts] of calls) {
      const searches = counts[SEARCHES]!;
      if (searches === 0) continue;
      const member = kinds.get(kind)!.model;
      if (isAsked(member)) sumsOf(key, nameOf(member)).searches += searches;
    }
  }
}

function readSums(
  db: Database,
  query: MetricsQuery,
  { step, by }: Grouping,
  sumsOf: SumsOf,
): void {
  const stretch = timedStretchOf(query.period, query.now, keptTiers(db));
  const start = localStart(step, { from: stretch.from, to: Math.min(stretch.to, query.now) });
  const words = readWords(db), nameStep = localKeys(step);
  const of = (bucket: number, member: number | null) =>
    sumsOf(nameStep(bucket), by === undefined ? "" : words.get(member ?? -1) ?? "");
  const where = whereOf(stretch, query);
  const responses = by === undefined ? start : `${start}, ${MEMBERS[by]}`;
  for (const row of readRows(db, "model_sums", responses, PRICED_COUNTS, ofModel(where, query))) {
    const counts = countsOf(PRICED_COUNTS, row, by === undefined ? 1 : 2);
    addCounts(PRICED_COUNTS, of(row[0]!, row[1] ?? null).counts, counts);
  }
  for (const [bucket, member, searches] of readSearches(db, query, start, where, by)) {
    of(bucket, member).searches += searches;
  }
}

function ofModel(where: Where, { model }: MetricsQuery): Where {
  if (model === undefined) return where;
  return and(where, "x.member = (select id from words where text = ?)", [model]);
}

/** Searches of the web that ran beside a response: they cost as well. */
function readSearches(
  db: Database,
  { model }: MetricsQuery,
  start: string,
  where: Where,
  by: UsageGroup | undefined,
): [bucket: number, member: number | null, searches: number][] {
  if (!hasSearches(db)) return [];
  const member = by === undefined ? "null" : CALL_MEMBERS[by];
  const some = and(where, "x.web_searches > 0", []);
  const asked = model === undefined
    ? some
    : and(some, "x.model = (select id from words where text = ?)", [model]);
  return readRows(db, "kind_sums", `${start}, ${member}`, ["web_searches"], asked) as [
    number,
    number | null,
    number,
  ][];
}

const keptSearches = keepUntilChange<boolean>(1);

/** Whether any call ever searched the web, in the words of the index that knows them. */
export function hasSearches(db: Database): boolean {
  return keptSearches(db, "", () => {
    const [are] = prepareArrays(
      db,
      `select exists (select 1 from call_sums indexed by call_sums_searches
         where tier = 0 and web_searches <> 0)`,
    ).get() as unknown as [number];
    return are === 1;
  });
}

function usageOf({ counts, searches }: Sums): Usage {
  const { messages, messages_without_tokens, input, output, cache_read, cache_creation } = counts;
  const isUntold = messages > 0 && messages_without_tokens === messages;
  const tokens = input + output + cache_read + cache_creation;
  return {
    ...costOf([counts], searches),
    cache_hit_rate: wilsonRate(cache_read, input + cache_read + cache_creation)?.value ?? null,
    tokens: isUntold ? null : tokens,
    tokens_output: isUntold ? null : output,
    output_is_lower_bound: counts.messages_without_stop_reason > 0 && tokens > 0,
    assistant_messages: messages,
  };
}
