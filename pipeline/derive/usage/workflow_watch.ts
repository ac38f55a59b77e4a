/**
 * Which workflows the turns of a session follow, and how those went.
 *
 * @module
 */

import type { CallSeen, InputSeen, ResponseSeen } from "../../../core/insight_rule.ts";
import { type CallPhase, phaseOf, workflowNumber } from "../../../core/phases.ts";
import {
  CALL_MAX_MS,
  TURN_BEGINNINGS,
  TURN_MAX_MS,
  type WORKFLOW_COUNTS,
} from "../../../core/session_counts.ts";
import type { UsagePart } from "./usage_part.ts";

/** What is counted of a workflow. */
export type WorkflowCounts = Record<typeof WORKFLOW_COUNTS[number], number>;

const BEGINNINGS: ReadonlySet<string> = new Set(TURN_BEGINNINGS);

/** A turn that goes on. */
interface Turn {
  readonly phases: Set<CallPhase>;
  /** Undefined where its beginning is not dated. */
  readonly at: number | undefined;
  endedAt: number;
  calls: number;
  failed: number;
  isSaid: boolean;
  isBroken: boolean;
  /** Whether a response came last. */
  isAnswered: boolean;
}

/** Watches turns: a prompt that was queued goes on with the turn into which it came. */
export class WorkflowWatch implements UsagePart {
  readonly #found = new Map<number, WorkflowCounts>();
  #turn: Turn | undefined;

  input({ at, type, timed }: InputSeen): void {
    const turn = this.#turn;
    if (type === "interruption" && turn) turn.isBroken = true;
    if (!BEGINNINGS.has(type) || type === "queued_prompt" && turn && !turn.isAnswered) return;
    this.#end();
    this.#turn = {
      phases: new Set(),
      at: timed ? at : undefined,
      endedAt: at,
      calls: 0,
      failed: 0,
      isSaid: false,
      isBroken: false,
      isAnswered: false,
    };
  }

  response({ at, side }: ResponseSeen): void {
    const turn = this.#turn;
    if (side || !turn) return;
    turn.isSaid = turn.isAnswered = true;
    turn.endedAt = Math.max(turn.endedAt, at);
  }

  call(call: CallSeen): void {
    const turn = this.#turn, { at, side, outcome, resolvedAt } = call;
    if (side || !turn) return;
    turn.phases.add(phaseOf(call));
    turn.calls++;
    turn.failed += Number(outcome === "failed");
    turn.isBroken ||= outcome === "rejected" || outcome === "interrupted";
    turn.isAnswered = false;
    const isEnded = resolvedAt !== null && resolvedAt - at <= CALL_MAX_MS;
    turn.endedAt = Math.max(turn.endedAt, at, isEnded ? resolvedAt : at);
  }

  /** The workflows by their number; the session is over. */
  found(): ReadonlyMap<number, WorkflowCounts> {
    this.#end();
    return this.#found;
  }

  /** What nobody answered was no work. */
  #end(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    if (!turn || !turn.isSaid && turn.calls === 0) return;
    const number = workflowNumber(turn.phases);
    const counts = this.#found.get(number) ??
      { turns: 0, finished: 0, broken_off: 0, calls: 0, failed: 0, timed: 0, turn_ms: 0 };
    this.#found.set(number, counts);
    counts.turns++;
    counts.finished += Number(turn.isAnswered && !turn.isBroken);
    counts.broken_off += Number(turn.isBroken);
    counts.calls += turn.calls;
    counts.failed += turn.failed;
    if (turn.at === undefined) return;
    counts.timed++;
    counts.turn_ms = Math.min(counts.turn_ms + turn.endedAt - turn.at, TURN_MAX_MS);
  }
}
