/**
 * Errors over HTTP as RFC 9457 has them.
 *
 * @module
 */

import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isOtlp, otlpRefusal } from "./otlp_refusal.ts";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "No token",
  403: "Forbidden",
  404: "Not found",
  405: "Not allowed",
  413: "Too large",
  414: "Too long",
  415: "Not understood",
  426: "Upgrade needed",
  429: "Too many requests",
  431: "Too large",
  500: "Failed",
  503: "Not ready",
};

/** Thrown for a request that cannot be answered as it is: 400. */
export class RequestError extends Error {
  override name = "RequestError";
}

/** Thrown for what there is not, where a request names it: 404. */
export class MissingError extends Error {
  override name = "MissingError";
}

/** Thrown for what cannot be done now, with the reason, which holds no content: 503. */
export class NotReadyError extends Error {
  override name = "NotReadyError";
}

/** What a request tells, read. @throws {RequestError} for what is out of range in it */
export function asRequest<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(error.message);
    throw error;
  }
}

/** What kind of problem a status is. */
export function problemTitle(status: number): string {
  return TITLES[status] ?? "Failed";
}

/**
 * An `application/problem+json` answer, or where another protocol is spoken its own; the detail
 * never holds content.
 */
export function problem(c: Context, status: ContentfulStatusCode, detail: string): Response {
  if (isOtlp(c)) return otlpRefusal(c, status, detail);
  const body = JSON.stringify({ title: problemTitle(status), status, detail });
  return c.body(body, status, { "Content-Type": "application/problem+json" });
}
