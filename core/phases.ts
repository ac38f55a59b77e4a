/**
 * What an assistant is doing, told by its calls alone: the phases of work, and the workflow that
 * the phases of a turn make up.
 *
 * @module
 */

import { type ToolClass, toolClass } from "./tool_classes.ts";

/** What a call is done for; its place here, from 1 on, is its digit in a workflow's number. */
export const CALL_PHASES = [
  "explore",
  "plan",
  "edit",
  "test",
  "run",
  "commit",
  "delegate",
  "other",
] as const;

/** The same, and what the model says behind its last call. */
export const PHASES = [...CALL_PHASES, "answer"] as const;

/** One of {@linkcode CALL_PHASES}. */
export type CallPhase = typeof CALL_PHASES[number];

/** One of {@linkcode PHASES}. */
export type Phase = typeof PHASES[number];

/** What of a call tells its phase. */
export interface PhasedCall {
  readonly tool: string;
  readonly isEdit: boolean;
  /** The kind of a command; null where it is not known. */
  readonly form: string | null;
  /** Commits, pushes and pull requests that it made. */
  readonly commits: number;
}

const OF_CLASS: Readonly<Record<Exclude<ToolClass, "shell">, CallPhase>> = {
  read: "explore",
  search: "explore",
  web: "explore",
  plan: "plan",
  ask: "plan",
  edit: "edit",
  create: "edit",
  agent: "delegate",
  skill: "other",
  mcp: "other",
  other: "other",
};
/** Commands by their kind; all others are run for what they do. */
const OF_FORM: ReadonlyMap<string | null, CallPhase> = new Map([
  ["read", "explore"],
  ["search", "explore"],
  ["test", "test"],
  ["lint", "test"],
  ["build", "test"],
]);
const DIGITS = 10;

/**
 * The phase of a call, by the first of these that holds: it made a commit, a push or a pull
 * request; it changes files; what its command, and else its tool, is for.
 */
export function phaseOf({ tool, isEdit, form, commits }: PhasedCall): CallPhase {
  if (commits > 0) return "commit";
  if (isEdit) return "edit";
  const kind = toolClass(tool);
  return kind === "shell" ? OF_FORM.get(form) ?? "run" : OF_CLASS[kind];
}

/** The number of a workflow: a digit for each phase in the order in which they first came. */
export function workflowNumber(phases: Iterable<CallPhase>): number {
  let number = 0;
  for (const phase of phases) number = number * DIGITS + CALL_PHASES.indexOf(phase) + 1;
  return number;
}

/** The phases of a workflow by its number; none of one in which no tool was called. */
export function workflowPhases(number: number): CallPhase[] {
  return [...String(number)].flatMap((digit) => CALL_PHASES[Number(digit) - 1] ?? []);
}
