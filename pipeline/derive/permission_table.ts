/**
 * Permission requests that hooks saw, and the tool calls they belong to. A request names a tool
 * and no call: it belongs to the calls of that tool that were open when it came. A call that a
 * hook alone tells of is seen at its end: it is open since the last request for its tool, where
 * no other call of that tool ended and no prompt was typed in between.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { HOOK } from "../../core/edit_verdict.ts";
import { EVENT_TYPES, type TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** A transcript's line can be dated a moment behind the hook that speaks of it. */
const SLACK_MS = 2000;
const LAST_PROMPT = `ifnull((select max(at) from inputs where session = ?1
  and kind = ${EVENT_TYPES.indexOf("user_prompt")}`;
const NEVER = Number.MIN_SAFE_INTEGER;

/** Stores requests and finds them again. */
export class PermissionTable {
  readonly #add: Statement;
  readonly #any: Statement;
  readonly #find: Statement;
  readonly #calls: Statement;
  readonly #findOf: Statement;
  readonly #lastBefore: Statement;
  readonly #callsSince: Statement;
  /** The first moment that the batch tells of, by session. */
  readonly #since = new Map<number, number>();
  #isEmpty: boolean | undefined;

  constructor(db: Database) {
    this.#add = db.prepare(
      `insert into permission_requests (key, session, at, tool) values (?, ?, ?, ?)
       on conflict do nothing`,
    );
    this.#any = prepareArrays(db, "select exists (select 1 from permission_requests)");
    this.#find = prepareArrays(
      db,
      `select exists (select 1 from permission_requests
       where session = ? and tool = ? and at >= ? and at <= ?)`,
    );
    this.#calls = prepareArrays(
      db,
      `select key from tool_calls where session = ?1 and used_at <= ?3 and tool = ?2
       and resolved_at >= ?4`,
    );
    this.#findOf = prepareArrays(
      db,
      "select exists (select 1 from permission_requests where session = ?)",
    );
    this.#lastBefore = prepareArrays(
      db,
      `select asked_at from (
         select max(at) as asked_at from permission_requests where session = ?1 and tool = ?2
           and at <= ?3 and at >= ${LAST_PROMPT} and at <= ?3), ${NEVER}))
       where not exists (select 1 from tool_calls where session = ?1 and tool = ?2
         and resolved_at >= asked_at and resolved_at < ?3)`,
    );
    this.#callsSince = prepareArrays(
      db,
      `select key from tool_calls where session = ?1 and side in (0, 1)
         and at >= ${LAST_PROMPT} and at < ?2), ${NEVER}) and resolved_at >= ?2
         and use_source = ${HOOK}`,
    );
  }

  /** Stores a request. @returns keys of the stored calls that it may belong to */
  tell(event: TelemetryEvent, session: number, tool: number): number[] {
    const at = event.timestamp;
    this.#add.run(factKey(event.eventId), session, at, tool);
    this.#isEmpty = false;
    this.note(session, at);
    const rows = this.#calls.all(session, tool, at + SLACK_MS, at) as unknown as [number][];
    return rows.map(([key]) => key);
  }

  /** Whether a person was asked about a call. */
  isAsked({ session, tool, used_at, resolved_at }: ToolCallFact): boolean {
    if (tool === null || used_at === null || resolved_at === null) return false;
    if (!this.#hasAny()) return false;
    return isTrue(this.#find.get(session, tool, used_at - SLACK_MS, resolved_at));
  }

  /** Notes that a request, a call or a prompt of a session is told, or no longer as it was. */
  note(session: number, at: number): void {
    this.#since.set(session, Math.min(this.#since.get(session) ?? at, at));
  }

  /** Keys of calls that hooks alone tell of, and that other requests may belong to by now. */
  takeAffected(): number[] {
    const noted = this.#hasAny() ? [...this.#since] : [];
    this.#since.clear();
    return noted.filter(([session]) => isTrue(this.#findOf.get(session)))
      .flatMap(([session, at]) => this.#callsSince.all(session, at) as unknown as [number][])
      .map(([key]) => key);
  }

  /** A call as it was open by the requests that are stored; a transcript tells it itself. */
  opened(fact: ToolCallFact): ToolCallFact {
    const { session, tool, use_source, resolved_at: end } = fact;
    if (use_source !== HOOK || end === null) return fact;
    const row = this.#hasAny() ? this.#lastBefore.get(session, tool, end) : undefined;
    const [askedAt = null] = row as unknown as [number?] | undefined ?? [];
    return { ...fact, used_at: askedAt, at: askedAt ?? end };
  }

  /** Forgets an unfinished batch, and what a rolled-back transaction knew. */
  reset(): void {
    this.#since.clear();
    this.#isEmpty = undefined;
  }

  #hasAny(): boolean {
    this.#isEmpty ??= !isTrue(this.#any.get());
    return !this.#isEmpty;
  }
}

function isTrue(row: unknown): boolean {
  return (row as [number])[0] === 1;
}
