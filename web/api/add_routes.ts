/**
 * Puts routes into the app: reads what a request gives, answers with the document or with 304,
 * and links to the rest of a list.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ofOneState } from "../../core/database.ts";
import { isJson, readJson } from "../json_body.ts";
import { problem } from "../problem.ts";
import type { Validators } from "../validators.ts";
import type { WebContext } from "../web_context.ts";
import {
  type Given,
  type ListPart,
  NOTHING,
  readGiven,
  type Route,
  type Shape,
} from "./route.ts";

const CHALLENGE = /^[0-9a-f]{32}$/;

/** Adds them. */
export function addRoutes(
  app: Hono,
  routes: readonly Route[],
  context: WebContext,
  validators: Validators,
): void {
  for (const route of routes) {
    if (route.method === "get") {
      app.get(route.path, (c) => answerTo(c, route, context, validators));
      continue;
    }
    const limit = bodyLimit({
      maxSize: route.body?.bytesMax ?? 0,
      onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
    });
    app.post(route.path, limit, (c) => answerTo(c, route, context));
  }
}

/** @param validators of what is read; a request that writes has none */
async function answerTo(
  c: Context,
  route: Route,
  context: WebContext,
  validators?: Validators,
): Promise<Response> {
  const given = givenTo(c, route);
  if (route.body && !isJson(c)) {
    return problem(c, 415, "Cannot accept: the body is no application/json");
  }
  const now = context.clock.now(), isTimed = route.isTimed === true;
  const held = validators?.heldTag(c, isTimed, now);
  if (held !== undefined) return c.body(null, 304, { ETag: held });
  // Told before it is read: what changes meanwhile makes another.
  const tag = validators?.tagOf(c, isTimed, now);
  const body = route.body ? await readJson(c) : undefined;
  const answer = await ofOneState(
    context.db,
    () => route.handle(given, { context, now, body }),
  );
  if (answer === undefined) return problem(c, 404, route.missing ?? "Cannot find it");
  if (answer instanceof Response) return answer;
  if (tag !== undefined) c.header("ETag", tag);
  if (route.answer === NOTHING) return c.body(null, 202);
  if (typeof answer === "string") {
    return c.body(answer, 200, { "Content-Type": route.answer as string });
  }
  // Whoever shares our key sees by it who answered.
  const challenge = c.req.header("blueplane-challenge") ?? "";
  const proof = CHALLENGE.test(challenge) ? context.proofOf?.(challenge) : undefined;
  if (proof !== undefined) c.header("Blueplane-Proof", proof);
  const part = route.partOf?.(answer, given);
  if (part) c.header("Link", linksOf(c, part));
  return c.json(answer, route.status ?? 200);
}

function givenTo(c: Context, { query, inPath }: Route): Given<Shape> {
  return { ...readGiven(query, c.req.query()), ...readGiven(inPath, c.req.param()) };
}

/** Links to the other parts of a list, as RFC 8288 has them. */
function linksOf(c: Context, { total, limit, offset }: ListPart): string | undefined {
  if (limit === 0) return undefined;
  const { pathname, searchParams } = new URL(c.req.url);
  const linkTo = (place: number, rel: string) => {
    searchParams.set("limit", String(limit));
    searchParams.set("offset", String(place));
    return `<${pathname}?${searchParams}>; rel="${rel}"`;
  };
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  return [
    ...(offset > 0 ? [linkTo(Math.max(0, offset - limit), "prev")] : []),
    ...(offset + limit < total ? [linkTo(offset + limit, "next")] : []),
    linkTo(0, "first"),
    linkTo(last, "last"),
  ].join(", ");
}
