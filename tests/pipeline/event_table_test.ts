/** Tests of the table of events. */

import { deepEqual, equal } from "node:assert/strict";
import { eventTable } from "../../pipeline/event_table.ts";
import { encodeEvent } from "../../core/event.ts";
import { makeResponse, makeToolResult } from "../helpers/events.ts";

Deno.test("eventTable() has all of an event, and what most have as columns", () => {
  const events = [makeResponse({ id: "r" }), makeToolResult({ id: "t", use: "u" })];

  const { columns, rows } = eventTable(events);

  const [first, second] = [...rows].map(({ cells }) =>
    Object.fromEntries(columns.map(({ name }, i) => [name, cells[i]]))
  );
  deepEqual([...rows].map(({ document }) => JSON.stringify(document)), events.map(encodeEvent));
  equal(first!.event_type, "assistant_response");
  equal(first!.timestamp, new Date(events[0]!.timestamp).toISOString());
  equal(first!.model, events[0]!.payload.model);
  equal(first!.tool, null);
  equal(second!.outcome, events[1]!.payload.outcome ?? null);
  equal(second!.payload, JSON.stringify(events[1]!.payload));
});
