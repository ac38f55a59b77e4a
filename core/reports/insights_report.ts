/**
 * The report of insights: what was found, each with its numbers and what to do. What was found
 * in several sessions of a project is one insight.
 *
 * @module
 */

import { hash } from "node:crypto";
import type { Database } from "../database.ts";
import { type InsightChoices, isWorse, readInsightChoices } from "../insight_choices.ts";
import {
  type Found,
  type Gain,
  type InsightType,
  SEVERITIES,
  type Severity,
} from "../insight_rule.ts";
import { readWords } from "../words.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { type PlacedFound, readFound, type ToolServers } from "./found_insights.ts";
import type { Period } from "./period.ts";
import type { SessionFilter } from "./sums.ts";

/** What is asked of the report. */
export interface InsightsQuery extends SessionFilter {
  /** What was found in it, and what sessions that went on in it say; all without it. */
  readonly period?: Period | undefined;
  /** Only these; all of them without it. */
  readonly type?: InsightType | undefined;
  /** Only those that matter so much; all of them without it. */
  readonly severity?: Severity | undefined;
  /** Whether dismissed and muted ones are shown, too. */
  readonly hidden?: boolean | undefined;
  /** How many; 0 is all. @default {20} */
  readonly limit?: number;
  /** How many to pass over. @default {0} */
  readonly offset?: number;
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** Servers of tools that are switched on for all projects. */
  readonly servers?: ToolServers;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** One insight. */
export interface Insight {
  /** The same for the same kind, project and tool, whatever else is found. */
  readonly id: string;
  readonly kind: string;
  readonly type: InsightType;
  readonly severity: Severity;
  readonly state: "open" | "dismissed" | "muted";
  readonly title: string;
  /** In how many sessions it was found. */
  readonly sessions: number;
  /** The one in which it is worst, or as usual: numbers and n are of that. */
  readonly session_id: string;
  readonly platform: string;
  readonly project_id: string | null;
  readonly project_label: string | null;
  /** The tool, extension, model or server that it speaks of. */
  readonly about: string | null;
  /** What was counted, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Of how many. */
  readonly n: number;
  /** What `n` counts. */
  readonly n_of: string;
  /** What could have been spared in all of the sessions; null where that cannot be told. */
  readonly expected_gain: {
    readonly tokens: number | null;
    readonly cost_usd: number | null;
    readonly duration_ms: number | null;
  } | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly suggestion: string;
}

/** The document. */
export interface InsightsReport {
  readonly schema: "blueplane.insights/1";
  readonly insights: readonly Insight[];
  readonly total: number;
  /** How many are not shown, as a person does not want to see them. */
  readonly hidden: { readonly dismissed: number; readonly muted: number };
  readonly coverage: Coverage;
}

/** What comes back in so many sessions is more than a trifle. */
const RECURRING_MIN = 5;
const ID_DIGITS = 8;

/** Insights, those that matter most first, then the latest. */
export function reportInsights(db: Database, query: InsightsQuery = {}): InsightsReport {
  const { type, severity, hidden = false, limit = 20, offset = 0 } = query;
  const { labels = new Map(), servers = new Map() } = query;
  const choices = readInsightChoices(db);
  const found = readFound(db, { filter: query, period: query.period, servers }, readWords(db));
  const names = new Map<string, string>(
    [labels, ...servers.values()].flatMap((named) => [...named]),
  );
  const all = Map.groupBy(found, ({ name }) => name).values()
    .filter(([first, ...more]) => more.length + 1 >= (first!.kind.sessionsMin ?? 1))
    .map(keptOrGathered)
    .filter((one) =>
      (type === undefined || one.shown.kind.type === type) &&
      (severity === undefined || one.severity === severity)
    ).map((one): Stated => ({ ...one, state: stateOf(one, choices) })).toArray();
  const shown = all.filter(({ state }) => hidden || state === "open").sort(compareInsights);
  const count = (wanted: Insight["state"]) =>
    hidden ? 0 : all.filter(({ state }) => state === wanted).length;
  return {
    schema: "blueplane.insights/1",
    insights: shown.slice(offset, limit === 0 ? undefined : offset + limit)
      .map((one) => insightOf(one, names)),
    total: shown.length,
    hidden: { dismissed: count("dismissed"), muted: count("muted") },
    coverage: readCoverage(db, query.coverage),
  };
}

/** What the findings of one insight come to. */
interface Gathered {
  readonly id: string;
  readonly group: readonly PlacedFound[];
  /** The one whose numbers are told. */
  readonly shown: PlacedFound;
  readonly gain: Gain;
  readonly severity: Severity;
  readonly sessions: number;
  readonly from: number;
  readonly to: number;
}

type Stated = Gathered & Pick<Insight, "state">;

/** By the first finding of each: most of what was found stays, and is the same object again. */
const GATHERED = new WeakMap<PlacedFound, Gathered>();

function keptOrGathered(group: readonly PlacedFound[]): Gathered {
  const first = group[0]!, known = GATHERED.get(first);
  const isSame = known?.group.length === group.length &&
    known.group.every((one, i) => one === group[i]);
  if (isSame) return known;
  const gathered = gatheredOf(group);
  GATHERED.set(first, gathered);
  return gathered;
}

function gatheredOf(group: readonly PlacedFound[]): Gathered {
  const sorted = group.toSorted(compareFound), isMiddle = group[0]!.kind.shows === "middle";
  const shown = sorted[isMiddle ? Math.floor(sorted.length / 2) : 0]!;
  const sessions = new Set(group.map(({ sessionId }) => sessionId)).size;
  const gain = sumGain(
    (isMiddle ? group.map(() => shown) : group).map((one) => one.found.gain ?? {}),
  );
  return {
    id: hash("sha256", shown.name, "hex").slice(0, ID_DIGITS),
    group,
    shown,
    gain,
    severity: severityOf(shown, gain, sessions),
    sessions,
    from: Math.min(...group.map(({ found }) => found.at)),
    to: Math.max(...group.map(({ found }) => found.untilAt)),
  };
}

function stateOf(now: Gathered, { muted, dismissed }: InsightChoices): Insight["state"] {
  if (muted.has(now.shown.kind.name)) return "muted";
  const then = dismissed.get(now.id);
  return then !== undefined && !isWorse(now, then) ? "dismissed" : "open";
}

function insightOf(
  { id, shown, gain, severity, sessions, state, from, to }: Stated,
  labels: ReadonlyMap<string, string>,
): Insight {
  const { kind, found, sessionId: session_id, platform, project } = shown;
  const member = found.member && (labels.get(found.member) ?? found.member);
  return {
    id,
    kind: kind.name,
    type: kind.type,
    severity,
    state,
    title: kind.title(member === undefined ? found : { ...found, member }),
    sessions,
    session_id,
    platform,
    project_id: project,
    project_label: project === null ? null : labels.get(project) ?? null,
    about: member ?? null,
    numbers: {
      ...named(kind.counts, found.count),
      ...(kind.amounts === undefined ? {} : named(kind.amounts, found.amount ?? 0)),
    },
    n: found.n,
    n_of: kind.of,
    expected_gain: gainOf(gain),
    period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    suggestion: kind.suggestion,
  };
}

/** Kinds count money in millionths of a dollar. */
function named(name: string, count: number): Record<string, number> {
  return { [name]: name.endsWith("_usd") ? count / 1e6 : count };
}

function severityOf({ kind, found }: PlacedFound, gain: Gain, sessions: number): Severity {
  const size = sizeOf({ ...found, gain }, kind);
  if (size >= kind.levels.high) return "high";
  return size >= kind.levels.medium || sessions >= RECURRING_MIN ? "medium" : "low";
}

function sizeOf(found: Found, kind: PlacedFound["kind"]): number {
  return kind.size?.(found) ?? found.count;
}

/** What is known of none is known of all together neither. */
function sumGain(gains: readonly Gain[]): Gain {
  const sum = (name: keyof Gain) => {
    const known = gains.flatMap((gain) => gain[name] ?? []);
    return known.length === 0 ? {} : { [name]: known.reduce((total, one) => total + one, 0) };
  };
  return { ...sum("tokens"), ...sum("micros"), ...sum("ms") };
}

function gainOf({ tokens, micros, ms }: Gain): Insight["expected_gain"] {
  if (tokens === undefined && micros === undefined && ms === undefined) return null;
  return {
    tokens: tokens ?? null,
    cost_usd: micros === undefined ? null : micros / 1e6,
    duration_ms: ms ?? null,
  };
}

/** The worst first, then the latest. */
function compareFound(a: PlacedFound, b: PlacedFound): number {
  return sizeOf(b.found, b.kind) - sizeOf(a.found, a.kind) || b.found.untilAt - a.found.untilAt ||
    (a.sessionId < b.sessionId ? -1 : 1);
}

function compareInsights(a: Gathered, b: Gathered): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.to - a.to ||
    (a.id < b.id ? -1 : 1);
}
