/**
 * Schemas that several documents are made of, and the names under which the description of the
 * API tells of them.
 *
 * @module
 */

import * as z from "zod";

/** The schemas that have a name of their own in the description. */
export const NAMED = z.registry<{ id: string }>();

/** Gives a schema a name of its own. */
export function named<S extends z.ZodType>(id: string, schema: S): S {
  NAMED.add(schema, { id });
  return schema;
}

/** A moment, as ISO 8601 in UTC with milliseconds. */
export const MOMENT = z.iso.datetime({ precision: 3 });

/** From when to when; null from the beginning. */
export const SPAN = z.object({ from: MOMENT.nullable(), to: MOMENT });

/** A share with the number of trials and its 95 % interval. */
export const RATE = named(
  "Rate",
  z.object({ value: z.number(), n: z.number(), low: z.number(), high: z.number() }),
);

/** How long something took, in milliseconds. */
export const PERCENTILES = named(
  "Percentiles",
  z.object({
    p50: z.number(),
    p95: z.number(),
    p99: z.number(),
    min: z.number(),
    mean: z.number(),
    max: z.number(),
    n: z.number(),
  }),
);

/** Of how much a document speaks. */
export const COVERAGE = named(
  "Coverage",
  z.object({
    files_done: z.number(),
    files_total: z.number(),
    rebuild_blocks_done: z.number(),
    rebuild_blocks_total: z.number(),
  }),
);

/** The difference of two rates. */
export const DIFFERENCE = named(
  "RateDifference",
  z.object({
    value: z.number(),
    low: z.number(),
    high: z.number(),
    clear: z.boolean().describe("Whether the interval leaves 0 out"),
  }),
);

/** Whether there is enough to say something. */
export const STATUS = z.enum(["ok", "insufficient_data"]);
