/**
 * A stretch of one session as lanes: when the model worked, which tools ran, when a person was
 * asked, typed or read, and what sub-agents did meanwhile. What is in no lane is idle.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES, type EventType } from "../event.ts";
import { TimeFactReader } from "../time_facts.ts";
import { type Interval, joined, type Moment, splitTime, type TimePart } from "../time_split.ts";

/** One call of a tool in its lane. */
export interface LaneCall {
  /** Milliseconds since 1970 UTC, as all times here. */
  readonly from: number;
  /** The same as `from` where its end is not known. */
  readonly to: number;
  readonly tool: string;
  /** Whether it failed, or was refused or broken off. */
  readonly failed: boolean;
  readonly refused: boolean;
  /** Whether it asks a person something, and so takes as long as the answer does. */
  readonly isQuestion: boolean;
}

/** Something that stands at one moment. */
export interface LaneMark {
  readonly at: number;
  readonly kind: typeof MARKS[number];
}

/** The lanes of a stretch. */
export interface SessionLanes {
  /** Each in order, without overlap: the states exclude each other. */
  readonly model: readonly Interval[];
  /** The model was asked, and the next prompt came before any answer: its time as well. */
  readonly unanswered: readonly Interval[];
  readonly permission: readonly Interval[];
  readonly user: readonly Interval[];
  /** When at least one sub-agent was at work. */
  readonly agents: readonly Interval[];
  /** Of the main chain. */
  readonly calls: readonly LaneCall[];
  readonly marks: readonly LaneMark[];
  /** All stretches in which something is known to have gone on. */
  readonly busy: readonly Interval[];
}

/** What is marked. */
const MARKS = [
  "user_prompt",
  "queued_prompt",
  "slash_command",
  "bash_input",
  "interruption",
  "context_compact",
  "api_error",
] as const satisfies readonly EventType[];

/** The query of marks: session, from, to; answered by an index. */
export const MARKS_QUERY = `select at, kind from inputs
  where session = ? and at >= ? and at < ? and untimed = 0
    and kind in (${MARKS.map((type) => EVENT_TYPES.indexOf(type)).join(", ")}) order by at`;

/** The lanes of a stretch of a session, by its number. */
export function readSessionLanes(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
  stretch: Interval,
): SessionLanes {
  const facts = readFacts(db, session, words, stretch), parts = splitTime(facts, stretch);
  const of = (isMeant: (part: TimePart) => boolean) =>
    joined(parts.filter(isMeant).map(({ from, to }) => [from, to]));
  const rows = prepareArrays(db, MARKS_QUERY).all(session, ...stretch) as unknown as [
    number,
    number,
  ][];
  const silent = unansweredOf(facts.moments, rows);
  // No part lies in more than what is between two moments.
  const isSilent = (part: TimePart) =>
    silent.some(([from, to]) => from <= part.from && part.to <= to);
  const calls = facts.calls.filter(({ isProposal }) => !isProposal).map((call): LaneCall => ({
    from: call.at,
    to: Math.min(stretch[1], call.endedAt ?? call.at),
    tool: words.get(call.tool) ?? "other",
    failed: call.outcome === "failed",
    isQuestion: call.isQuestion,
    refused: call.outcome !== null && call.outcome !== "ok" && call.outcome !== "failed",
  }));
  return {
    model: of((part) => part.state === "model" && !isSilent(part)),
    unanswered: of((part) => part.state === "model" && isSilent(part)),
    permission: of(({ state }) => state === "permission"),
    user: of(({ state }) => state === "user"),
    agents: joined(facts.agents.map(([from, to]) => [
      Math.max(stretch[0], from),
      Math.min(stretch[1], to),
    ])),
    calls: calls.toSorted((a, b) => a.from - b.from),
    marks: rows.map(([at, kind]) => ({ at, kind: EVENT_TYPES[kind] as LaneMark["kind"] })),
    busy: busyOf(parts),
  };
}

/** When something is known to have gone on in a stretch of a session, alone. */
export function readBusyTime(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
  stretch: Interval,
): readonly Interval[] {
  return busyOf(splitTime(readFacts(db, session, words, stretch), stretch));
}

function readFacts(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
  stretch: Interval,
) {
  return new TimeFactReader(db, (word) => words.get(word) ?? "other").read(session, stretch);
}

function busyOf(parts: readonly TimePart[]): Interval[] {
  return joined(parts.map(({ from, to }) => [from, to]));
}

/** From each prompt to the next one, where nothing came between: one that is queued waits. */
function unansweredOf(
  moments: readonly Moment[],
  marks: readonly (readonly [at: number, kind: number])[],
): Interval[] {
  const queued = new Set(
    marks.filter(([, kind]) => EVENT_TYPES[kind] === "queued_prompt").map(([at]) => at),
  );
  return moments.flatMap(({ at, kind }, i): Interval[] => {
    const next = moments[i + 1];
    if (kind !== "prompt" || next === undefined || queued.has(next.at)) return [];
    return next.kind === "prompt" || next.kind === "command" ? [[at, next.at]] : [];
  });
}
