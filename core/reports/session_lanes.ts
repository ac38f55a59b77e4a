/**
 * A stretch of one session as lanes: when the model worked, which tools ran, when a person was
 * asked, typed or read, and what sub-agents did meanwhile. What is in no lane is idle.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { EVENT_TYPES, type EventType } from "../event.ts";
import { TimeFactReader } from "../time_facts.ts";
import { type Interval, joined, splitTime, type TimePart } from "../time_split.ts";

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
  const facts = new TimeFactReader(db, (word) => words.get(word) ?? "other")
    .read(session, stretch);
  const parts = splitTime(facts, stretch);
  const of = (state: TimePart["state"]) =>
    joined(parts.filter((part) => part.state === state).map(({ from, to }) => [from, to]));
  const rows = prepareArrays(db, MARKS_QUERY).all(session, ...stretch) as unknown as [
    number,
    number,
  ][];
  const calls = facts.calls.filter(({ isProposal }) => !isProposal).map((call): LaneCall => ({
    from: call.at,
    to: Math.min(stretch[1], call.endedAt ?? call.at),
    tool: words.get(call.tool) ?? "other",
    failed: call.outcome === "failed",
    isQuestion: call.isQuestion,
    refused: call.outcome !== null && call.outcome !== "ok" && call.outcome !== "failed",
  }));
  return {
    model: of("model"),
    permission: of("permission"),
    user: of("user"),
    agents: joined(facts.agents.map(([from, to]) => [
      Math.max(stretch[0], from),
      Math.min(stretch[1], to),
    ])),
    calls: calls.toSorted((a, b) => a.from - b.from),
    marks: rows.map(([at, kind]) => ({ at, kind: EVENT_TYPES[kind] as LaneMark["kind"] })),
    busy: joined(parts.map(({ from, to }) => [from, to])),
  };
}
