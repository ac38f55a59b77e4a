/**
 * `GET /healthz`: whether the server lives, and what stops its work.
 *
 * @module
 */

import * as z from "zod";
import { defineRoute } from "./route.ts";
import { named } from "./schema_parts.ts";

const HEALTH = named(
  "Health",
  z.object({
    status: z.enum(["ok", "troubled"]),
    pid: z.number(),
    version: z.string(),
    trouble: z.string().nullable(),
  }),
);

/** It is answered to whoever asks, also while a token is asked for. */
export const HEALTH_ROUTE = defineRoute({
  path: "/healthz",
  id: "health",
  summary: "Whether the server lives, and what stops its work",
  answer: HEALTH,
  handle: (_given, { context }) => {
    const { pid, version } = context, trouble = context.trouble() ?? null;
    return { status: trouble === null ? "ok" : "troubled", pid, version, trouble };
  },
});
