/**
 * Whose questions a server answers as they would themselves: those of the same version, whose
 * days begin with its own, and who find the names of projects and tools in the same folders.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import { type Home, readKey } from "../core/home.ts";
import { calendarMark } from "../core/reports/calendar_mark.ts";
import { userHomeOf } from "./hook_call.ts";
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
export function answersAlike(io: Io, home: Home, { variables, mark }: AnswerNote): boolean {
  const key = readKey(home, false);
  return key !== undefined && answerNote(io, key, variables).mark === mark;
}
