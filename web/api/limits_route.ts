/**
 * `GET /api/v1/limits`: the account's limits as the status line saw them; the document of the
 * command.
 *
 * @module
 */

import * as z from "zod";
import { reportLimits } from "../../core/reports/limits_report.ts";
import { defineRoute } from "./route.ts";
import { MOMENT, named } from "./schema_parts.ts";

const ESTIMATE = named(
  "Estimate",
  z.object({
    value: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    n: z.number(),
  }).describe("A number with its 95 % interval; its ends are null of one observation"),
);

const HISTORY = z.array(z.object({ at: MOMENT, used: z.number() }));

const LIMITS_DOCUMENT = named(
  "Limits",
  z.object({
    schema: z.literal("blueplane.limits/1"),
    limits: z.array(z.object({
      platform: z.string(),
      name: z.string(),
      used: z.number(),
      seen_at: MOMENT,
      resets_at: MOMENT.nullable(),
      forecast: z.object({
        at_reset: ESTIMATE,
        full_at: MOMENT.nullable(),
        full_at_earliest: MOMENT.nullable(),
        full_at_latest: MOMENT.nullable(),
        course: z.array(
          z.object({ at: MOMENT, used: z.number(), low: z.number(), high: z.number() }),
        ),
      }).nullable(),
      tokens_per_percent: ESTIMATE.nullable(),
      cost_usd_per_percent: ESTIMATE.nullable(),
      history: HISTORY,
    })),
    sessions: z.array(z.object({
      platform: z.string(),
      session_id: z.string(),
      seen_at: MOMENT,
      context: z.object({
        tokens: z.number(),
        limit: z.number(),
        used: z.number(),
        full_at: MOMENT.nullable(),
        full_at_earliest: MOMENT.nullable(),
        full_at_latest: MOMENT.nullable(),
        n: z.number().nullable(),
        history: HISTORY,
      }).nullable(),
      cost: z.object({
        usd: z.number(),
        usd_per_hour: ESTIMATE.nullable(),
        history: z.array(z.object({ at: MOMENT, usd: z.number() })),
      }).nullable(),
    })),
  }),
);

/** What is left until a window ends changes with time. */
export const LIMITS_ROUTE = defineRoute({
  path: "/api/v1/limits",
  id: "limits",
  summary: "How much of the account's limits is used, and where that goes",
  answer: LIMITS_DOCUMENT,
  isTimed: true,
  handle: (_given, { context, now }) => reportLimits(context.db, now),
});
