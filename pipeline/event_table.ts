/**
 * The stored events as a table to be exported.
 *
 * @module
 */

import {
  decodeEvent,
  encodeEvent,
  EVENT_FIELDS,
  EventError,
  type TelemetryEvent,
} from "../core/event.ts";
import type { ExportCell, ExportColumn, ExportTable } from "../core/exported.ts";
import { ParquetReader } from "./parquet_reader.ts";

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

/** The columns, in their order. */
export const EVENT_COLUMNS: readonly ExportColumn[] = [
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
    columns: EVENT_COLUMNS,
    rows: {
      *[Symbol.iterator]() {
        for (const event of events) {
          yield { document: JSON.parse(encodeEvent(event)), cells: cellsOf(event) };
        }
      },
    },
  };
}

/** An event as a row of {@linkcode EVENT_COLUMNS}. */
export function cellsOf(event: TelemetryEvent): ExportCell[] {
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

/**
 * The event of a row, trusting nothing that stands in it.
 *
 * @param row the cells of {@linkcode EVENT_FIELDS}
 * @throws {EventError} when it is none
 */
export function eventOfRow(row: readonly unknown[]): TelemetryEvent {
  const [metadata, payload] = row.slice(-2).map((cell) => typeof cell === "string" ? cell : "");
  const texts = Object.fromEntries(
    EVENT_FIELDS.slice(0, -2).map((name, i) => [name, row[i] ?? undefined]),
  );
  return decodeEvent(
    JSON.stringify({ ...texts, metadata: parsed(metadata!), payload: parsed(payload!) }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EventError("Cannot read an event: its row is no event");
  }
}

/** A group of rows of a Parquet file of events, in the order of {@linkcode EVENT_FIELDS}. */
export function readEventGroup(path: string, group: number) {
  using reader = new ParquetReader(path, EVENT_COLUMNS);
  return reader.readGroup(group, EVENT_FIELDS);
}
