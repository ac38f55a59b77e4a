/**
 * How a path names a session: by its id, or by how that begins, as on pages and in commands.
 *
 * @module
 */

import { CHARACTERS_MIN, findSessionIds } from "../../core/reports/session_ids.ts";
import { RequestError } from "../problem.ts";
import type { WebContext } from "../web_context.ts";
import { text } from "./parameters.ts";

/** How it stands in a path. */
export const SESSION_ID = {
  id: text("The id of a session").unwrap().describe(
    `Its id, or at least ${CHARACTERS_MIN} characters with which the id of no other one begins`,
  ),
};

/** What is said of a session that there is not. */
export const NO_SESSION = "Cannot find this session";

const SHOWN_MAX = 5;

/**
 * Its whole id; undefined where there is no such session.
 *
 * @throws {RequestError} when several ids begin like that
 */
export function sessionInPath({ db }: WebContext, id: string): string | undefined {
  const [first, ...more] = findSessionIds(db, id);
  if (first === undefined || more.length === 0) return first;
  const shown = [first, ...more].slice(0, SHOWN_MAX), left = more.length + 1 - shown.length;
  throw new RequestError(
    `Cannot tell the session: several ids begin so: ${shown.join(", ")}` +
      (left > 0 ? ` and ${left} more` : ""),
  );
}
