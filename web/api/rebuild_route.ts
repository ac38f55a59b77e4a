/**
 * `POST /api/v1/rebuild`: has everything derived again, or one session.
 *
 * @module
 */

import * as z from "zod";
import { isOpaqueId } from "../../core/privacy.ts";
import { RequestError } from "../problem.ts";
import { defineRoute } from "./route.ts";
import { named } from "./schema_parts.ts";

const BODY = {
  schema: named("RebuildChoice", z.strictObject({ session: z.string().optional() })),
  bytesMax: 4096,
};

const REBUILT = named(
  "Rebuilt",
  z.object({
    schema: z.literal("blueplane.rebuild/1"),
    sessions: z.number().describe("Those that are derived again"),
    kept: z.number().describe("Those that stay, as not all of their traces are left"),
    blocks: z.number(),
    events: z.number(),
  }),
);

/** The answer comes when all is derived. */
export const REBUILD_ROUTE = defineRoute({
  method: "post",
  path: "/api/v1/rebuild",
  id: "rebuild",
  summary: "Derives everything again, or one session; the answer comes when all is derived",
  body: BODY,
  answer: REBUILT,
  missing: "Cannot rebuild: there is no such session",
  handle: async (_given, { context, body }) => {
    const rebuilt = await context.commands.rebuild(readChoice(body));
    return rebuilt && { schema: "blueplane.rebuild/1", ...rebuilt };
  },
});

function readChoice(json: unknown): { session?: string } {
  const { session, ...rest } = (json ?? {}) as Record<string, unknown>;
  if (Object.keys(rest).length === 0) {
    if (session === undefined) return {};
    if (typeof session === "string" && isOpaqueId(session)) return { session };
  }
  throw new RequestError('Cannot rebuild: say nothing in an object, or "session" with its id');
}
