/**
 * Sessions like one, or like a task: what makes them alike, what they have in common, what those
 * did that went well, and which tools served them.
 *
 * @module
 */

import {
  type Comparable,
  comparable,
  LIKENESS_PARTS,
  type LikenessPart,
  likenessParts,
  type Scales,
} from "../similar/likeness.ts";
import {
  type ComparedSession,
  type Neighbour,
  neighboursOf,
  splitBySuccess,
} from "../similar/neighbours.ts";
import { MIXES, type SessionVector, SIZES } from "../similar/session_vectors.ts";
import { taskFeatures } from "../similar/task_text.ts";
import type { TaskFeatures } from "../task_features.ts";
import type { Advisor, Sessions } from "./advisor.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { type StrategyReport, strategyReport } from "./strategy_report.ts";
import type { SessionFilter } from "./sums.ts";
import { type ToolAdvice, toolAdvice } from "./tool_advice.ts";

/** What is asked of the report: one of `session`, `task` and `features`. */
export interface SimilarQuery extends Omit<SessionFilter, "session"> {
  /** The id of the session to which others are to be like. */
  readonly session?: string | undefined;
  /** What is to be done, in any words: read in memory, and forgotten. */
  readonly task?: string | undefined;
  /** What is known of a task. */
  readonly features?: TaskFeatures | undefined;
  /** How many sessions; 0 is all. @default {5} */
  readonly limit?: number;
  /** Between 0 and 1. @default {0} */
  readonly minSimilarity?: number;
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** One session that is alike. */
export interface SimilarSession {
  readonly session_id: string;
  readonly platform: string;
  readonly project_id: string | null;
  readonly project_label: string | null;
  readonly started_at: string | null;
  readonly similarity: number;
  /** Part by part; `most` names what of it both have most of. */
  readonly alike: readonly {
    readonly part: LikenessPart;
    readonly similarity: number;
    readonly most: readonly string[];
  }[];
  readonly sizes: Readonly<Record<typeof SIZES[number], number | null>>;
  readonly outcome: {
    readonly kept_rate: Rate | null;
    readonly error_rate: Rate | null;
    /** Times at which a person said no, or broke it off. */
    readonly stops: number;
    readonly commits: number;
    readonly cost_usd: number | null;
    readonly cost_is_lower_bound: boolean | null;
  };
}

/** The document. */
export interface SimilarReport {
  readonly schema: "blueplane.similar/1";
  /** Without enough sessions nothing is usual, and nothing can be compared. */
  readonly status: "ok" | "insufficient_data";
  /** Sessions to choose from. */
  readonly n: number;
  readonly needed: number;
  /** What was looked for: a session, or what a task told of itself. */
  readonly like: { readonly session_id: string } | { readonly task: TaskFeatures };
  readonly sessions: readonly SimilarSession[];
  /** Of the sessions that are told of: values that at least half of them have. */
  readonly common: Readonly<
    Record<
      typeof MIXES[number],
      readonly { readonly value: string; readonly sessions: number }[]
    >
  >;
  readonly strategies: StrategyReport;
  readonly tools: ToolAdvice;
  readonly coverage: Coverage;
}

/** So many sessions make sizes comparable. */
const SESSIONS_NEEDED = 10;
/** What is learnt from: the nearest, as far as they are alike. */
const LEARN_FROM_MAX = 40;
const LEARN_SIMILARITY_MIN = 0.5;

/**
 * The report; undefined where there is no such session.
 *
 * @throws {TypeError} when neither a session nor a task is told
 */
export function reportSimilar(advisor: Advisor, query: SimilarQuery): SimilarReport | undefined {
  const { limit = 5, minSimilarity = 0, labels = new Map() } = query;
  const sessions = advisor.sessions();
  const sought = soughtOf(query, sessions);
  if (!sought) return undefined;
  const passing = sessions.all.filter((one) => one !== sought.self && passes(one, query));
  const isEnough = passing.length >= SESSIONS_NEEDED;
  const count = limit === 0 ? Infinity : Math.max(limit, LEARN_FROM_MAX);
  const near = isEnough ? neighboursOf(sought.comparable, passing, sessions.scales, count) : [];
  const told = near.filter(({ similarity }) => similarity >= minSimilarity)
    .slice(0, limit === 0 ? undefined : limit);
  const learnt = near.slice(0, LEARN_FROM_MAX)
    .filter(({ similarity }) => similarity >= LEARN_SIMILARITY_MIN)
    .map(({ session }) => session);
  const split = splitBySuccess(learnt);
  return {
    schema: "blueplane.similar/1",
    status: isEnough ? "ok" : "insufficient_data",
    n: passing.length,
    needed: SESSIONS_NEEDED,
    like: sought.like,
    sessions: told.map((neighbour) =>
      similarSession(neighbour, sought.comparable, sessions.scales, labels)
    ),
    common: commonOf(told.map(({ session }) => session)),
    strategies: strategyReport(advisor, split),
    tools: toolAdvice(learnt, split),
    coverage: readCoverage(advisor.db, query.coverage),
  };
}

interface SoughtLike {
  readonly comparable: Comparable;
  readonly self: ComparedSession | undefined;
  readonly like: SimilarReport["like"];
}

function soughtOf(
  { session: id, task, features }: SimilarQuery,
  { all, scales }: Sessions,
): SoughtLike | undefined {
  if (id !== undefined) {
    const found = all.find(({ session }) => session.sessionId === id);
    return found && {
      comparable: found.comparable,
      self: found,
      like: { session_id: id },
    };
  }
  const told = task === undefined ? features : taskFeatures(task);
  if (told === undefined) {
    throw new TypeError("Cannot find similar sessions: neither a session nor a task is told");
  }
  const mixOf = (values: readonly string[]) =>
    values.length === 0 ? null : new Map(values.map((value) => [value, 1]));
  const mixes = {
    extensions: mixOf(told.extensions),
    tools: mixOf(told.tools),
    commands: mixOf(told.commands),
  };
  // As far from the middle as a quarter of all sessions are.
  const ranges = told.size === "large" ? 0.5 : -0.5;
  const sizes = told.size === null ? {} : Object.fromEntries(SIZES.map((name) => {
    const { median, range } = scales[name];
    return [name, Math.max(0, Math.expm1(median + ranges * range))];
  }));
  return {
    comparable: comparable({ mixes, sizes }),
    self: undefined,
    like: { task: told },
  };
}

/** Of most questions all of them: then none is looked at. */
function passes(compared: ComparedSession, filter: SimilarQuery): boolean {
  const { platform, project, model } = filter;
  if (platform === undefined && project === undefined && model === undefined) return true;
  const { session } = compared, projects = [project ?? []].flat();
  return (platform === undefined || session.platform === platform) &&
    (project === undefined || session.project !== null && projects.includes(session.project)) &&
    (model === undefined || session.mixes.models?.has(model) === true);
}

function similarSession(
  { session, similarity, comparable: own }: Neighbour,
  sought: Comparable,
  scales: Scales,
  labels: ReadonlyMap<string, string>,
): SimilarSession {
  const { kept, judged, failed, finished, stops, commits, micros, isLowerBound } =
    session.outcome;
  return {
    session_id: session.sessionId,
    platform: session.platform,
    project_id: session.project,
    project_label: session.project === null ? null : labels.get(session.project) ?? null,
    started_at: session.startedAt === null ? null : new Date(session.startedAt).toISOString(),
    similarity: round(similarity),
    alike: likenessParts(sought, own, scales).map(({ part, similarity, most }) => ({
      part,
      similarity: round(similarity),
      most,
    })).sort((a, b) =>
      b.similarity - a.similarity ||
      LIKENESS_PARTS.indexOf(a.part) - LIKENESS_PARTS.indexOf(b.part)
    ),
    sizes: session.sizes,
    outcome: {
      kept_rate: wilsonRate(kept, judged),
      error_rate: wilsonRate(failed, finished),
      stops,
      commits,
      cost_usd: micros === null ? null : micros / 1e6,
      cost_is_lower_bound: isLowerBound,
    },
  };
}

function commonOf(sessions: readonly SessionVector[]): SimilarReport["common"] {
  return Object.fromEntries(MIXES.map((name) => {
    const counts = new Map<string, number>();
    for (const { mixes } of sessions) {
      for (const value of mixes[name]?.keys() ?? []) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const common = [...counts].filter(([, count]) => count > 1 && count * 2 >= sessions.length)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return [name, common.map(([value, count]) => ({ value, sessions: count }))];
  })) as unknown as SimilarReport["common"];
}

function round(similarity: number): number {
  return Math.round(similarity * 1e4) / 1e4;
}
