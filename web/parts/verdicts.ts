/**
 * What became of edits and calls, in the words and colours of every page.
 *
 * @module
 */

import type { EVIDENCE } from "../../core/edit_verdict.ts";
import type { WHO_LETS_RUN } from "../../core/reports/let_run_by.ts";
import type { DecisionChoice } from "../../core/reports/session_decisions.ts";

/** Edits by verdict, and other calls. */
export const VERDICT_NAMES: Readonly<Record<DecisionChoice, string>> = {
  accepted: "accepted",
  rejected: "rejected",
  modified: "modified",
  undone: "undone",
  auto: "not asked",
  unknown: "unknown",
  refused: "call refused",
  allowed: "call allowed",
};

/** The class of a badge: its word says the same. */
export const VERDICT_LOOKS: Readonly<Record<DecisionChoice, string>> = {
  accepted: "badge good",
  rejected: "badge bad",
  modified: "badge warn",
  undone: "badge bad",
  auto: "badge",
  unknown: "badge quiet",
  refused: "badge bad",
  allowed: "badge good",
};

/** Calls that ran, by who let them. */
export const LET_RUN_NAMES: Readonly<Record<typeof WHO_LETS_RUN[number], string>> = {
  person: "Calls that you let run",
  rule: "Calls that a rule let run",
  hook: "Calls that a hook let run",
  mode: "Calls that a mode let run",
  rule_or_mode: "Calls that a rule or mode let run",
};

/** What a verdict is known by; the last ones are of calls that were refused. */
export const EVIDENCE_TEXTS: Readonly<
  Record<
    typeof EVIDENCE[number] | "rejected" | "permission_denied" | "hook_blocked",
    string
  >
> = {
  report: "the assistant says so",
  ran: "it ran where you could refuse",
  permission: "you allowed it",
  review: "your review",
  committed: "you committed it",
  refusal: "you refused it",
  change: "you changed it before it was made",
  later_change: "the file was changed afterwards",
  file_history: "the file history: taken back",
  rule: "a rule allowed it",
  hook: "a hook allowed it",
  mode: "a mode that asks nobody",
  headless: "nobody sat there",
  rejected: "you refused it",
  permission_denied: "a rule or mode refused it",
  hook_blocked: "a hook refused it",
};
