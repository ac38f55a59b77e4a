/**
 * What became of one edit that the assistant proposed, as CONTRACT defines it: for the sums of
 * tools, and for whoever learns from single edits.
 *
 * @module
 */

import { type Outcome, OUTCOMES, type Verdict } from "./session_counts.ts";

/** What of a row of `tool_calls` its verdict hangs on. */
export interface JudgedCall {
  /** Place in OUTCOMES. */
  readonly outcome: number | null;
  readonly use_source: number | null;
  /** 1 where nobody sat before the client. */
  readonly headless: number;
  /** 1 where a person changed the edit before it was made. */
  readonly user_modified: number;
  /** Place in DECIDERS. */
  readonly decided_by: number | null;
  /** 1 where a person was asked. */
  readonly asked: number;
  /** 0 for a proposal that no call made. */
  readonly called: number;
  /** Place in REVIEWS. */
  readonly reviewed: number | null;
  /** One of EDIT_FATES. */
  readonly fate: number;
}

/** Who let a call run; the numbers are stored. */
export const DECIDERS: Readonly<Record<string, number>> = { person: 1, policy: 2 };

/** What a person did with a change afterwards; the numbers are stored, and the greater holds. */
export const REVIEWS: Readonly<Record<string, number>> = { accepted: 1, rejected: 2 };

/** What became of an edit later on; the numbers are stored. */
export const EDIT_FATES = { none: 0, committed: 1, modified: 2, undone: 3 } as const;

/** In `use_source` and `result_source`: a hook told it, and nothing else has yet. */
export const HOOK = 1;

/** Modes in which an edit is made without asking anybody. */
export const UNASKED_MODES: ReadonlySet<string> = new Set([
  "acceptEdits",
  "auto",
  "bypassPermissions",
  "dontAsk",
]);

/** How a call ended, by name. */
export function outcomeOf({ outcome }: Pick<JudgedCall, "outcome">): Outcome | undefined {
  return outcome === null ? undefined : OUTCOMES[outcome];
}

/** Whether a person is known to have let it run: a hook saw them asked, or the client says so. */
export function isPermitted({ asked, decided_by }: JudgedCall): boolean {
  return asked === 1 || decided_by === DECIDERS.person;
}

/** Whether a person kept the change, when they saw it. */
export function isKept({ reviewed }: JudgedCall): boolean {
  return reviewed === REVIEWS.accepted;
}

/** Whether a rule, a mode or an empty chair let it run, so that nobody was asked beforehand. */
export function isUnasked(call: JudgedCall, mode: string | null): boolean {
  if (isPermitted(call)) return false;
  return call.decided_by === DECIDERS.policy || call.headless === 1 ||
    mode !== null && UNASKED_MODES.has(mode);
}

/**
 * What became of an edit. A mode that a transcript does not tell is the default one, in which the
 * client asks; a hook that tells none leaves it open.
 */
export function verdictOf(call: JudgedCall, mode: string | null): Verdict {
  const outcome = outcomeOf(call);
  if (outcome === "rejected" || call.reviewed === REVIEWS.rejected) return "rejected";
  if (call.called === 0) return isKept(call) ? "accepted" : "unknown";
  if (outcome !== "ok") return "unknown";
  if (call.fate === EDIT_FATES.undone) return "undone";
  if (call.user_modified === 1 || call.fate === EDIT_FATES.modified) return "modified";
  if (isPermitted(call) || isKept(call)) return "accepted";
  if (call.decided_by === DECIDERS.policy) return "auto";
  if (call.use_source === HOOK && mode === null) return "unknown";
  return isUnasked(call, mode) ? "auto" : "accepted";
}
