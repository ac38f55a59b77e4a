/**
 * Lists of composers, which every age keeps elsewhere: in a workspace's own row, whole with their
 * conversations (2024) or as heads (2025), in a global row (2026), in a table (since).
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { type Json, objectsOf, textOf } from "../json_access.ts";
import { bubbleEvents } from "./bubble.ts";
import { codeBlockEvents } from "./code_blocks.ts";
import { type Composer, epochMs, readComposer } from "./composer.ts";
import { composerStates } from "./composer_row.ts";
import { parseJson } from "./parse_json.ts";
import { composerEvents, type SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

/** The events of a list. */
export function composerList(text: string, context: RowContext): TelemetryEvent[] {
  return objectsOf(parseJson(text).allComposers)
    .flatMap((json) => listedComposer(json, readComposer(json), context));
}

/** The events of a row of the table of composers. */
export function composerHeader(id: string, text: string, context: RowContext): TelemetryEvent[] {
  const json = parseJson(text);
  return listedComposer(json, readComposer(json, id), context);
}

function listedComposer(
  json: Json,
  composer: Composer | undefined,
  context: RowContext,
): TelemetryEvent[] {
  const events = composer && composerEvents(context, composer.id, composer);
  if (!events) return [];
  const inline = objectsOf(json.conversation);
  if (inline.length === 0) return composerStates(json, composer, events);
  return [
    ...composerStates(json, composer, events),
    ...inline.flatMap((bubble, place) => inlineBubble(bubble, place, composer, events, context)),
    ...codeBlockEvents(json, composer, events, context),
  ];
}

/** A bubble in its composer has no time: it comes behind those before it. */
function inlineBubble(
  bubble: Json,
  place: number,
  { id, createdAt, model }: Composer,
  events: SessionEvents,
  context: RowContext,
): TelemetryEvent[] {
  const own = epochMs(bubble.createdAt);
  const at = own ?? (createdAt === undefined ? undefined : createdAt + place);
  if (at === undefined) return [];
  const bubbleId = textOf(bubble.bubbleId) ?? `${id}:${place}`;
  const where = { id: bubbleId, at, undated: own === undefined, model };
  return bubbleEvents(bubble, where, events, context);
}
