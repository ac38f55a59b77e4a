/**
 * `POST /api/v1/archive`: has old events moved into the archive.
 *
 * @module
 */

import type { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isJson, readJson } from "./json_body.ts";
import { problem, RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

const BODY_BYTES_MAX = 4096;

/** Adds the route; the answer comes when all is archived. */
export function addArchive(app: Hono, { commands }: WebContext): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  app.post("/api/v1/archive", limit, async (c) => {
    if (!isJson(c)) return problem(c, 415, "Cannot accept: the body is no application/json");
    const archived = await commands.archive({ before: readBefore(await readJson(c)) });
    return c.json({ schema: "blueplane.archive/1", ...archived });
  });
}

function readBefore(json: unknown): number {
  const { before, ...rest } = (json ?? {}) as Record<string, unknown>;
  if (Object.keys(rest).length === 0 && Number.isSafeInteger(before)) return before as number;
  throw new RequestError('Cannot archive: say "before" in an object, in milliseconds since 1970');
}
