/**
 * The critical path of a session: the longest chain of steps each of which could begin only when
 * the one before it had ended.
 *
 * It is followed from the end backwards. Of calls that ran side by side, the model waited for the
 * one that ended last: that one is on the path, from its beginning on, and what ended before its
 * beginning is what it waited for. A call that started a sub-agent is as long as what that one
 * did is: the path goes through the sub-agent's own steps. Where a person was asked to allow a
 * call, they are what was waited for. What nothing is known of is no step.
 *
 * @module
 */

import {
  compareMoments,
  type Interval,
  joined,
  type Moment,
  stateBetween,
} from "./time_split.ts";

/** What was waited for; `agent` is a sub-agent in the background of whose steps nothing hung. */
export const STEP_KINDS = ["model", "tool", "permission", "user", "agent"] as const;

/** One of {@linkcode STEP_KINDS}. */
export type StepKind = typeof STEP_KINDS[number];

/** A call that ended. */
export interface ChainCall {
  readonly key: number;
  readonly at: number;
  readonly endedAt: number;
  /** A word. */
  readonly tool: number;
  readonly isQuestion: boolean;
  /** Whether it was refused or broken off. */
  readonly isRefused: boolean;
}

/** What one after the other happened: of the session itself, or of a sub-agent. */
export interface Chain {
  /** In order; ends of calls may be left out. */
  readonly moments: readonly Moment[];
  readonly calls: readonly ChainCall[];
}

/** What a path is made of. */
export interface PathFacts {
  readonly main: Chain;
  /** By sub-agent. */
  readonly agents: ReadonlyMap<number, Chain>;
  /** Which sub-agent a call started. */
  readonly agentOf: ReadonlyMap<number, number>;
  readonly permissions: readonly Interval[];
  /** When sub-agents were at work, whoever waited for them. */
  readonly active: readonly Interval[];
}

/** A step; times in milliseconds. */
export interface PathStep {
  readonly from: number;
  readonly to: number;
  readonly kind: StepKind;
  /** The word of the tool; null where none ran. */
  readonly tool: number | null;
  readonly isOfAgent: boolean;
  /** The call that ran; null where none did. */
  readonly call: number | null;
}

/** The path. */
export interface FoundPath {
  /** In order; where nothing is known to have gone on there is none. */
  readonly steps: readonly PathStep[];
  /** Calls that lie on it, also those that are there by what a sub-agent did. */
  readonly calls: ReadonlySet<number>;
}

/** Finds the path. */
export function criticalPath(facts: PathFacts): FoundPath {
  const { main } = facts;
  const ends = main.calls.map(({ endedAt }) => endedAt);
  const all = [...main.moments.map(({ at }) => at), ...ends];
  if (all.length === 0) return { steps: [], calls: new Set() };
  const bounds = (take: (a: number, b: number) => number) => all.reduce((a, b) => take(a, b));
  const stretch = [bounds(Math.min), bounds(Math.max)] as const;
  const finder = new PathFinder(facts);
  const steps = finder.follow(main, stretch, []);
  const asked = joined(facts.permissions);
  return {
    steps: joinSteps(steps.flatMap((step) => withoutPermissions(step, asked))),
    calls: finder.calls,
  };
}

class PathFinder {
  readonly #facts: PathFacts;
  readonly #active: readonly Interval[];
  readonly calls = new Set<number>();

  constructor(facts: PathFacts) {
    this.#facts = facts;
    this.#active = joined(facts.active);
  }

  /** The steps of a chain within a stretch; `above` are the sub-agents whose part it is. */
  follow(chain: Chain, [from, to]: Interval, above: readonly number[]): PathStep[] {
    const isOfAgent = above.length > 0;
    const calls = chain.calls.filter(({ at, endedAt }) => at >= from && endedAt <= to)
      .sort((a, b) => a.endedAt - b.endedAt || b.at - a.at || a.key - b.key);
    const moments = [
      ...chain.moments,
      ...calls.map(({ at }): Moment => ({ at, kind: "call" })),
      ...calls.filter(({ at, endedAt }) => at === endedAt).map(endOf),
    ].filter(({ at }) => at >= from && at <= to).sort(compareMoments);
    const steps: PathStep[] = [];
    let later: Moment | undefined;
    for (let call = calls.length - 1, moment = moments.length - 1;;) {
      // What is not over when something begins cannot be what that waited for.
      while (later && call >= 0 && calls[call]!.endedAt > later.at) call--;
      while (later && moment >= 0 && compareMoments(moments[moment]!, later) >= 0) moment--;
      const ran = calls[call], seen = moments[moment];
      if (!ran && !seen) return steps.reverse();
      const isCall = ran !== undefined && ran.at < ran.endedAt &&
        ran.endedAt >= (seen?.at ?? -Infinity);
      if (ran && ran.at === ran.endedAt) {
        call--;
        continue;
      }
      const before = isCall ? endOf(ran) : seen!;
      if (later) steps.push(...this.#between(before, later, isOfAgent));
      if (isCall) steps.push(...this.#stepsOf(ran, above).reverse());
      later = isCall ? { at: ran.at, kind: "call" } : seen!;
      if (isCall) call--;
      else moment--;
    }
  }

  /** What went on between two moments, the last part first. */
  #between(before: Moment, later: Moment, isOfAgent: boolean): PathStep[] {
    const { at: from } = before, { at: to } = later;
    if (from >= to) return [];
    const none = { tool: null, isOfAgent, call: null };
    const kind = stateBetween(before, later);
    if (kind === "model") return [{ from, to, kind, ...none }];
    const parts = this.#active.flatMap(([begin, end]): Interval[] => {
      const part = [Math.max(from, begin), Math.min(to, end)] as const;
      return part[0] < part[1] ? [part] : [];
    });
    const others = kind === undefined ? [] : gapsOf(parts, [from, to]);
    return [
      ...parts.map(([from, to]) => ({ ...none, from, to, kind: "agent", isOfAgent: true })),
      ...others.map(([from, to]) => ({ ...none, from, to, kind: "user" })),
    ].sort((a, b) => b.from - a.from) as PathStep[];
  }

  /** A call, or what the sub-agent did that it started. */
  #stepsOf({ key, at, endedAt, tool, isQuestion }: ChainCall, above: readonly number[]) {
    this.calls.add(key);
    const isOfAgent = above.length > 0;
    const whole = { from: at, to: endedAt, isOfAgent, call: key };
    if (isQuestion) return [{ ...whole, kind: "user", tool: null } satisfies PathStep];
    const agent = this.#facts.agentOf.get(key);
    const chain = agent === undefined ? undefined : this.#facts.agents.get(agent);
    if (agent === undefined || chain === undefined || above.includes(agent)) {
      return [{ ...whole, kind: "tool", tool } satisfies PathStep];
    }
    const inner = this.follow(
      {
        moments: [{ at, kind: "prompt" }, ...chain.moments, { at: endedAt, kind: "response" }],
        calls: chain.calls,
      },
      [at, endedAt],
      [...above, agent],
    );
    // What nothing tells of is the call's own.
    const rest = gapsOf(inner.map(({ from, to }) => [from, to]), [at, endedAt])
      .map(([from, to]): PathStep => ({ ...whole, from, to, kind: "tool", tool }));
    return [...inner, ...rest].sort((a, b) => a.from - b.from);
  }
}

function endOf({ endedAt: at, isQuestion, isRefused }: ChainCall): Moment {
  return { at, kind: isQuestion ? "answer" : isRefused ? "refusal" : "result" };
}

function withoutPermissions(step: PathStep, permissions: readonly Interval[]): PathStep[] {
  const asked = permissions.flatMap(([from, to]): Interval[] => {
    const part = [Math.max(from, step.from), Math.min(to, step.to)] as const;
    return part[0] < part[1] ? [part] : [];
  });
  if (asked.length === 0) return [step];
  return [
    ...asked.map(([from, to]): PathStep => ({
      ...step,
      from,
      to,
      kind: "permission",
      tool: null,
    })),
    ...gapsOf(asked, [step.from, step.to]).map(([from, to]) => ({ ...step, from, to })),
  ].sort((a, b) => a.from - b.from);
}

/** Steps of the model that follow each other are one: it wrote several things. */
function joinSteps(steps: readonly PathStep[]): PathStep[] {
  const wholes: PathStep[] = [];
  for (const step of steps) {
    const last = wholes.at(-1);
    const isSame = last !== undefined && last.to === step.from && last.kind === step.kind &&
      last.call === step.call && last.isOfAgent === step.isOfAgent;
    if (isSame) wholes[wholes.length - 1] = { ...last, to: step.to };
    else wholes.push(step);
  }
  return wholes;
}

/** What of a stretch is in none of its parts, which are in order and do not overlap. */
function gapsOf(parts: readonly Interval[], [from, to]: Interval): Interval[] {
  const ends = [from, ...parts.map(([, end]) => end)];
  const begins = [...parts.map(([begin]) => begin), to];
  return ends.flatMap((end, i): Interval[] => end < begins[i]! ? [[end, begins[i]!]] : []);
}
