/**
 * Refuses a query that tells the same parameter twice: each place that read it would take the one
 * it comes across first. Pages say so, and show the usual.
 *
 * @module
 */

import type { MiddlewareHandler } from "hono";
import { RequestError } from "./problem.ts";

/** Whether a name looks like one of ours; any other may be somebody's words. */
export function isOwnName(name: string): boolean {
  return /^[a-z_]{1,32}$/.test(name);
}

/** Answers with 400 where a parameter is told more than once, and names it. */
export function singleParameters(): MiddlewareHandler {
  return async (c, next) => {
    for (const [name, values] of Object.entries(c.req.queries())) {
      if (values.length < 2) continue;
      const what = isOwnName(name) ? name : "a parameter";
      throw new RequestError(`Cannot read ${what}: it is given more than once`);
    }
    await next();
  };
}
