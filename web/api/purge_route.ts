/**
 * `POST /api/v1/purge`: has events deleted everywhere, or tells what would go.
 *
 * @module
 */

import * as z from "zod";
import { type PurgeChoice, readPurgeChoice } from "../../core/purge.ts";
import { RequestError } from "../problem.ts";
import type { WebContext } from "../web_context.ts";
import { namedSession } from "./named_session.ts";
import { platformOf } from "./parameters.ts";
import { defineRoute } from "./route.ts";
import { named } from "./schema_parts.ts";

const BODY = {
  schema: named(
    "PurgeChoice",
    z.strictObject({
      all: z.literal(true).optional().describe("Everything; it goes with none of the next"),
      platform: z.string().optional().describe("An assistant, in any spelling"),
      session: z.string().optional().describe("Its id, how only that begins, or last"),
      before: z.union([z.string(), z.int()]).optional()
        .describe("Only what was before this date or time, or milliseconds since 1970 UTC"),
      dry_run: z.boolean().optional().describe("Only tells what would go"),
    }).describe("What is in all that is named, of which there has to be something"),
  ),
  bytesMax: 4096,
};

const PURGED = named(
  "Purged",
  z.object({
    schema: z.literal("blueplane.purge/1"),
    dry_run: z.boolean(),
    sessions: z.number(),
    events: z.number(),
    bytes: z.number(),
  }),
);

/** The answer comes when nothing of it is left. */
export const PURGE_ROUTE = defineRoute({
  method: "post",
  path: "/api/v1/purge",
  id: "purge",
  summary: "Deletes what is stored, everywhere, and does not read it again",
  body: BODY,
  answer: PURGED,
  missing: "Cannot purge: there is no such session",
  handle: async (_given, { context, body }) => {
    const choice = readChoice(body, context);
    const purged = choice && await context.commands.purge(choice);
    return purged &&
      { schema: "blueplane.purge/1", dry_run: choice.dry_run === true, ...purged };
  },
});

/** With the ids of what it names; undefined where there is no such session. */
function readChoice(json: unknown, context: WebContext): PurgeChoice | undefined {
  const choice = readPurgeChoice(json);
  if (!choice) {
    throw new RequestError(
      'Cannot purge: say in an object what: "all": true, or "before" (a date or time), ' +
        '"platform" or "session"',
    );
  }
  const { platform, session } = choice;
  const id = session === undefined ? undefined : namedSession(context, session);
  if (session !== undefined && id === undefined) return undefined;
  return { ...choice, platform: platformOf(platform, "purge", context), session: id };
}
