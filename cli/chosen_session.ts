/**
 * The session that the user names, by its whole id or by its beginning, as tables print it.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import { CHARACTERS_MIN, findSessionIds } from "../core/reports/session_ids.ts";
import { NotFoundError, UsageError } from "./exit.ts";

const SHOWN_MAX = 5;
const TEXT_CHARACTERS_MAX = 64;

/**
 * Its whole id, where `last` is the session with the latest moment; undefined where none is named.
 *
 * @throws {NotFoundError} when there is no such session
 * @throws {UsageError} when several ids begin like that
 */
export function chosenSession(db: Database, text: string): string;
export function chosenSession(db: Database, text: string | undefined): string | undefined;
export function chosenSession(db: Database, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [first, ...more] = findSessionIds(db, text);
  const named = text.slice(0, TEXT_CHARACTERS_MAX);
  if (first === undefined && text === "last") {
    throw new NotFoundError("Cannot find the last session: there is none yet");
  }
  if (first === undefined) {
    const hint = text.length < CHARACTERS_MIN
      ? `, and a beginning has ${CHARACTERS_MIN} characters or more`
      : "";
    throw new NotFoundError(
      `Cannot find the session: there is none with the id '${named}'${hint}`,
    );
  }
  if (more.length === 0) return first;
  const shown = [first, ...more].slice(0, SHOWN_MAX).join(", ");
  const rest = more.length + 1 - SHOWN_MAX;
  throw new UsageError(
    `Cannot tell the session: several begin with '${named}': ${shown}` +
      (rest > 0 ? ` and ${rest} more` : ""),
  );
}
