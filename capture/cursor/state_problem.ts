/**
 * Why a database cannot be read, in words without its path.
 *
 * @module
 */

/** One reason, of which each has a remedy of its own. */
export type StateProblem =
  | "gone"
  | "denied"
  | "locked"
  | "damaged"
  | "unfinished"
  | "no_room"
  | "unreadable";

/** Thrown for a database that cannot be read now, by whoever finds out before SQLite does. */
export class StateError extends Error {
  override name = "StateError";
  readonly problem: StateProblem;

  constructor(problem: StateProblem) {
    super(`Cannot read a database: ${PROBLEM_TEXTS[problem]}`);
    this.problem = problem;
  }
}

/** What is said of each. */
const PROBLEM_TEXTS: Readonly<Record<StateProblem, string>> = {
  gone: "it is gone",
  denied: "permission denied",
  locked: "it is locked",
  damaged: "it is damaged",
  unfinished: "a change in it was not finished",
  no_room: "there is no room for a copy of it",
  unreadable: "it cannot be opened",
};

/** By the first byte of SQLite's result codes. */
const BY_CODE: Readonly<Record<number, StateProblem>> = {
  3: "denied",
  5: "locked",
  6: "locked",
  8: "unfinished",
  10: "unreadable",
  11: "damaged",
  13: "no_room",
  14: "unreadable",
  15: "locked",
  23: "denied",
  26: "damaged",
};

/** The reason behind an error; undefined for an error that has nothing to do with the file. */
export function problemOf(error: unknown): StateProblem | undefined {
  if (error instanceof StateError) return error.problem;
  if (error instanceof Deno.errors.NotFound) return "gone";
  if (error instanceof Deno.errors.PermissionDenied) return "denied";
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === "ENOSPC") return "no_room";
  if (code === "EIO" || code === "EACCES" || code === "EBUSY") return "unreadable";
  // A row's number, or the text of a key, that no honest database has.
  if (code === "ERR_OUT_OF_RANGE") return "damaged";
  if (code !== "ERR_SQLITE_ERROR") return undefined;
  // What cannot be opened at all comes without a number.
  if (typeof errcode !== "number") return "unreadable";
  return BY_CODE[errcode & 0xff] ?? "unreadable";
}

/** The error for a reason. */
export function stateError(problem: StateProblem): StateError {
  return new StateError(problem);
}

/** The error as a {@linkcode StateError}, if the file is to blame. */
export function asStateError(error: unknown): unknown {
  const problem = problemOf(error);
  return problem === undefined ? error : new StateError(problem);
}
