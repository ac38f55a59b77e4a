/**
 * The guard before every route: a loopback Host, our own Origin, nothing that a page of another
 * site asks for, and headers that let a browser do nothing but what the dashboard needs.
 *
 * @module
 */

import type { Context, MiddlewareHandler } from "hono";
import { problem } from "./problem.ts";

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);
const CLIENT_HEADER = "blueplane-client";

/** Whether a Host header names this machine, as DNS rebinding cannot make it. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK_HOST.test(host);
}

/** Whether a request's Origin, if it has one, is the page that this server sent itself. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}

/** Refuses foreign requests with 403, and sets the headers of every answer. */
export function guard(): MiddlewareHandler {
  return async (c, next) => {
    // The URL follows the request line; only the header itself says what the browser asked for.
    const host = c.req.header("host");
    const headers = Object.entries(securityHeaders(isLoopbackHost(host) ? host : undefined));
    const refusal = refusalOf(c, host);
    if (refusal === undefined) await next();
    else c.res = problem(c, 403, refusal);
    for (const [name, value] of headers) c.header(name, value);
    // Only what holds nothing of anybody's says that it may be kept.
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  };
}

function refusalOf(c: Context, host: string | undefined): string | undefined {
  if (host === undefined || !isLoopbackHost(host)) {
    return "Cannot answer: the Host header names no loopback address";
  }
  if (!isOwnOrigin(c.req.header("origin"), host) || isOfOtherSite(c)) {
    return "Cannot answer: the request comes from another site";
  }
  return isWriteWithoutClient(c)
    ? "Cannot accept: the header Blueplane-Client is missing"
    : undefined;
}

/**
 * Whether the browser says that a page of another origin asks, other than by going to ours: an
 * image, a frame, a script, also those that tell no Origin.
 */
function isOfOtherSite({ req }: Context): boolean {
  const site = req.header("sec-fetch-site");
  if (site === undefined || site === "same-origin" || site === "none") return false;
  const isVisit = req.method === "GET" && req.header("sec-fetch-mode") === "navigate" &&
    req.header("sec-fetch-dest") === "document";
  return !isVisit;
}

function isWriteWithoutClient({ req }: Context): boolean {
  return !SAFE_METHODS.has(req.method) && req.header(CLIENT_HEADER) === undefined;
}

function securityHeaders(host: string | undefined): Record<string, string> {
  return {
    "Content-Security-Policy": [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      host === undefined ? "connect-src 'self'" : `connect-src 'self' ws://${host}`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
  };
}
