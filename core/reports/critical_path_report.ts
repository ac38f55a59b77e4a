/**
 * What a session waited for, one after the other: its critical path, by what it is made of.
 *
 * @module
 */

import {
  type Chain,
  type ChainCall,
  criticalPath,
  type FoundPath,
  type PathStep,
  type StepKind,
} from "../critical_path.ts";
import { type Database, prepareArrays } from "../database.ts";
import { isRefused, type TimedCall, TimeFactReader } from "../time_facts.ts";
import { compareMoments, type Moment } from "../time_split.ts";

/** The path; times in milliseconds. */
export interface CriticalPath {
  /** Of all its steps: the session cannot have been shorter without one of them being. */
  readonly length_ms: number;
  readonly steps: number;
  readonly model_ms: number;
  /** Null where no call tells when it ended: then model_ms holds it. */
  readonly tool_ms: number | null;
  /** All steps of sub-agents; null where there was none. */
  readonly subagent_ms: number | null;
  /** Null where no hook told of a request. */
  readonly permission_ms: number | null;
  readonly user_ms: number;
  /** How long calls ran of the main thread that nothing waited for. */
  readonly beside_ms: number;
  /** By what was waited for, the longest first. */
  readonly waited_for: readonly Wait[];
  /** The longest steps, the longest first. */
  readonly longest: readonly LongStep[];
}

/** What was waited for. */
interface Waiting {
  readonly what: StepKind;
  readonly tool: string | null;
  /** Whether it was a step of a sub-agent. */
  readonly of_subagent: boolean;
}

/** All steps of one sort. */
export interface Wait extends Waiting {
  readonly steps: number;
  readonly ms: number;
}

/** One step. */
export interface LongStep extends Waiting {
  readonly started_at: string;
  readonly ms: number;
}

/** The queries of what the main thread does not tell; each with the number of a session. */
export const PATH_QUERIES = {
  started: "select call, agent from agent_calls where session = ? and agent is not null",
  asked: "select 1 from permission_requests where session = ? limit 1",
  responses: `select agent, at from responses
    where session = ? and side = 1 and agent is not null`,
  calls: `select key, agent from tool_calls
    where session = ? and side = 1 and agent is not null and tool is not null`,
} as const;

const TITLES: Readonly<Record<StepKind, string>> = {
  model: "model",
  tool: "a tool",
  permission: "permission",
  user: "you",
  agent: "in the background",
};
const LONGEST_MAX = 10;
const ALL = [0, 2 ** 52] as const;

/** What was waited for, in words: `Bash`, `you`, `sub-agent: model`. */
export function waitTitle({ what, tool, of_subagent }: Waiting): string {
  return (of_subagent ? "sub-agent: " : "") + (tool ?? TITLES[what]);
}

/** The path of a session, by its number; null where nothing in it is dated. */
export function readCriticalPath(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
): CriticalPath | null {
  const read = (query: keyof typeof PATH_QUERIES) =>
    prepareArrays(db, PATH_QUERIES[query]).all(session) as unknown as [number, number][];
  const facts = new TimeFactReader(db, (word) => words.get(word) ?? "other").read(session, ALL);
  const agentOf = new Map(read("started"));
  const agents = facts.sideCalls.length === 0 && agentOf.size === 0
    ? new Map<number, Chain>()
    : chainsOf(facts.sideCalls, new Map(read("calls")), read("responses"));
  const calls = facts.calls.flatMap(ended);
  const path = criticalPath({
    main: { moments: facts.moments, calls },
    agents,
    agentOf,
    permissions: facts.permissions,
    active: facts.agents,
  });
  if (path.steps.length === 0) return null;
  const told = {
    areToolsTimed: calls.some(({ at, endedAt }) => endedAt > at) || facts.calls.length === 0,
    areAsksTold: read("asked").length > 0,
    hasAgents: facts.agents.length > 0,
  };
  return { ...sumsOf(path, calls, told), ...listsOf(path.steps, words) };
}

function ended(call: TimedCall): ChainCall[] {
  const { key, at, endedAt, tool, isQuestion, isProposal } = call;
  if (endedAt === null || isProposal) return [];
  return [{ key, at, endedAt, tool, isQuestion, isRefused: isRefused(call) }];
}

/** What each sub-agent did. */
function chainsOf(
  calls: readonly TimedCall[],
  agentOfCall: ReadonlyMap<number, number>,
  responses: readonly (readonly [agent: number, at: number])[],
): Map<number, Chain> {
  const chains = new Map<number, { moments: Moment[]; calls: ChainCall[] }>();
  const chainOf = (agent: number) =>
    chains.getOrInsertComputed(agent, () => ({ moments: [], calls: [] }));
  for (const [agent, at] of responses) chainOf(agent).moments.push({ at, kind: "response" });
  for (const call of calls) {
    const agent = agentOfCall.get(call.key);
    if (agent === undefined || call.isProposal) continue;
    const chain = chainOf(agent);
    chain.moments.push({ at: call.at, kind: "call" });
    chain.calls.push(...ended(call));
  }
  for (const { moments } of chains.values()) moments.sort(compareMoments);
  return chains;
}

type Sums = Omit<CriticalPath, "waited_for" | "longest">;

function sumsOf(
  { steps, calls: onPath }: FoundPath,
  calls: readonly ChainCall[],
  told: { areToolsTimed: boolean; areAsksTold: boolean; hasAgents: boolean },
): Sums {
  const sum = (is: (step: PathStep) => boolean) =>
    steps.filter(is).reduce((all, { from, to }) => all + to - from, 0);
  const ofMain = (kind: StepKind) =>
    sum((step) => step.kind === kind && (!step.isOfAgent || kind === "permission"));
  const tools = ofMain("tool"), asked = ofMain("permission");
  const beside = calls.filter(({ key, isQuestion }) => !isQuestion && !onPath.has(key));
  return {
    length_ms: sum(() => true),
    steps: steps.length,
    model_ms: ofMain("model"),
    tool_ms: told.areToolsTimed || tools > 0 ? tools : null,
    subagent_ms: told.hasAgents
      ? sum(({ isOfAgent, kind }) => isOfAgent && kind !== "permission")
      : null,
    permission_ms: told.areAsksTold ? asked : null,
    user_ms: ofMain("user"),
    beside_ms: beside.reduce((all, { at, endedAt }) => all + endedAt - at, 0),
  };
}

function listsOf(
  steps: readonly PathStep[],
  words: ReadonlyMap<number, string>,
): Pick<CriticalPath, "waited_for" | "longest"> {
  const waitingOf = ({ kind, tool, isOfAgent }: PathStep): Waiting => ({
    what: kind,
    tool: tool === null ? null : words.get(tool) ?? "other",
    of_subagent: isOfAgent,
  });
  const groups = Map.groupBy(
    steps,
    ({ kind, tool, isOfAgent }) => `${kind} ${tool} ${isOfAgent}`,
  );
  const lengthOf = ({ from, to }: PathStep) => to - from;
  const waits = [...groups.values()].map((group): Wait => ({
    ...waitingOf(group[0]!),
    steps: group.length,
    ms: group.reduce((all, step) => all + lengthOf(step), 0),
  }));
  const nameOf = ({ what, tool, of_subagent }: Waiting) => `${what} ${tool} ${of_subagent}`;
  return {
    waited_for: waits.sort((a, b) => b.ms - a.ms || (nameOf(a) < nameOf(b) ? -1 : 1)),
    longest: steps.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.from - b.from)
      .slice(0, LONGEST_MAX)
      .map((step) => ({
        ...waitingOf(step),
        started_at: new Date(step.from).toISOString(),
        ms: lengthOf(step),
      })),
  };
}
