/**
 * Whose questions a server answers as they would themselves: those of the same version, whose
 * days begin with its own, and who find the names of projects and tools in the same folders.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import { calendarMark } from "../core/reports/calendar_mark.ts";
import { userHomeOf } from "./home_path.ts";
import type { Io } from "./io.ts";
import { VERSION } from "./version.ts";

/** What a server writes down of itself. */
export interface AnswerNote {
  /** Names of the variables that tell where the folders of assistants are. */
  readonly variables: readonly string[];
  /** Made with the key of the home of all that must be alike: no folder can be read from it. */
  readonly mark: string;
}

/** The note of this process. @param key that of the home */
export function answerNote(io: Io, key: Uint8Array, variables: readonly string[]): AnswerNote {
  const folders = [userHomeOf(io), ...variables.map(io.env)].map((value) => value ?? "");
  const alike = JSON.stringify([VERSION, calendarMark(), ...folders]);
  const mark = createHmac("sha256", key).update(alike).digest("hex");
  return { variables, mark };
}

/** Whether the server of a note answers as this process would. */
export function answersAlike(io: Io, key: Uint8Array, { variables, mark }: AnswerNote): boolean {
  return answerNote(io, key, variables).mark === mark;
}

/**
 * By what an answer is known as that of a process: only who can read the key of its home can make
 * it, and not somebody who has its port by now.
 *
 * @param challenge another one for each question
 */
export function answerProof(key: Uint8Array, pid: number, challenge: string): string {
  return createHmac("sha256", key).update(`answer of ${pid} to ${challenge}`).digest("hex");
}
