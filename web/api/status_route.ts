/**
 * `GET /api/v1/status`: what runs, what is stored, what waits; the document of the command.
 *
 * @module
 */

import * as z from "zod";
import { defineRoute } from "./route.ts";
import { COVERAGE, MOMENT, named } from "./schema_parts.ts";

const THRESHOLDS = z.object({ yellow: z.number(), orange: z.number(), red: z.number() });
const LEVEL = z.enum(["green", "yellow", "orange", "red"]).nullable();
const TEXT = z.string().nullable();

const STATUS_DOCUMENT = named(
  "Status",
  z.object({
    schema: z.literal("blueplane.status/1"),
    version: z.string(),
    server: z.object({
      pid: z.number(),
      url: z.string(),
      started_at: MOMENT,
      captures: z.boolean(),
      trouble: TEXT,
    }).nullable(),
    capture_worker: z.object({ pid: z.number(), machine: z.string(), started_at: MOMENT })
      .nullable(),
    last_run: z.object({
      pid: z.number(),
      started_at: MOMENT,
      is_running: z.boolean(),
      ended_at: MOMENT.nullable(),
      exit_code: z.number().nullable(),
      signal: TEXT,
      last_error: TEXT,
    }).nullable(),
    broker: z.enum(["sqlite", "redis"]),
    queue: z.object({
      events: z.number().nullable(),
      changes: z.number(),
      dead_letters: z.number(),
      level: LEVEL,
      thresholds: z.object({ events: THRESHOLDS, changes: THRESHOLDS }),
    }).nullable(),
    storage: z.object({
      database_bytes: z.number(),
      sessions: z.number(),
      events: z.number(),
      raw_bytes: z.number(),
      compressed_bytes: z.number(),
    }).nullable(),
    coverage: COVERAGE.nullable(),
    lines: z.object({ read: z.number(), malformed: z.number(), unknown: z.number() }).nullable(),
    machines: z.array(z.object({
      machine: z.string(),
      this_machine: z.boolean(),
      files: z.number(),
      lines: z.number(),
      sessions: z.number(),
    })),
  }),
);

/** What waits in Redis is asked anew each time. */
export const STATUS_ROUTE = defineRoute({
  path: "/api/v1/status",
  id: "status",
  summary: "What runs, what is stored, and what waits",
  answer: STATUS_DOCUMENT,
  isTimed: true,
  handle: (_given, { context }) => context.status(),
});
