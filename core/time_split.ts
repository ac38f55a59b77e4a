/**
 * Cuts the time of a session into states that exclude each other.
 *
 * Precedence, where more than one would hold:
 *
 * 1. `permission`: a person was asked to allow a call, and had not yet decided.
 * 2. `tool`: at least one call of the main chain ran.
 * 3. `model`: from a prompt or a result to the response or call that came of it, within an hour;
 *    and between what one response tells, its calls and the next response, within five minutes.
 * 4. `tool` again: a sub-agent worked in the background.
 * 5. `user`: any other stretch of at most five minutes, most of all from the last answer to the
 *    next prompt, and the time that a question to the person took.
 * 6. All else is idle, and told of by nothing.
 *
 * @module
 */

import { PAUSE_MAX_MS } from "./session_counts.ts";

/** The longest time that the model takes for a step: nobody knows what went on in a longer one. */
export const STEP_MAX_MS = 3_600_000;

/** What can happen on the main chain, in the order of what happens in the same moment. */
export const MOMENT_KINDS = [
  /** A person typed what the model has to answer. */
  "prompt",
  /** A person typed what the model may have to answer. */
  "command",
  /** An interruption, an error or a compaction ended what the model did. */
  "end",
  "response",
  "call",
  /** A call ended, and the model goes on. */
  "result",
  /** A person answered a question that a call asked. */
  "answer",
  /** A call was refused or broken off: the model goes on only where it is told to. */
  "refusal",
] as const;

/** One of {@linkcode MOMENT_KINDS}. */
export type MomentKind = typeof MOMENT_KINDS[number];

/** Something that happened on the main chain, at a time in milliseconds. */
export interface Moment {
  readonly at: number;
  readonly kind: MomentKind;
}

/** From and to, in milliseconds; half-open. */
export type Interval = readonly [from: number, to: number];

/** What is known of a stretch of a session. */
export interface TimeFacts {
  /** In order; the first may lie before the stretch and the last behind it. */
  readonly moments: readonly Moment[];
  /** Calls of the main chain that ran. */
  readonly tools: readonly Interval[];
  /** A person was asked. */
  readonly permissions: readonly Interval[];
  /** A sub-agent was at work; each by itself. */
  readonly agents: readonly Interval[];
}

/** A state of a session that is stored. */
export type TimeState = "permission" | "tool" | "model" | "user";

/** A part of the stretch in which nothing changes; idle without a state. */
export interface TimePart {
  readonly from: number;
  readonly to: number;
  readonly state: TimeState | undefined;
  /** How many sub-agents were at work. */
  readonly agents: number;
}

const LAYERS = ["permission", "tool", "model", "agent", "user"] as const;

type Layer = typeof LAYERS[number];

/** What the model does by itself. */
const OF_MODEL: ReadonlySet<MomentKind> = new Set(["response", "call", "end"]);
/** Behind these the model is at work. */
const ASKING: ReadonlySet<MomentKind> = new Set(["result", "answer", "prompt"]);
/** Behind these it is, if it answers. */
const MAYBE_ASKING: ReadonlySet<MomentKind> = new Set(["command", "refusal"]);

/** The parts of a stretch, in order; those in which nothing is known are left out. */
export function splitTime(facts: TimeFacts, [from, to]: Interval): TimePart[] {
  const changes: [at: number, layer: Layer, by: 1 | -1][] = [];
  const add = (layer: Layer, [begin, end]: Interval) => {
    const first = Math.max(begin, from), last = Math.min(end, to);
    if (first < last) changes.push([first, layer, 1], [last, layer, -1]);
  };
  for (const interval of facts.permissions) add("permission", interval);
  for (const interval of facts.tools) add("tool", interval);
  for (const interval of facts.agents) add("agent", interval);
  facts.moments.forEach((moment, i) => {
    const next = facts.moments[i + 1];
    const state = next && stateBetween(moment, next);
    if (state) add(state, [moment.at, next.at]);
  });
  changes.sort(([a], [b]) => a - b);
  const open: Record<Layer, number> = { permission: 0, tool: 0, model: 0, agent: 0, user: 0 };
  const parts: TimePart[] = [];
  changes.forEach(([at, layer, by], i) => {
    open[layer] += by;
    const until = changes[i + 1]?.[0] ?? at;
    const top = LAYERS.find((name) => open[name] > 0);
    if (top === undefined || at === until) return;
    const state = top === "agent" ? "tool" : top;
    parts.push({ from: at, to: until, state, agents: open.agent });
  });
  return parts;
}

/** What goes on between two moments of the main chain when nothing else does. */
export function stateBetween(before: Moment, after: Moment): "model" | "user" | undefined {
  const ms = after.at - before.at, isShort = ms <= PAUSE_MAX_MS;
  const isAsking = ASKING.has(before.kind);
  if (OF_MODEL.has(after.kind)) {
    const isAsked = isAsking || MAYBE_ASKING.has(before.kind);
    return isShort || isAsked && ms <= STEP_MAX_MS ? "model" : undefined;
  }
  if (!isShort) return undefined;
  return isAsking ? "model" : "user";
}

/** Orders moments by time, and in the same moment by what comes first. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.at - b.at || MOMENT_KINDS.indexOf(a.kind) - MOMENT_KINDS.indexOf(b.kind);
}

/** The same stretches in order, those that touch or overlap as one. */
export function joined(intervals: readonly Interval[]): Interval[] {
  const result: [number, number][] = [];
  for (const [from, to] of intervals.toSorted(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
