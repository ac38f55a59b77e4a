/**
 * How much time of the main thread went into which phase of work.
 *
 * @module
 */

import type { CallSeen, InputSeen, ResponseSeen } from "../../../core/insight_rule.ts";
import { type Phase, phaseOf } from "../../../core/phases.ts";
import { CALL_MAX_MS, QUESTION_TOOLS, TURN_BEGINNINGS } from "../../../core/session_counts.ts";
import { STEP_MAX_MS } from "../../../core/time_split.ts";
import type { UsageTally } from "./tally.ts";
import type { UsagePart, UsageParts } from "./usage_part.ts";

const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);
const QUESTIONS: ReadonlySet<string> = new Set(QUESTION_TOOLS);

/** Time that counts for a phase, in the moment of a fact. */
interface Counted {
  readonly at: number;
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

/** Counts calls of the main thread by phase, and the time up to the end of each. */
export function watchPhases({ tally }: UsageParts): UsagePart {
  return new PhaseWatch(tally);
}

/**
 * Cuts the time of turns at the ends of calls: what lies before the end of a call, thinking and
 * all, is of its phase, and what lies behind the last one up to the last response is the answer.
 */
class PhaseWatch implements UsagePart {
  readonly #tally: UsageTally;
  /** Up to where it is told what the time went into; undefined before anything was typed. */
  #told: number | undefined;
  /** What counted since a turn that interrupts began, without `#said`. */
  #worked: Counted[] = [];
  /** What the model said behind that, in the order of time: an answer as long as no call comes. */
  #said: Counted[] = [];

  constructor(tally: UsageTally) {
    this.#tally = tally;
  }

  input({ at, type, timed }: InputSeen): void {
    if (!BEGINNINGS.has(type)) return;
    // What was queued interrupts nothing: what runs may still be cut by a turn behind it.
    if (type === "queued_prompt") {
      this.#worked.push(...this.#said);
    } else {
      this.#cut(at);
      this.#told = timed ? at : undefined;
      this.#worked = [];
    }
    this.#said = [];
  }

  response({ at, side }: ResponseSeen): void {
    if (!side) this.#count(this.#said, "answer", at, at);
  }

  call(call: CallSeen): void {
    if (call.side) return;
    const { at, tool } = call, phase = phaseOf(call), endedAt = endOf(call);
    this.#tally.add(at, `phase_${phase}_calls`);
    // What the model said on its way to the call was no answer.
    for (const counted of this.#said) this.#add(counted, -1);
    this.#told = this.#said[0]?.from ?? this.#told;
    this.#said = [];
    const isQuestion = QUESTIONS.has(tool);
    this.#count(this.#worked, phase, at, isQuestion ? at : workedUntil(call, endedAt));
    // While a question waits for its answer, or a person for a call, nobody works.
    this.#told = Math.max(this.#told ?? endedAt, endedAt);
  }

  /** The time up to an end is of a phase, but what lies before its fact only within an hour. */
  #count(part: Counted[], phase: Phase, at: number, to: number): void {
    const told = this.#told ?? at;
    const from = at - told > STEP_MAX_MS ? at : told;
    this.#told = Math.max(from, to);
    if (to <= from) return;
    const counted = { at, phase, from, to };
    part.push(counted);
    this.#add(counted, 1);
  }

  /** A turn is over where the next one begins, whatever still runs. */
  #cut(end: number): void {
    for (const counted of [...this.#worked, ...this.#said]) {
      if (counted.to > end) this.#add({ ...counted, from: Math.max(end, counted.from) }, -1);
    }
  }

  #add({ at, phase, from, to }: Counted, sign: 1 | -1): void {
    this.#tally.add(at, `phase_${phase}_ms`, sign * (to - from));
  }
}

/** The end of a call; its beginning where none is known. */
function endOf({ at, resolvedAt }: CallSeen): number {
  return resolvedAt !== null && resolvedAt >= at && resolvedAt - at <= CALL_MAX_MS
    ? resolvedAt
    : at;
}

/** In a call of more than an hour a person may have been away: then the client's word counts. */
function workedUntil({ at, durationMs }: CallSeen, endedAt: number): number {
  if (endedAt - at <= STEP_MAX_MS) return endedAt;
  return Math.min(endedAt, at + (durationMs ?? 0));
}
