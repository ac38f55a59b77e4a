/**
 * `POST /api/v1/purge`: has events deleted everywhere, or tells what would go.
 *
 * @module
 */

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { readPurgeChoice } from "../core/purge.ts";
import { isJson, readJson } from "./json_body.ts";
import { problem, RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

const BODY_BYTES_MAX = 4096;

/** Adds the route; the answer comes when nothing of it is left. */
export function addPurge(app: Hono, { commands }: WebContext): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  app.post("/api/v1/purge", limit, async (c) => {
    if (!isJson(c)) return problem(c, 415, "Cannot accept: the body is no application/json");
    const choice = readPurgeChoice(await readJson(c));
    if (!choice) {
      throw new RequestError(
        'Cannot purge: say in an object "platform", "session", "before" (milliseconds) and ' +
          '"dry_run"; {} means all',
      );
    }
    const purged = await commands.purge(choice);
    return purged
      ? c.json({ schema: "blueplane.purge/1", dry_run: choice.dry_run === true, ...purged })
      : problem(c, 404, "Cannot purge: there is no such session");
  });
}
