/**
 * `POST /api/v1/rebuild`: has everything derived again, or one session.
 *
 * @module
 */

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isOpaqueId } from "../core/privacy.ts";
import { isJson, readJson } from "./json_body.ts";
import { problem, RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

const BODY_BYTES_MAX = 4096;

/** Adds the route; the answer comes when all is derived. */
export function addRebuild(app: Hono, { commands }: WebContext): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  app.post("/api/v1/rebuild", limit, async (c) => {
    if (!isJson(c)) return problem(c, 415, "Cannot accept: the body is no application/json");
    const rebuilt = await commands.rebuild(readChoice(await readJson(c)));
    return rebuilt
      ? c.json({ schema: "blueplane.rebuild/1", ...rebuilt })
      : problem(c, 404, "Cannot rebuild: there is no such session");
  });
}

function readChoice(json: unknown): { session?: string } {
  const { session, ...rest } = (json ?? {}) as Record<string, unknown>;
  if (Object.keys(rest).length === 0) {
    if (session === undefined) return {};
    if (typeof session === "string" && isOpaqueId(session)) return { session };
  }
  throw new RequestError('Cannot rebuild: say nothing in an object, or "session" with its id');
}
