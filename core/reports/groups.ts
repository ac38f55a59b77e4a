/**
 * The metrics report by model, tool, permission mode, project, platform, or local time.
 *
 * @module
 */

import type { OffCategory } from "../capture_choices.ts";
import type { Database } from "../database.ts";
import { TOOL_COUNTS, WEB_SEARCH_MICROS } from "../session_counts.ts";
import type { Digest } from "./digest.ts";
import {
  type CallKinds,
  inputsOf,
  isGroup,
  isNamed,
  listsOf,
  type MemberGroup,
  modelNumber,
  modelsOf,
  ofCalls,
  ofModel,
  readKinds,
  searchesOf,
  sessionCounter,
  sharesOf,
  splitDigest,
  toolsOf,
} from "./digest_parts.ts";
import { costOf } from "./cost.ts";
import { readDigest, readGroupedDigests, wholeQuery } from "./digests.ts";
import { isOfTime } from "./group_column.ts";
import { type GroupTimes, groupTimes, NO_TIMES } from "./group_times.ts";
import { localKeys } from "./local_time.ts";
import type { MetricsQuery, PeriodTotals } from "./metrics_report.ts";
import { readOff } from "./off.ts";
import { noShares, outcomeCostOf, sharedMicros, type Shares } from "./outcome_cost.ts";
import { type Counts, inputCounts } from "./sums.ts";
import { type Rates, ratesOf, totalsOf } from "./totals.ts";
import type { GroupBy } from "./report_choices.ts";
import { readSilent, readUnread, someUntold } from "./unknown.ts";

/** By what charts group besides. */
export type ChartGroupBy = GroupBy | "five_minutes" | "hour_of_week";

/** What is asked of groups. */
export interface GroupsQuery extends MetricsQuery {
  /** Which calls are meant, where the groups are of calls. @default all */
  readonly calls?: ((tool: string, extension: string | undefined) => boolean) | undefined;
}

/** One group of a report. */
export interface MetricsGroup extends GroupTimes {
  readonly key: string;
  /** A name for this machine's user, where there is one. */
  readonly label?: string;
  readonly totals: PeriodTotals;
  readonly rates: Rates;
}

/** What it marks is of one count alone. */
const countSessions = sessionCounter();

const NOBODY: ReadonlySet<number> = new Set();

/** What is read of whole periods and sessions alone. */
const NOT_GROUPED = {
  errors: null,
  activity: null,
  agents: null,
  untold: null,
  estimatedMicros: null,
  hunks: null,
  rewound: null,
} as const;

/** The name of a group, by what stands in its column. */
export type GroupKey = (group: number) => string;

/** The groups of a period: those of time in their order, others by their output. */
export function readGroups(
  db: Database,
  query: GroupsQuery,
  by: ChartGroupBy,
  words: ReadonlyMap<number, string>,
  withTimes = true,
): MetricsGroup[] {
  const model = query.model === undefined ? undefined : modelNumber(query.model, words);
  const ofTools = by === "tool" || by === "extension" || by === "mode";
  const ofMembers = ofTools || by === "model";
  const hasTimes = withTimes && !["model", "extension", "mode"].includes(by) &&
    model === undefined;
  const asked = {
    period: query.period,
    now: query.now,
    filter: query,
    parts: { whole: false, times: hasTimes, tools: hasTimes && by === "tool" },
  };
  const kinds = readKinds(db), name = isOfTime(by) ? localKeys(by) : wordKey(words);
  const group = isOfTime(by) ? "time" : by === "platform" ? "platform" : "project";
  // What the report reads of the period itself has all but the times of tools.
  const ofPeriod = asked.parts.tools ? asked : wholeQuery(query.period, query, query.now);
  const whole = ofMembers ? meantOf(readDigest(db, ofPeriod), query, kinds, words) : undefined;
  const digests = whole
    ? splitDigest(whole, kinds, by as MemberGroup, name)
    : readGroupedDigests(db, asked, { group, by, name });
  const knowsInputs = model === undefined && !ofMembers, off = readOff(db);
  const hasCosts = !whole || costOf(modelsOf(whole.models, words).values(), 0).cost_usd !== null;
  const silent = ofTools ? NOBODY : readSilent(db, query.period, query);
  const unread = ofTools ? NOBODY : readUnread(db, query.period, query);
  const known = { ofTools, knowsInputs, hasTimes, hasCosts };
  const mark = JSON.stringify([by, known, off, [...silent], [...unread]]);
  const parts = { mark, by, ...known, silent, unread, off, kinds, words };
  const result: MetricsGroup[] = [];
  for (const [key, all] of digests) {
    const digest = model === undefined ? all : ofModel(all, model, kinds);
    const numbers = keptOrMade(digest, parts);
    if (!numbers) continue;
    // By name: hours of a year are spread five times as slowly.
    const { totals, rates, latency, time } = numbers, label = query.labels?.get(key);
    const group = { key, totals, rates, latency, time };
    result.push(label === undefined ? group : { key, label, totals, rates, latency, time });
  }
  return isOfTime(by) ? result.sort((a, b) => a.key < b.key ? -1 : 1) : result.sort(byWeight);
}

function meantOf(
  digest: Digest,
  { calls }: GroupsQuery,
  kinds: CallKinds,
  words: ReadonlyMap<number, string>,
): Digest {
  if (calls === undefined) return digest;
  return ofCalls(
    digest,
    kinds,
    ({ tool, extension }) => calls(words.get(tool) ?? "other", words.get(extension)),
  );
}

type GroupNumbers = Omit<MetricsGroup, "key" | "label">;

/** Of what a group is made besides its digest. */
interface GroupParts {
  /** Of all but what is named. */
  readonly mark: string;
  readonly by: ChartGroupBy;
  readonly ofTools: boolean;
  readonly knowsInputs: boolean;
  readonly hasTimes: boolean;
  /** Whether any response of all groups tells what it cost. */
  readonly hasCosts: boolean;
  /** Sessions that tell no tokens. */
  readonly silent: ReadonlySet<number>;
  /** Of these those of which nothing was read. */
  readonly unread: ReadonlySet<number>;
  readonly off: readonly OffCategory[];
  readonly kinds: CallKinds;
  readonly words: ReadonlyMap<number, string>;
}

/** What was made of a digest. */
interface Made {
  readonly mark: string;
  /** How many names were known, where one of its own was not. */
  readonly names: number | undefined;
  /** Undefined where it is no group. */
  readonly numbers: GroupNumbers | undefined;
}

/** What a reader keeps of a group is the same digest each time, until something in it changes. */
const MADE = new WeakMap<Digest, Made>();

function keptOrMade(
  digest: Digest,
  parts: GroupParts,
): GroupNumbers | undefined {
  const { mark, knowsInputs, hasTimes, kinds, words } = parts, known = MADE.get(digest);
  // Words and kinds are only added; what is not known yet is "other".
  const names = kinds.size + words.size;
  if (known?.mark === mark && (known.names ?? names) === names) return known.numbers;
  const isOne = isGroup(digest, kinds, knowsInputs, hasTimes);
  const numbers = isOne ? numbersOf(digest, parts) : undefined;
  MADE.set(digest, {
    mark,
    names: isNamed(digest, kinds, words) ? undefined : names,
    numbers,
  });
  return numbers;
}

function numbersOf(
  digest: Digest,
  { by, ofTools, knowsInputs, hasTimes, hasCosts, silent, unread, off, kinds, words }: GroupParts,
): GroupNumbers {
  // Calls whose response does not stand there have its searches alone.
  const isOfCalls = ofTools || by === "model" && digest.models.size === 0;
  const shares = sharesOf(digest.calls, kinds, isOfCalls);
  const tools = toolsOf(digest.calls, kinds, words);
  const sums = totalsOf({
    models: isOfCalls ? null : modelsOf(digest.models, words),
    searches: searchesOf(digest.calls, kinds, words),
    tools,
    inputs: knowsInputs ? inputsOf(digest.inputs) : null,
    shares,
    off,
    ...NOT_GROUPED,
    untold: silent.size === 0
      ? null
      : someUntold(listsOf(digest, knowsInputs).flat(), silent, unread),
    sessions: 0,
  });
  const cost = isOfCalls ? costOfCalls(shares, tools, hasCosts) : {};
  let sessions: number | undefined;
  const totals = {
    // To count them takes longer than all the rest, and not every report tells of them.
    get sessions() {
      return sessions ??= countSessions(listsOf(digest, knowsInputs));
    },
    ...sums,
    ...cost,
  };
  return {
    totals,
    rates: ratesOf(totals),
    ...(hasTimes ? groupTimes(digest, by === "tool") : NO_TIMES),
  };
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

type ToolCounts = Counts<typeof TOOL_COUNTS[number]>;

/** What the responses cost that asked for the calls of a group, by the calls' shares of them. */
function costOfCalls(shares: Shares, tools: ReadonlyMap<string, ToolCounts>, hasCosts: boolean) {
  const searches = tools.values().reduce((sum, { web_searches }) => sum + web_searches, 0);
  const micros = sharedMicros(shares) + searches * WEB_SEARCH_MICROS;
  const isPriced = hasCosts && shares.priced_calls > 0, isKnown = isPriced || searches > 0;
  const cost_usd = isKnown ? micros / 1e6 : null;
  const whole = { cost_usd, searches, areTokensKnown: isPriced };
  return { cost_usd, ...outcomeCostOf(shares, whole) };
}

/** Names of groups that are words. */
export function wordKey(words: ReadonlyMap<number, string>): GroupKey {
  return (number) => words.get(number) ?? "unknown";
}

function byWeight(a: MetricsGroup, b: MetricsGroup): number {
  return (b.totals.tokens.output ?? 0) - (a.totals.tokens.output ?? 0) ||
    (b.totals.tool_uses ?? 0) - (a.totals.tool_uses ?? 0) || (a.key < b.key ? -1 : 1);
}
