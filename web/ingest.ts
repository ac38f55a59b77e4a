/**
 * What is posted to us. The guard has asked for the header that only our own clients send.
 *
 * @module
 */

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isJson, readJson } from "./json_body.ts";
import { problem } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

/** A hook is given whole files. */
const BODY_BYTES_MAX = 64 * 1024 * 1024;

/** Adds the routes. */
export function addIngest(app: Hono, context: WebContext): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  app.post("/hooks/:platform", limit, async (c) => {
    const platform = context.platformId(c.req.param("platform"));
    if (platform === undefined) return problem(c, 404, "Cannot find this platform");
    if (!isJson(c)) return problem(c, 415, "Cannot accept: the body is no application/json");
    await context.commands.takeHook(platform, await readJson(c));
    // No word more: an assistant reads what a hook answers.
    return c.body(null, 202);
  });
}
