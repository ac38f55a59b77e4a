/**
 * `POST /api/v1/archive`: has old events moved into the archive.
 *
 * @module
 */

import * as z from "zod";
import { RequestError } from "../problem.ts";
import { defineRoute } from "./route.ts";
import { named } from "./schema_parts.ts";

const BODY = {
  schema: named(
    "ArchiveChoice",
    z.strictObject({
      before: z.int().describe("Events earlier than this, in milliseconds since 1970 UTC"),
    }),
  ),
  bytesMax: 4096,
};

const ARCHIVED = named(
  "Archived",
  z.object({
    schema: z.literal("blueplane.archive/1"),
    blocks: z.number(),
    events: z.number(),
    parts: z.number().describe("Files that were written"),
    bytes: z.number(),
    unreadable: z.number().describe("Blocks that cannot be read, and stay"),
  }),
);

/** The answer comes when all is archived. */
export const ARCHIVE_ROUTE = defineRoute({
  method: "post",
  path: "/api/v1/archive",
  id: "archive",
  summary: "Moves old events into Parquet files; the answer comes when all are there",
  body: BODY,
  answer: ARCHIVED,
  handle: async (_given, { context, body }) => ({
    schema: "blueplane.archive/1",
    ...await context.commands.archive({ before: readBefore(body) }),
  }),
});

function readBefore(json: unknown): number {
  const { before, ...rest } = (json ?? {}) as Record<string, unknown>;
  if (Object.keys(rest).length === 0 && Number.isSafeInteger(before)) return before as number;
  throw new RequestError('Cannot archive: say "before" in an object, in milliseconds since 1970');
}
