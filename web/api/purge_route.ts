/**
 * `POST /api/v1/purge`: has events deleted everywhere, or tells what would go.
 *
 * @module
 */

import * as z from "zod";
import { readPurgeChoice } from "../../core/purge.ts";
import { RequestError } from "../problem.ts";
import { defineRoute } from "./route.ts";
import { named } from "./schema_parts.ts";

const BODY = {
  schema: named(
    "PurgeChoice",
    z.strictObject({
      platform: z.string().optional(),
      session: z.string().optional(),
      before: z.number().optional().describe("Milliseconds since 1970 UTC"),
      dry_run: z.boolean().optional(),
    }).describe("What is in all of these; {} means all"),
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
    const choice = readPurgeChoice(body);
    if (!choice) {
      throw new RequestError(
        'Cannot purge: say in an object "platform", "session", "before" (milliseconds) and ' +
          '"dry_run"; {} means all',
      );
    }
    const purged = await context.commands.purge(choice);
    return purged &&
      { schema: "blueplane.purge/1", dry_run: choice.dry_run === true, ...purged };
  },
});
