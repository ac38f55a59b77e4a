/**
 * The session that a request names: by its id, by how that begins, or as the last one, as in
 * commands.
 *
 * @module
 */

import { findSessionIds } from "../../core/reports/session_ids.ts";
import { RequestError } from "../problem.ts";
import type { WebContext } from "../web_context.ts";

/** What is said of a session that there is not. */
export const NO_SESSION = "Cannot find this session";

const SHOWN_MAX = 5;

/**
 * Its whole id; undefined where there is no such session.
 *
 * @throws {RequestError} when several ids begin like that
 */
export function namedSession({ db }: Pick<WebContext, "db">, id: string): string | undefined {
  const [first, ...more] = findSessionIds(db, id);
  if (first === undefined || more.length === 0) return first;
  const shown = [first, ...more].slice(0, SHOWN_MAX), left = more.length + 1 - shown.length;
  throw new RequestError(
    `Cannot tell the session: several ids begin so: ${shown.join(", ")}` +
      (left > 0 ? ` and ${left} more` : ""),
  );
}
