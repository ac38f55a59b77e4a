/**
 * JSON that is posted to us.
 *
 * @module
 */

import type { Context } from "hono";
import { RequestError } from "./problem.ts";

/** Whether a request says that its body is JSON. */
export function isJson({ req }: Context): boolean {
  return /^application\/json\s*(;|$)/i.test(req.header("content-type") ?? "");
}

/**
 * The body of a request.
 *
 * @throws {RequestError} when it is no JSON
 */
export async function readJson({ req }: Context): Promise<unknown> {
  try {
    return await req.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RequestError("Cannot accept: the body is no valid JSON");
  }
}
