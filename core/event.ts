/**
 * The event: the one thing that travels from an assistant's files to the trace store, with no
 * content in it.
 *
 * @module
 */

import { isPlainJson, readSafeText, type SafeText } from "./privacy.ts";

/** What happened. The list is closed: a fold knows every one. */
export const EVENT_TYPES = [
  "user_prompt",
  "queued_prompt",
  "slash_command",
  "bash_input",
  "subagent_prompt",
  "interruption",
  "assistant_response",
  "tool_use",
  "tool_result",
  "context_compact",
  "api_error",
  "turn_end",
  "session_start",
  "session_end",
  "permission_request",
  "permission_denied",
  "subagent_end",
  "activity",
  "cost_state",
  "context_clear",
  "inline_prompt",
  "tool_note",
  "edit_proposal",
  "hunks_reviewed",
  "session_state",
  "daily_lines",
  "tracked_lines",
  "scored_commit",
  "file_snapshot",
  "file_change",
  "status_seen",
  "tracked_decision",
  "reported_outcome",
  "recorded_turn",
  "feedback",
  "api_request",
  "failed_request",
  "refused_request",
  "tool_decision",
  "tool_run",
  "exported_prompt",
  "metric_point",
  "unknown_export",
  "exported_compaction",
] as const;

/** One of {@linkcode EVENT_TYPES}. */
export type EventType = typeof EVENT_TYPES[number];

/** What an event may carry: numbers, truths and safe words, nested. */
export type EventValue = SafeText | number | boolean | null | EventRecord | readonly EventValue[];

/** Named values of an event. */
export interface EventRecord {
  readonly [name: string]: EventValue | undefined;
}

/** One fact that an assistant left on this machine. */
export interface TelemetryEvent {
  /** What the event is, in its session: reading it twice gives the same id. */
  readonly eventId: SafeText;
  readonly platform: SafeText;
  readonly sessionId: SafeText;
  readonly eventType: EventType;
  /** The hook that told it, where one did. */
  readonly hookType?: SafeText;
  /** When it happened, in milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly metadata: EventRecord;
  readonly payload: EventRecord;
}

/** An event with the JSON that it is stored as, which {@linkcode decodeEvent} reads the same. */
export interface EncodedEvent {
  readonly event: TelemetryEvent;
  readonly json: string;
}

/** Thrown for text that is no event: the fast path sends it to the dead letters. */
export class EventError extends Error {
  override name = "EventError";
}

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES);
const DEPTH_MAX = 8;

/** The JSON of an event, as CONTRACT has it: snake_case names, ISO time. */
export function encodeEvent(event: TelemetryEvent): string {
  return JSON.stringify({
    event_id: event.eventId,
    timestamp: new Date(event.timestamp).toISOString(),
    platform: event.platform,
    session_id: event.sessionId,
    event_type: event.eventType,
    hook_type: event.hookType,
    metadata: event.metadata,
    payload: event.payload,
  });
}

/** The fields of an event as it is written; together they tell all of it. */
export const EVENT_FIELDS = [
  "event_id",
  "timestamp",
  "platform",
  "session_id",
  "event_type",
  "hook_type",
  "metadata",
  "payload",
] as const;

const FIELDS_WITHOUT_HOOK = EVENT_FIELDS.filter((name) => name !== "hook_type");
const OWN_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Reads the JSON of an event back, trusting nothing: every text must have a safe shape.
 *
 * @throws {EventError} when it is no event; the message holds nothing of the text
 */
export function decodeEvent(text: string): TelemetryEvent {
  return readEvent(parseObject(text), isPlain(text));
}

/**
 * As {@linkcode decodeEvent}, with what is to be stored: the text itself, where it holds nothing
 * that the event does not.
 *
 * @throws {EventError} when it is no event; the message holds nothing of the text
 */
export function decodeEncoded(text: string): EncodedEvent {
  const json = parseObject(text), plain = isPlain(text);
  const event = readEvent(json, plain);
  return { event, json: plain && hasOwnFields(json) ? text : encodeEvent(event) };
}

function readEvent(
  json: Record<string, unknown>,
  isPlain: boolean,
): TelemetryEvent {
  const timestamp = typeof json.timestamp === "string" ? Date.parse(json.timestamp) : NaN;
  if (Number.isNaN(timestamp)) throw new EventError("Cannot read an event: it has no time");
  if (typeof json.event_type !== "string" || !TYPES.has(json.event_type)) {
    throw new EventError("Cannot read an event: its type is unknown");
  }
  return {
    eventId: requireText(json, "event_id", isPlain),
    platform: requireText(json, "platform", isPlain),
    sessionId: requireText(json, "session_id", isPlain),
    eventType: json.event_type as EventType,
    ...(json.hook_type === undefined ? {} : {
      hookType: requireText(json, "hook_type", isPlain),
    }),
    timestamp,
    metadata: requireRecord(json, "metadata", isPlain),
    payload: requireRecord(json, "payload", isPlain),
  };
}

function parseObject(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EventError("Cannot read an event: it is no JSON");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new EventError("Cannot read an event: it is no object");
  }
  return json as Record<string, unknown>;
}

function requireText(json: Record<string, unknown>, name: string, isPlain: boolean): SafeText {
  const value = json[name];
  if (typeof value !== "string" || !isPlain && readSafeText(value) === undefined) {
    throw new EventError(`Cannot read an event: its ${name} is not safe`);
  }
  return value as SafeText;
}

function requireRecord(
  json: Record<string, unknown>,
  name: string,
  isPlain: boolean,
): EventRecord {
  const value = json[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new EventError(`Cannot read an event: its ${name} is no object`);
  }
  if (!isPlain) checkValue(value, 0);
  return value as EventRecord;
}

/** Whether neither its texts nor how they are nested need to be looked at. */
function isPlain(text: string): boolean {
  return isPlainJson(text) && isFlat(text);
}

/** Whether an event has the fields that {@linkcode encodeEvent} writes, in their order. */
function hasOwnFields(json: Record<string, unknown>): boolean {
  const names = json.hook_type === undefined ? FIELDS_WITHOUT_HOOK : EVENT_FIELDS;
  let i = 0;
  for (const name in json) if (name !== names[i++]) return false;
  return i === names.length && OWN_TIME.test(json.timestamp as string);
}

/** Whether so little is nested that none of it can be too deep. */
function isFlat(text: string): boolean {
  let opened = 0;
  for (const bracket of "{[") {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) opened++;
  }
  return opened <= DEPTH_MAX;
}

function checkValue(value: unknown, depth: number): void {
  if (typeof value === "number") {
    // JSON can say 1e999, and writes it back as null.
    if (!Number.isFinite(value)) {
      throw new EventError("Cannot read an event: it holds a number that is too large");
    }
  } else if (typeof value === "string") {
    if (readSafeText(value) === undefined) {
      throw new EventError("Cannot read an event: it holds text of no safe shape");
    }
  } else if (typeof value === "object" && value !== null) {
    if (depth >= DEPTH_MAX) throw new EventError("Cannot read an event: it is nested too deep");
    for (const name in value) {
      if (readSafeText(name) === undefined) {
        throw new EventError("Cannot read an event: it has a name of no safe shape");
      }
      checkValue((value as Record<string, unknown>)[name], depth + 1);
    }
  }
}
