/**
 * The token that is asked for where `web.token` is on: whoever may open the loopback address, but
 * not the files of this user, is told nothing. A script sends it as a bearer; a browser is given
 * a cookie for it, once, by a link whose fragment no server sees.
 *
 * @module
 */

import { hash, timingSafeEqual } from "node:crypto";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { problem } from "./problem.ts";
import { wantsPage } from "./problem_page.tsx";
import { signInPage } from "./sign_in_page.tsx";

/** What holds nothing of anybody's, or only takes: hooks know no token that changes. */
const OPEN = /^\/(assets\/|healthz$|sign-in$)/;
const TAKING = /^\/(hooks|v1)\/|^\/events$/;
const COOKIE = "blueplane";

/** Asks for the token with 401, and a person with a page that says where it is. */
export function tokenGuard(token: string): MiddlewareHandler {
  return async (c, next) => {
    if (isOpen(c) || isTold(c, token)) return await next();
    c.header("WWW-Authenticate", 'Bearer realm="Blueplane"');
    if (wantsPage(c)) return c.html(signInPage(), 401);
    return problem(c, 401, "Cannot answer: the token is missing; serve.json holds it");
  };
}

/** Gives a browser that tells the token its cookie, which no script can read. */
export function addSignIn(app: Hono, token: string): void {
  app.post("/sign-in", (c) => {
    if (!isBearer(c, token)) return problem(c, 401, "Cannot sign in: this is not the token");
    setCookie(c, COOKIE, cookieOf(token), { httpOnly: true, sameSite: "Strict", path: "/" });
    return c.body(null, 204);
  });
}

function isOpen({ req }: Context): boolean {
  return OPEN.test(req.path) || req.method === "POST" && TAKING.test(req.path);
}

function isTold(c: Context, token: string): boolean {
  const cookie = getCookie(c, COOKIE);
  return isBearer(c, token) || cookie !== undefined && isSame(cookie, cookieOf(token));
}

function isBearer({ req }: Context, token: string): boolean {
  const [, told] = /^Bearer (.+)$/.exec(req.header("authorization") ?? "") ?? [];
  return told !== undefined && isSame(told, token);
}

/** Whoever is shown the cookie cannot make a token of it. */
function cookieOf(token: string): string {
  return hash("sha256", `cookie of ${token}`, "hex");
}

/** Takes as long, however much of it is right. */
function isSame(told: string, right: string): boolean {
  const digest = (text: string) => hash("sha256", text, "buffer");
  return timingSafeEqual(digest(told), digest(right));
}
