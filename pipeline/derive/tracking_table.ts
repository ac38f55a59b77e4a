/**
 * What an assistant tells of itself: decisions, their outcomes, turns, feedback. The order of
 * tellings says nothing: of a decision the earliest holds, of an outcome the latest.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { EventType, TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import {
  DECISION_KINDS,
  FEEDBACK_KINDS,
  RECORDED_TURN_KINDS,
  REPORTED_OUTCOMES,
} from "../../core/tracking.ts";
import { toldCount, toldText } from "./told.ts";

/** Types of events by which an assistant tells of itself. */
export const TRACKED: ReadonlySet<string> = new Set<EventType>([
  "tracked_decision",
  "reported_outcome",
  "recorded_turn",
  "feedback",
]);

/** Stores what is told, and finds what was told of a tool call. */
export class TrackingTable {
  readonly #addDecision: Statement;
  readonly #addOutcome: Statement;
  readonly #addTurn: Statement;
  readonly #addFeedback: Statement;
  readonly #any: Statement;
  readonly #find: Statement;
  #isEmpty: boolean | undefined;

  constructor(db: Database) {
    const earliest = (table: string, key: string) =>
      db.prepare(
        `insert into ${table} (${key}, session, at, kind) values (?, ?, ?, ?)
         on conflict do update set
           kind = case when excluded.at < at then excluded.kind
             when excluded.at = at then min(kind, excluded.kind) else kind end,
           at = min(at, excluded.at)`,
      );
    this.#addDecision = earliest("tracked_decisions", "decision");
    this.#addTurn = earliest("recorded_turns", "turn");
    this.#addOutcome = db.prepare(
      `insert into reported_outcomes (decision, session, at, outcome) values (?, ?, ?, ?)
       on conflict do update set
         outcome = case when excluded.at > at then excluded.outcome
           when excluded.at = at then max(outcome, excluded.outcome) else outcome end,
         at = max(at, excluded.at)`,
    );
    this.#addFeedback = db.prepare(
      `insert into feedback (key, session, at, kind, rating, characters)
       values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
    );
    this.#any = prepareArrays(db, "select exists (select 1 from reported_outcomes)");
    this.#find = prepareArrays(
      db,
      `select outcome from reported_outcomes where decision = ?
       order by at desc, outcome desc limit 1`,
    );
  }

  /** Stores what an event tells. @returns the key of the call of which an outcome is told */
  tell(event: TelemetryEvent, session: number): number | undefined {
    const { eventType, timestamp: at, payload } = event;
    const kind = (kinds: readonly string[]) => kinds.indexOf(toldText(event, "kind"));
    if (eventType === "feedback") {
      const rating = typeof payload.rating === "number" ? toldCount(event, "rating") : null;
      const of = [kind(FEEDBACK_KINDS), rating, toldCount(event, "characters")];
      this.#addFeedback.run(factKey(event.eventId), session, at, ...of);
      return undefined;
    }
    if (eventType === "recorded_turn") {
      this.#addTurn.run(keyOf(payload.turn), session, at, kind(RECORDED_TURN_KINDS));
      return undefined;
    }
    const decision = keyOf(payload.decision);
    if (eventType === "tracked_decision") {
      this.#addDecision.run(decision, session, at, kind(DECISION_KINDS));
      return undefined;
    }
    const outcome = (REPORTED_OUTCOMES as readonly string[]).indexOf(toldText(event, "outcome"));
    if (outcome < 0) return undefined;
    this.#addOutcome.run(decision, session, at, outcome);
    this.#isEmpty = false;
    return decision;
  }

  /** What was reported of the call with this key: a place in REPORTED_OUTCOMES, or null. */
  reportedOf(key: number): number | null {
    this.#isEmpty ??= (this.#any.get() as unknown as [number])[0] === 0;
    if (this.#isEmpty) return null;
    const row = this.#find.get(key) as unknown as [number] | undefined;
    return row?.[0] ?? null;
  }

  /** Forgets what a rolled-back transaction knew. */
  reset(): void {
    this.#isEmpty = undefined;
  }
}

/** A key as it is told; no call has the key of what tells none. */
function keyOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
