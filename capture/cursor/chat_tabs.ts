/**
 * The chats of 2024, in tabs beside the composers: each a conversation, of which nothing is dated
 * but the last message that was sent.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import { type Json, objectsOf, textOf } from "../json_access.ts";
import { bubbleEvents } from "./bubble.ts";
import { epochMs } from "./composer.ts";
import { parseJson } from "./parse_json.ts";
import { SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

/** The events of all tabs; none for one of which no time is known. */
export function chatTabs(text: string, context: RowContext): TelemetryEvent[] {
  return objectsOf(parseJson(text).tabs).flatMap((tab) => tabEvents(tab, context));
}

function tabEvents(tab: Json, context: RowContext): TelemetryEvent[] {
  const session = textOf(tab.tabId), at = epochMs(tab.lastSendTime);
  if (session === undefined || at === undefined) return [];
  const { privacy, workspace } = context;
  const events = new SessionEvents({ privacy, session, project: workspace?.hash });
  const told = objectsOf(tab.bubbles).flatMap((bubble, place) => {
    const id = textOf(bubble.id) ?? `${session}:${place}`;
    const where = { id, at: at + place, undated: true, model: undefined };
    return bubbleEvents(bubble, where, events, context);
  });
  if (told.length === 0) return [];
  const state = events.make({
    id: ["state", session, at],
    type: "session_state",
    at,
    payload: { mode: literal("chat"), tokens: literal("not_kept") },
  });
  return [state, ...told];
}
