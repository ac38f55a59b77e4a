/**
 * `POST /events`: what other programs tell, in the format of our own events.
 *
 * @module
 */

import * as z from "zod";
import { EVENT_TYPES } from "../../core/event.ts";
import { RequestError } from "../problem.ts";
import { defineRoute } from "./route.ts";
import { named } from "./schema_parts.ts";

const EVENTS_MAX = 1000;
const TEXT_MAX = 256;

const EVENT = named(
  "Event",
  z.looseObject({
    event_id: z.string().min(1).max(TEXT_MAX).optional()
      .describe("What it is known by; without one, what it says"),
    timestamp: z.iso.datetime({ offset: true }),
    platform: z.string().max(64).describe("An assistant, in any spelling"),
    session_id: z.string().min(1).max(TEXT_MAX),
    event_type: z.enum(EVENT_TYPES),
    hook_type: z.string().max(64).optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    payload: z.record(z.string(), z.unknown()).optional(),
  }).describe("Fields that are not known, and text of no known kind, are dropped"),
);

const LIST = z.array(EVENT).min(1).max(EVENTS_MAX);
const EVENTS = named("Events", z.union([EVENT, LIST]).describe("One event, or several"));

const TAKEN = named(
  "EventsTaken",
  z.object({
    schema: z.literal("blueplane.events/1"),
    events: z.number().describe("How many are stored; known ones are stored once"),
    left_out: z.number().describe("How many are not, as they are not to be captured"),
    fields_dropped: z.number().describe("Fields that are not known, in all events"),
  }),
);

/** The answer comes once they are durable. */
export const EVENT_ROUTE = defineRoute({
  method: "post",
  path: "/events",
  id: "events",
  summary: "Events of another program",
  body: { schema: EVENTS, bytesMax: 1024 * 1024 },
  answer: TAKEN,
  status: 202,
  handle: async (_given, { context, body }) => {
    const { data, error } = LIST.safeParse(Array.isArray(body) ? body : [body]);
    if (!data) throw new RequestError(`Cannot read ${whatIn(error.issues[0]!)}`);
    const { events, leftOut, fieldsDropped } = await context.commands.takeEvents(data);
    return {
      schema: "blueplane.events/1",
      events,
      left_out: leftOut,
      fields_dropped: fieldsDropped,
    };
  },
});

/** Where something is wrong, and what: of names there is none but our own in it. */
function whatIn({ path: [place, field], message }: z.core.$ZodIssue): string {
  if (typeof place !== "number") return `the events: ${message}`;
  const of = typeof field === "string" ? `${field} of ` : "";
  return `${of}event ${place + 1}: ${message}`;
}
