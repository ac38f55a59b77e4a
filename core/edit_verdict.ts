/**
 * What became of one edit that the assistant proposed, as CONTRACT defines it: for the sums of
 * tools, and for whoever learns from single edits.
 *
 * @module
 */

import { type Outcome, OUTCOMES, type Verdict } from "./session_counts.ts";
import { REPORTED_OUTCOMES } from "./tracking.ts";

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

/** The same with what the assistant itself said of it. */
export interface ReportedCall extends JudgedCall {
  /** Place in REPORTED_OUTCOMES. */
  readonly reported: number | null;
}

/**
 * By what a verdict is known. Of accepted edits from the weakest to the strongest: the assistant
 * says so, it ran where a person could refuse, a person let it run, kept it in a review, or
 * committed it. Of others: a person refused, changed it before it was made or afterwards, took it
 * back; or nobody was asked, by a rule, a hook, a mode or an empty chair.
 */
export const EVIDENCE = [
  "report",
  "ran",
  "permission",
  "review",
  "committed",
  "refusal",
  "change",
  "later_change",
  "file_history",
  "rule",
  "hook",
  "mode",
  "headless",
] as const;

/** What became of an edit, and by what that is known. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Null where nothing is known. */
  readonly evidence: typeof EVIDENCE[number] | null;
}

/** The same as columns, in the order of their reading. */
export const JUDGED_COLUMNS = [
  "outcome",
  "use_source",
  "headless",
  "user_modified",
  "decided_by",
  "asked",
  "called",
  "reviewed",
  "fate",
] as const satisfies readonly (keyof JudgedCall)[];

/**
 * Who let a call run; the numbers are stored. `policy` is a rule or a mode, where the client does
 * not say which.
 */
export const DECIDERS = { person: 1, policy: 2, hook: 3, rule: 4, mode: 5 } as const;

/** One of {@linkcode DECIDERS}. */
export type Decider = keyof typeof DECIDERS;

/** The number of one by its name; null for any other text. */
export function deciderNumber(name: string): number | null {
  return Object.hasOwn(DECIDERS, name) ? DECIDERS[name as Decider] : null;
}

/** Of two tellings of who let a call run: a person, else what says more; null says nothing. */
export function surerDecider(a: number | null, b: number | null): number | null {
  if (a === DECIDERS.person || b === DECIDERS.person) return DECIDERS.person;
  return Math.max(a ?? 0, b ?? 0) || null;
}

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
  return call.decided_by !== null || call.headless === 1 ||
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
  if (call.decided_by !== null) return "auto";
  if (call.use_source === HOOK && mode === null) return "unknown";
  return isUnasked(call, mode) ? "auto" : "accepted";
}

/**
 * What became of an edit, with its evidence. What the assistant says is the weakest, and counts
 * only where no trace tells anything: of a call that failed or was refused the trace tells enough.
 */
export function judgementOf(call: ReportedCall, mode: string | null): Judgement {
  const verdict = verdictOf(call, mode), outcome = outcomeOf(call);
  if (verdict !== "unknown") return { verdict, evidence: evidenceOf(call, verdict, mode) };
  const isOpen = outcome === undefined || outcome === "ok";
  const reported = isOpen ? REPORTED_OUTCOMES[call.reported ?? -1] : undefined;
  return reported ? { verdict: reported, evidence: "report" } : { verdict, evidence: null };
}

function evidenceOf(call: JudgedCall, verdict: Exclude<Verdict, "unknown">, mode: string | null) {
  switch (verdict) {
    case "accepted":
      if (call.fate === EDIT_FATES.committed) return "committed";
      if (isPermitted(call)) return "permission";
      return isKept(call) ? "review" : "ran";
    case "rejected":
      return outcomeOf(call) === "rejected" ? "refusal" : "review";
    case "modified":
      return call.user_modified === 1 ? "change" : "later_change";
    case "undone":
      return "file_history";
    case "auto":
      return evidenceOfUnasked(call, mode);
  }
}

/** A mode that makes every edit needs no rule; a rule stands in the way of an empty chair. */
function evidenceOfUnasked({ decided_by, headless }: JudgedCall, mode: string | null) {
  if (decided_by === DECIDERS.hook) return "hook";
  if (decided_by === DECIDERS.rule) return "rule";
  if (mode !== null && UNASKED_MODES.has(mode) || decided_by === DECIDERS.mode) return "mode";
  if (decided_by === DECIDERS.policy) return "rule";
  return headless === 1 ? "headless" : "mode";
}
