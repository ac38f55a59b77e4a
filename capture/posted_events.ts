/**
 * Events that other programs tell, in the format of our own: trusted in nothing.
 *
 * @module
 */

import {
  encodeEvent,
  EVENT_FIELDS,
  type EventRecord,
  type TelemetryEvent,
} from "../core/event.ts";
import type { EventsTaken, PostedEvent } from "../core/posted_event.ts";
import { type Privacy, readSafeText, type SafeText } from "../core/privacy.ts";
import type { HookContext } from "./platform.ts";
import {
  type FieldContext,
  type Fields,
  METADATA_FIELDS,
  PAYLOAD_FIELDS,
  readHookType,
} from "./posted_fields.ts";
import { findPlatform } from "./registry.ts";

/** What became of what was posted. */
export interface PostedReading extends Omit<EventsTaken, "events"> {
  /** What may be stored. */
  readonly events: readonly TelemetryEvent[];
}

/** Thrown for an event of a platform that does not exist; the message holds nothing of it. */
export class PostedEventError extends Error {
  override name = "PostedEventError";
}

const ENVELOPE: ReadonlySet<string> = new Set(EVENT_FIELDS);

/**
 * The events of what was posted. It names no folder: as long as one is left out, only those are
 * captured whose sessions are known to work elsewhere.
 *
 * @throws {PostedEventError} see there
 */
export async function readPosted(
  posted: readonly PostedEvent[],
  { privacy, gate }: Pick<HookContext, "privacy" | "gate">,
): Promise<PostedReading> {
  let fieldsDropped = 0;
  const read: TelemetryEvent[] = [];
  for (const [place, one] of posted.entries()) {
    const { event, dropped } = await readOne(one, place, privacy);
    fieldsDropped += dropped;
    read.push(event);
  }
  const isElsewhere = ({ sessionId }: TelemetryEvent) => gate.leavesOut(sessionId) === false;
  const events = gate.admitAll(gate.isSelective ? read.filter(isElsewhere) : read);
  return { events, leftOut: read.length - events.length, fieldsDropped };
}

async function readOne(posted: PostedEvent, place: number, privacy: Privacy) {
  const platform = findPlatform(posted.platform);
  if (!platform) {
    throw new PostedEventError(`Cannot read event ${place + 1}: its platform is unknown`);
  }
  const context = { privacy, words: await platform.words() };
  const metadata = taken(posted.metadata ?? {}, METADATA_FIELDS, context);
  const payload = taken(posted.payload ?? {}, PAYLOAD_FIELDS, context);
  const hookType = posted.hook_type === undefined
    ? undefined
    : readHookType(posted.hook_type, context) as SafeText;
  const event: Omit<TelemetryEvent, "eventId"> = {
    platform: platform.id,
    sessionId: privacy.id(posted.session_id),
    eventType: posted.event_type,
    ...(hookType === undefined ? {} : { hookType }),
    timestamp: Date.parse(posted.timestamp),
    metadata: metadata.record,
    payload: payload.record,
  };
  const strange = Object.keys(posted).filter((name) => !ENVELOPE.has(name)).length;
  return {
    event: asCall({ ...event, eventId: idOf(posted.event_id, event, privacy) }),
    dropped: strange + metadata.dropped + payload.dropped,
  };
}

/** A call that has no id is counted by that of the event: nothing else tells of it. */
function asCall(event: TelemetryEvent): TelemetryEvent {
  const { eventType, eventId, payload } = event;
  if (eventType !== "tool_use" || payload.tool_use_id !== undefined) return event;
  return { ...event, payload: { ...payload, tool_use_id: eventId } };
}

/** Known fields, in the order of the list, so that the same event gives the same text. */
function taken(given: Readonly<Record<string, unknown>>, fields: Fields, context: FieldContext) {
  const entries = Object.entries(fields).flatMap(([name, read]) => {
    const value = Object.hasOwn(given, name) ? read(given[name], context) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const record: EventRecord = Object.fromEntries(entries);
  return { record, dropped: Object.keys(given).length - entries.length };
}

/** Its own; without one it is known by what it says, so that telling it twice is no harm. */
function idOf(
  given: string | undefined,
  event: Omit<TelemetryEvent, "eventId">,
  privacy: Privacy,
): SafeText {
  if (given === undefined) {
    const text = encodeEvent({ ...event, eventId: event.sessionId });
    return privacy.hash(`posted ${text}`, 32);
  }
  // Ids of our own are joined of several.
  const parts = given.split(":").map((part) => privacy.id(part));
  return readSafeText(parts.join(":")) ?? privacy.hash(given, 32);
}
