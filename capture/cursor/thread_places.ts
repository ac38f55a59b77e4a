/**
 * Behind which message each one of a composer stands. Cursor deletes what a person takes back, so
 * two readings of a composer together tell of it: another message has the place of one that was
 * told before. Between a restored checkpoint and the next message Cursor names the message that
 * it went back to (`currentBubbleId`), and has put the files back by then; `latestCheckpointId`
 * alone says that the person undid this.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { literal, type Privacy, type SafeText } from "../../core/privacy.ts";
import { type Json, textOf } from "../json_access.ts";
import type { Composer, Header } from "./composer.ts";
import { findBubble } from "./composer_lookup.ts";
import type { SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

/** The place before the first message. */
const BEGIN = literal("begin");

/** A message with its place and time. */
interface Placed {
  readonly header: Header;
  readonly follows: SafeText;
  readonly at: number;
}

/** Where the messages of a composer stand, and what is taken back of it just now. */
export function threadPlaces(
  json: Json,
  composer: Composer,
  events: SessionEvents,
  context: RowContext,
): TelemetryEvent[] {
  if (events.isAgent) return [];
  const placed = placesOf(composer, context);
  return [
    ...placed.map(({ header, follows, at }) =>
      placeEvent(events, at, { line: context.privacy.shortId(header.bubbleId), follows })
    ),
    ...checkout(json, composer, placed, events, context.privacy),
  ];
}

/** A person's messages, and the first answers to them: what else there is hangs on these. */
function placesOf(composer: Composer, context: RowContext): Placed[] {
  const { headers, id } = composer;
  return headers.flatMap((header, i) => {
    const before = headers[i - 1];
    if (!header.isUser && before?.isUser !== true) return [];
    const at = findBubble(context, id, header.bubbleId)?.at ?? header.startedAt;
    if (at === undefined) return [];
    const follows = before === undefined ? BEGIN : context.privacy.shortId(before.bubbleId);
    return [{ header, follows, at }];
  });
}

function checkout(
  json: Json,
  { id, stateAt }: Composer,
  placed: readonly Placed[],
  events: SessionEvents,
  privacy: Privacy,
): TelemetryEvent[] {
  const current = textOf(json.currentBubbleId);
  if (stateAt === undefined) return [];
  const at = Math.max(stateAt, ...placed.map((place) => place.at + 1));
  if (current === undefined) {
    return textOf(json.latestCheckpointId) === undefined ? [] : [events.make({
      id: ["checkout undone", id, at],
      type: "activity",
      at,
      payload: { stray: true },
    })];
  }
  const target = placed.find(({ header }) => header.bubbleId === current);
  if (target === undefined) return [];
  const line = privacy.shortId(`${current} ${at}`);
  return [
    placeEvent(events, at, { line, follows: target.follows }),
    events.make({
      id: ["checkout", current, at],
      type: "file_snapshot",
      at: target.at,
      payload: { line, taken_at: at },
    }),
  ];
}

/** `fleeting` says that only what was read in time is known. */
function placeEvent(
  events: SessionEvents,
  at: number,
  { line, follows }: { readonly line: SafeText; readonly follows: SafeText },
): TelemetryEvent {
  return events.make({
    id: ["place", line, follows, at],
    type: "activity",
    at,
    line,
    payload: { follows: [follows], fleeting: true },
  });
}
