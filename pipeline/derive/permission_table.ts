/**
 * Permission requests that hooks saw, and the tool calls they belong to. A request names a tool
 * and no call: it belongs to the calls of that tool that were open when it came.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** A transcript's line can be dated a moment behind the hook that speaks of it. */
const SLACK_MS = 2000;

/** Stores requests and finds them again. */
export class PermissionTable {
  readonly #add: Statement;
  readonly #any: Statement;
  readonly #find: Statement;
  readonly #calls: Statement;
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
  }

  /** Stores a request. @returns keys of the stored calls that it may belong to */
  tell(event: TelemetryEvent, session: number, tool: number): number[] {
    const at = event.timestamp;
    this.#add.run(factKey(event.eventId), session, at, tool);
    this.#isEmpty = false;
    const rows = this.#calls.all(session, tool, at + SLACK_MS, at) as unknown as [number][];
    return rows.map(([key]) => key);
  }

  /** Whether a person was asked about a call. */
  isAsked({ session, tool, used_at, resolved_at }: ToolCallFact): boolean {
    if (tool === null || used_at === null || resolved_at === null) return false;
    this.#isEmpty ??= (this.#any.get() as unknown as [number])[0] === 0;
    if (this.#isEmpty) return false;
    const found = this.#find.get(session, tool, used_at - SLACK_MS, resolved_at);
    return (found as unknown as [number])[0] === 1;
  }

  /** Forgets what a rolled-back transaction knew. */
  reset(): void {
    this.#isEmpty = undefined;
  }
}
