/**
 * The moments of one session: its responses and its tool calls, each with what a report in depth
 * tells of it.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { type CallPhase, phaseOf } from "../phases.ts";
import { WEB_SEARCH_MICROS } from "../session_counts.ts";

/** One response, whoever asked for it. */
export interface ResponseMoment {
  readonly at: number;
  /** Millionths of a dollar; null where the model has no price, or no tokens are kept. */
  readonly micros: number | null;
  readonly isLowerBound: boolean;
  /** Tokens of all kinds; null where none are kept. */
  readonly tokens: number | null;
}

/** One tool call. */
export interface CallMoment {
  readonly at: number;
  readonly tool: string;
  readonly isOfSubagent: boolean;
  readonly durationMs: number | null;
  readonly phase: CallPhase;
}

/** What of tool calls is rare. */
export interface CallNote {
  readonly at: number;
  readonly wasAsked: boolean;
  /** Millionths of a dollar that searches of the web cost beside the responses. */
  readonly searchMicros: number;
}

/** The queries, each with the number of a session: all are answered by an index on it. */
export const FACT_QUERIES = {
  responses: `select at, cost, stopped, kept,
    input + output + cache_read + cache_creation from responses where session = ?`,
  calls: `select at, tool, side, called, duration_ms, is_edit, form,
      git_commits + git_pushes + pull_requests
    from tool_calls where session = ? and tool is not null`,
  notes: `select at, asked, web_searches from tool_calls
    where session = ? and (asked = 1 or web_searches > 0)`,
} as const;

/** Responses of a session, in no order; what is estimated has no cost here. */
export function readResponses(db: Database, session: number): ResponseMoment[] {
  const rows = prepareArrays(db, FACT_QUERIES.responses).all(session) as unknown as [
    number,
    number | null,
    number,
    number,
    number,
  ][];
  return rows.map(([at, cost, stopped, kept, tokens]) => ({
    at,
    micros: kept === 1 ? cost : null,
    isLowerBound: kept === 1 && cost !== null && stopped === 0,
    tokens: kept === 1 ? tokens : null,
  }));
}

/** Calls of a session, in no order; what only proposes a change is none. */
export function readCalls(
  db: Database,
  session: number,
  words: ReadonlyMap<number, string>,
): CallMoment[] {
  const rows = prepareArrays(db, FACT_QUERIES.calls).all(session) as unknown as [
    number,
    number,
    number,
    number,
    number | null,
    number,
    number | null,
    number,
  ][];
  return rows.flatMap(([at, word, side, called, durationMs, isEdit, form, commits]) => {
    if (called === 0) return [];
    const tool = words.get(word) ?? "other";
    const kind = words.get(form ?? -1) ?? null;
    const phase = phaseOf({ tool, isEdit: isEdit === 1, form: kind, commits });
    return [{ at, tool, isOfSubagent: side === 1, durationMs, phase }];
  });
}

/** What only few calls have. */
export function readCallNotes(db: Database, session: number): CallNote[] {
  const rows = prepareArrays(db, FACT_QUERIES.notes).all(session) as unknown as [
    number,
    number,
    number,
  ][];
  return rows.map(([at, asked, searches]) => ({
    at,
    wasAsked: asked === 1,
    searchMicros: searches * WEB_SEARCH_MICROS,
  }));
}
