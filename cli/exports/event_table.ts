/**
 * The stored events as a table to be exported.
 *
 * @module
 */

import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import type { ExportCell, ExportColumn, ExportTable } from "../../core/exported.ts";

const TEXTS = ["tool", "model", "outcome", "error_class", "file_extension"] as const;
const NUMBERS = [
  "duration_ms",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_creation_tokens",
  "lines_added",
  "lines_removed",
] as const;

const COLUMNS: readonly ExportColumn[] = [
  { name: "event_id", kind: "text" },
  { name: "timestamp", kind: "text", role: "time" },
  { name: "platform", kind: "text", role: "category" },
  { name: "session_id", kind: "text", role: "unit" },
  { name: "event_type", kind: "text", role: "category" },
  { name: "hook_type", kind: "text" },
  { name: "project_id", kind: "text", role: "project" },
  ...TEXTS.map((name): ExportColumn => ({ name, kind: "text", role: "category" })),
  ...NUMBERS.map((name): ExportColumn => ({ name, kind: "integer" })),
  { name: "metadata", kind: "text" },
  { name: "payload", kind: "text" },
];

/** All that an event tells, and what most events have as columns of their own. */
export function eventTable(events: Iterable<TelemetryEvent>): ExportTable {
  return {
    columns: COLUMNS,
    rows: {
      *[Symbol.iterator]() {
        for (const event of events) {
          yield { document: JSON.parse(encodeEvent(event)), cells: cellsOf(event) };
        }
      },
    },
  };
}

function cellsOf(event: TelemetryEvent): ExportCell[] {
  const { payload, metadata } = event;
  const project = metadata.project_hash;
  return [
    event.eventId,
    new Date(event.timestamp).toISOString(),
    event.platform,
    event.sessionId,
    event.eventType,
    event.hookType ?? null,
    typeof project === "string" ? project : null,
    ...TEXTS.map((name) => typeof payload[name] === "string" ? String(payload[name]) : null),
    ...NUMBERS.map((name) => typeof payload[name] === "number" ? Number(payload[name]) : null),
    JSON.stringify(metadata),
    JSON.stringify(payload),
  ];
}
