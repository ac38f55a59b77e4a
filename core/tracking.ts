/**
 * What an assistant tells of itself over MCP, as events: ids, numbers and words of closed lists.
 * Of every text that it is told with nothing but the size is kept.
 *
 * @module
 */

import type { EventRecord, EventType, TelemetryEvent } from "./event.ts";
import { factKey } from "./fact_key.ts";
import { literal, type Privacy, safeWord } from "./privacy.ts";

/** What a decision is about; its place here is its number in `tracked_decisions.kind`. */
export const DECISION_KINDS = [
  "create",
  "edit",
  "refactor",
  "fix",
  "test",
  "command",
  "tool_choice",
  "approach",
  "other",
] as const;

/** What became of a decision; its place here is its number in the tables. */
export const REPORTED_OUTCOMES = ["accepted", "rejected", "modified"] as const;

/** Who speaks in a turn; its place here is its number in `recorded_turns.kind`. */
export const RECORDED_TURN_KINDS = ["user", "assistant", "tool", "other"] as const;

/** What feedback is about; its place here is its number in `feedback.kind`. */
export const FEEDBACK_KINDS = [
  "correctness",
  "completeness",
  "speed",
  "style",
  "communication",
  "tool",
  "other",
] as const;

/** One of {@linkcode REPORTED_OUTCOMES}. */
export type ReportedOutcome = typeof REPORTED_OUTCOMES[number];

/** Of which session something is told, and when. */
export interface TrackingPlace {
  readonly platform: string;
  readonly sessionId: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Makes the events; the same facts give the same ids. */
export class TrackingEvents {
  readonly #privacy: Privacy;

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
  }

  /** @param decision a key: of the tool call that it is about, or one of its own */
  decision(place: TrackingPlace, decision: number, kind: string, characters: number) {
    return this.#event("tracked_decision", place, `${decision}`, {
      decision,
      kind: safeWord(kind, new Set(DECISION_KINDS)),
      characters,
    });
  }

  /** Telling it again at another moment is another event: the latest holds. */
  outcome(place: TrackingPlace, decision: number, outcome: ReportedOutcome, characters: number) {
    return this.#event("reported_outcome", place, `${decision} ${place.at} ${outcome}`, {
      decision,
      outcome: literal(outcome),
      characters,
    });
  }

  /** The key of a turn: the same content of one session has the same, and cannot be guessed. */
  turnKey({ platform, sessionId }: TrackingPlace, content: string): number {
    return factKey(this.#privacy.hash(`turn ${platform} ${sessionId} ${content}`, 32));
  }

  /** @param turn as {@linkcode turnKey} gives it */
  turn(place: TrackingPlace, turn: number, kind: string) {
    return this.#event("recorded_turn", place, `${turn}`, {
      turn,
      kind: safeWord(kind, new Set(RECORDED_TURN_KINDS)),
    });
  }

  /** @param item its place among what is told at once; `rating` is null without one */
  feedback(
    place: TrackingPlace,
    item: number,
    kind: string,
    { rating, characters }: { rating: number | null; characters: number },
  ) {
    return this.#event("feedback", place, `${place.at} ${item}`, {
      kind: safeWord(kind, new Set(FEEDBACK_KINDS)),
      rating,
      characters,
    });
  }

  #event(
    eventType: EventType,
    { platform, sessionId, at }: TrackingPlace,
    id: string,
    payload: EventRecord,
  ): TelemetryEvent {
    return {
      eventId: this.#privacy.hash(`${eventType} ${sessionId} ${id}`, 32),
      platform: literal(platform),
      sessionId: this.#privacy.id(sessionId),
      eventType,
      timestamp: at,
      // Asking for its own numbers makes no session longer.
      metadata: { undated: true },
      payload,
    };
  }
}

const DECISION = /^decision-([0-9a-f]{13})$/;

/** The id of a decision as an assistant is given it. */
export function decisionId(decision: number): string {
  return `decision-${decision.toString(16).padStart(13, "0")}`;
}

/** The key of a decision by its id, or of the tool call with this id; undefined for any other. */
export function decisionOf(id: string): number | undefined {
  const [, digits] = DECISION.exec(id) ?? [];
  if (digits !== undefined) return parseInt(digits, 16);
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) ? factKey(id) : undefined;
}
