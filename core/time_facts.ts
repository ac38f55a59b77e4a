/**
 * Reads what is known of a session's time: moments, and what ran between them.
 *
 * @module
 */

import { type Database, LIMIT, prepareArrays, type Statement } from "./database.ts";
import { EVENT_TYPES, type EventType } from "./event.ts";
import { CALL_MAX_MS, type Outcome, OUTCOMES, QUESTION_TOOLS } from "./session_counts.ts";
import {
  compareMoments,
  type Interval,
  type Moment,
  type MomentKind,
  STEP_MAX_MS,
  type TimeFacts,
} from "./time_split.ts";

/** A transcript's line can be dated a moment behind the hook that speaks of it. */
export const SLACK_MS = 2000;
/** So many facts of a kind are read at once, that a long session does not hold up others. */
const FACTS_MAX = 300;
/** More things than a person types in one millisecond. */
const SAME_MOMENT_MAX = 8;

const INPUT_KINDS: Readonly<Partial<Record<EventType, MomentKind>>> = {
  user_prompt: "prompt",
  queued_prompt: "prompt",
  slash_command: "command",
  bash_input: "command",
  interruption: "end",
  context_compact: "end",
  api_error: "end",
};
const KIND_OF: ReadonlyMap<number, MomentKind> = new Map(
  Object.entries(INPUT_KINDS).map(([type, kind]) => [EVENT_TYPES.indexOf(type as never), kind]),
);
const QUESTIONS: ReadonlySet<string> = new Set(QUESTION_TOOLS);

/** A call, whoever made it. */
export interface TimedCall {
  readonly key: number;
  readonly at: number;
  readonly tool: number;
  /** Null where its end is not known. */
  readonly endedAt: number | null;
  /** Null where it did not end. */
  readonly outcome: Outcome | null;
  /** As the client measured it. */
  readonly durationMs: number | null;
  /** Whether it asks a person something. */
  readonly isQuestion: boolean;
  /** Whether it is a proposal without a call. */
  readonly isProposal: boolean;
}

/** What is known of a stretch. */
export interface ReadFacts extends TimeFacts {
  /** Calls of the main chain and of sub-agents that began in it. */
  readonly calls: readonly TimedCall[];
  readonly sideCalls: readonly TimedCall[];
}

/**
 * SQL of when a call ended in its session. A copy of the session may tell a result that the
 * session itself never saw, and hours later: behind its last moment nothing of it ended.
 *
 * @param calls the name of the table `tool_calls` in the query
 * @param session SQL of the number of its session
 */
export function ownEnd(calls: string, session: string): string {
  return `iif(${calls}.resolved_at > (select ended_at from sessions where id = ${session})
    and exists (select 1 from shared_facts f where f.kind = 2 and f.key = ${calls}.key),
    null, ${calls}.resolved_at)`;
}

/** Finds facts by session and time. */
export class TimeFactReader {
  readonly #textOf: (word: number) => string;
  readonly #statements: ReturnType<typeof prepare>;

  /** @param textOf the word with a number */
  constructor(db: Database, textOf: (word: number) => string) {
    this.#textOf = textOf;
    this.#statements = prepare(db);
  }

  /** The last moment before another one, that of a result aside; undefined without any. */
  lastBefore(session: number, at: number): number | undefined {
    const moments = this.#around(session, at, "before").map((moment) => moment.at);
    return moments.length === 0 ? undefined : Math.max(...moments);
  }

  /** The moment of the last fact that is still read with those from a moment on, or undefined. */
  lastOfSlice(session: number, from: number): number | undefined {
    const { nthResponse, nthInput, nthCall } = this.#statements;
    const found = [
      nthResponse.get(session, from, FACTS_MAX),
      nthInput.get(session, from, FACTS_MAX),
      nthCall.get(session, 0, from, FACTS_MAX),
      nthCall.get(session, 1, from, FACTS_MAX),
    ].flatMap((row) => row === undefined ? [] : [(row as unknown as [number])[0]]);
    return found.length === 0 ? undefined : Math.min(...found);
  }

  /** All facts of a stretch, with the moments next to it. */
  read(session: number, [from, to]: Interval): ReadFacts {
    const { responses, inputs, requests, agents } = this.#statements;
    const asked = requests.all(session, from - CALL_MAX_MS, to) as unknown as Request[];
    // Results count for what comes within an hour of them, and so from where their calls began;
    // what was asked for may have begun a day before it was asked for.
    const since = from - (asked.length === 0 ? STEP_MAX_MS : CALL_MAX_MS) - CALL_MAX_MS;
    const main = this.#calls(session, 0, since, to);
    const side = this.#calls(session, 1, asked.length === 0 ? from : since, to);
    const called = main.filter(({ isProposal }) => !isProposal);
    const said = responses.all(session, from, to) as unknown as [number][];
    const typed = inputs.all(session, from, to) as unknown as [number, number][];
    const moments = [
      ...said.map(([at]): Moment => ({ at, kind: "response" })),
      ...typed.map(([at, kind]): Moment => ({ at, kind: KIND_OF.get(kind)! })),
      ...called.map(({ at }): Moment => ({ at, kind: "call" })),
      ...called.flatMap((call) => endOf(call) ?? []),
    ];
    const within = moments.filter(({ at }) => at >= from && at < to);
    const outside = moments.filter(({ at }) => at < from || at >= to);
    const earlier = [...outside, ...this.#around(session, from, "before")]
      .filter(({ at }) => at < from).sort(compareMoments).slice(-1);
    const later = [...outside, ...this.#around(session, to, "after")]
      .filter(({ at }) => at >= to).sort(compareMoments).slice(0, 1);
    return {
      moments: [...earlier, ...within.sort(compareMoments), ...later],
      tools: called.flatMap(({ at, endedAt, isQuestion }) =>
        endedAt === null || isQuestion ? [] : [[at, endedAt] as const]
      ),
      permissions: asked.flatMap((request) => waitsOf(request, [...main, ...side])),
      agents: agents.all(session, from, to) as unknown as Interval[],
      calls: main.filter(({ at }) => at >= from),
      sideCalls: side.filter(({ at }) => at >= from),
    };
  }

  /** The moments next to a time on one side of it, one of each table. */
  #around(session: number, at: number, where: "before" | "after"): Moment[] {
    const { next } = this.#statements;
    const typed = next[where].input.all(session, at, SAME_MOMENT_MAX) as unknown as [
      number,
      number,
    ][];
    const [said] = next[where].response.all(session, at) as unknown as [number][];
    const [called] = next[where].call.all(session, at) as unknown as [number][];
    return [
      ...typed.filter(([moment]) => moment === typed[0]![0])
        .map(([moment, kind]): Moment => ({ at: moment, kind: KIND_OF.get(kind)! })),
      ...said ? [{ at: said[0], kind: "response" } as const] : [],
      ...called ? [{ at: called[0], kind: "call" } as const] : [],
    ];
  }

  #calls(session: number, side: 0 | 1, from: number, to: number): TimedCall[] {
    const rows = this.#statements.calls.all(session, side, from, to) as unknown as CallRow[];
    return rows.map(([key, at, tool, outcome, resolvedAt, durationMs, called]) => {
      const hasEnded = resolvedAt !== null && resolvedAt >= at && resolvedAt - at <= CALL_MAX_MS;
      return {
        key,
        at,
        tool,
        endedAt: hasEnded ? resolvedAt : null,
        outcome: OUTCOMES[outcome ?? -1] ?? null,
        durationMs,
        isQuestion: QUESTIONS.has(this.#textOf(tool)),
        isProposal: called === 0,
      };
    });
  }
}

type Request = [at: number, tool: number];
type CallRow = [
  key: number,
  at: number,
  tool: number,
  outcome: number | null,
  resolvedAt: number | null,
  durationMs: number | null,
  called: number,
];

function endOf(call: TimedCall): Moment | undefined {
  const { endedAt: at, isQuestion } = call;
  if (at === null) return undefined;
  return { at, kind: isQuestion ? "answer" : isRefused(call) ? "refusal" : "result" };
}

/** Whether a call was refused or broken off. */
export function isRefused({ outcome }: TimedCall): boolean {
  return outcome === "rejected" || outcome === "interrupted";
}

/**
 * From when a person was asked until they decided: a call runs from then on, or ends. Of several
 * calls that it may have been about, the one that was decided first.
 */
function waitsOf([at, tool]: Request, calls: readonly TimedCall[]): Interval[] {
  const decided = calls.flatMap((call) => {
    const { endedAt, durationMs } = call;
    if (call.tool !== tool || endedAt === null || call.at - SLACK_MS > at || endedAt < at) {
      return [];
    }
    return [isRefused(call) ? endedAt : Math.max(at, endedAt - (durationMs ?? 0))];
  });
  return decided.length === 0 ? [] : [[at, Math.min(...decided)]];
}

function prepare(db: Database) {
  const arrays = (sql: string): Statement => prepareArrays(db, sql);
  const kinds = `kind in (${[...KIND_OF.keys()].join(", ")}) and untimed = 0`;
  const next = (comparison: string, order: "" | " desc") => ({
    response: arrays(
      `select at from responses where session = ? and side = 0 and at ${comparison} ?
       order by at${order} limit 1`,
    ),
    call: arrays(
      `select at from tool_calls where session = ? and side = 0 and at ${comparison} ?
       and called = 1 and tool is not null order by at${order} limit 1`,
    ),
    input: arrays(
      `select at, kind from inputs where session = ? and at ${comparison} ? and ${kinds}
       order by at${order} ${LIMIT}`,
    ),
  });
  return {
    next: { before: next("<", " desc"), after: next(">=", "") },
    responses: arrays(
      "select at from responses where session = ? and side = 0 and at >= ? and at < ?",
    ),
    inputs: arrays(
      `select at, kind from inputs where session = ? and at >= ? and at < ? and ${kinds}`,
    ),
    calls: arrays(
      `select key, at, tool, outcome, ${
        ownEnd("tool_calls", "?1")
      }, duration_ms, called from tool_calls
       where session = ?1 and side = ?2 and at >= ?3 and at < ?4 and tool is not null`,
    ),
    requests: arrays(
      `select at, tool from permission_requests where session = ? and at >= ? and at < ?`,
    ),
    agents: arrays(
      "select from_at, to_at from agent_spans where session = ? and to_at > ? and from_at < ?",
    ),
    nthResponse: arrays(
      `select at from responses where session = ? and side = 0 and at >= ?
       order by at limit 1 offset ?`,
    ),
    nthInput: arrays(
      "select at from inputs where session = ? and at >= ? order by at limit 1 offset ?",
    ),
    nthCall: arrays(
      `select at from tool_calls where session = ? and side = ? and at >= ?
       order by at limit 1 offset ?`,
    ),
  };
}
