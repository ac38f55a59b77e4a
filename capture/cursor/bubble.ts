/**
 * A bubble: a message of a person, a piece of an answer, or a call of a tool. A message of the
 * assistant is a bubble with text that is neither a thought nor a call: Cursor does not say which
 * bubbles came of one request to a model, and these are what a person reads as one.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { literal, measureText, safeModel, type SafeText } from "../../core/privacy.ts";
import { countOf, type Json, objectOf, textOf } from "../json_access.ts";
import { type Composer, isUserType, ownTime } from "./composer.ts";
import { findBubble, findComposer } from "./composer_lookup.ts";
import { composerEvents, type SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";
import { toolCallEvents } from "./tool_call.ts";

/** When a bubble was made. */
export interface BubbleTime {
  readonly at: number;
  /** Whether nothing tells but that it was not before. */
  readonly undated: boolean;
}

/** Where a bubble stands, and what an answer before it was asked with. */
export interface BubblePlace extends BubbleTime {
  readonly id: string;
  /** The model that answers, where the bubble itself does not say. */
  readonly model: string | undefined;
}

/** Kinds of bubbles that are no message. */
const TOOL = 15;
const THOUGHT = 30;

/** The events of a row `bubbleId:<composer>:<bubble>`. */
export function bubbleRow(
  composerId: string,
  bubbleId: string,
  json: Json,
  context: RowContext,
): TelemetryEvent[] {
  const composer = findComposer(context, composerId);
  const events = composerEvents(context, composerId, composer);
  const time = timeOfBubble(bubbleId, json, composer);
  if (events === undefined || time === undefined) return [];
  const model = modelOf(bubbleId, composer, context);
  return bubbleEvents(json, { id: bubbleId, ...time, model }, events, context);
}

/** The events of a bubble, whatever holds it. */
export function bubbleEvents(
  json: Json,
  place: BubblePlace,
  events: SessionEvents,
  context: RowContext,
): TelemetryEvent[] {
  if (isUserType(json.type)) return userEvents(json, place, events);
  if (textOf(objectOf(json.toolFormerData).name) !== undefined) {
    return toolCallEvents(json, { ...place, by: answerer(json, place) }, events, context.privacy);
  }
  const turnMs = countOf(json.turnDurationMs);
  return [
    ...answer(json, place, events, context),
    ...turnMs > 0
      ? [events.make({
        ...place,
        id: ["turn end", place.id],
        type: "turn_end",
        payload: { duration_ms: turnMs },
      })]
      : [],
  ];
}

/** A model's name; what Cursor chooses by itself is called so. */
export function modelName(name: string): SafeText {
  return name === "default" || name === "auto" ? literal("auto") : safeModel(name.toLowerCase());
}

function userEvents(json: Json, place: BubblePlace, events: SessionEvents): TelemetryEvent[] {
  const text = textOf(json.text) ?? "";
  const hasImage = hasAny(json.images) || hasAny(json.selectedImages) ||
    hasAny(objectOf(json.context).selectedImages);
  // A list of bubbles can end with what is not yet typed.
  const told = text.trim() === "" && !hasImage ? [] : [events.make({
    ...place,
    id: ["prompt", place.id],
    type: events.isAgent ? "subagent_prompt" : "user_prompt",
    payload: {
      ...measureText(text),
      ...(hasImage ? { image: true } : {}),
      ...(place.undated ? { untimed: true } : {}),
    },
  })];
  const window = objectOf(json.contextWindowStatusAtCreation);
  const used = countOf(window.tokensUsed);
  if (used === 0 || events.isAgent) return told;
  return [
    ...told,
    events.make({
      ...place,
      id: ["context", place.id, used],
      type: "session_state",
      payload: { context_tokens: used, context_limit: countOf(window.tokenLimit) || undefined },
    }),
  ];
}

function answer(
  json: Json,
  place: BubblePlace,
  events: SessionEvents,
  { privacy }: RowContext,
): TelemetryEvent[] {
  const kind = json.capabilityType;
  const text = textOf(json.text) ?? textOf(json.rawText) ?? "";
  if (kind === TOOL || kind === THOUGHT || json.isThought === true || text.trim() === "") {
    return [];
  }
  const model = answerer(json, place) ?? modelName("");
  const counted = objectOf(json.tokenCount);
  const input = countOf(counted.inputTokens), output = countOf(counted.outputTokens);
  const isCounted = input > 0 || output > 0;
  const request = textOf(json.requestId);
  return [events.make({
    ...place,
    id: ["answer", place.id, model, input, output],
    type: "assistant_response",
    payload: {
      message_id: privacy.id(place.id),
      ...(request ? { request_id: privacy.id(request) } : {}),
      model,
      tokens: literal(isCounted ? "estimated" : "not_kept"),
      ...(isCounted ? { input_tokens: input, output_tokens: output } : {}),
    },
  })];
}

/** The model that a bubble is of. */
function answerer(json: Json, { model }: BubblePlace): SafeText | undefined {
  const own = textOf(objectOf(json.modelInfo).modelName) ?? textOf(json.modelType);
  const name = own ?? model;
  return name === undefined ? undefined : modelName(name);
}

/** The bubble's own time, that of its header, or else that of its composer. */
function timeOfBubble(
  bubbleId: string,
  json: Json,
  composer: Composer | undefined,
): BubbleTime | undefined {
  const place = composer?.headers.findIndex((header) => header.bubbleId === bubbleId) ?? -1;
  const known = ownTime(json) ?? composer?.headers[place]?.startedAt;
  if (known !== undefined) return { at: known, undated: false };
  const begun = composer?.createdAt;
  return begun === undefined ? undefined : { at: begun + Math.max(0, place), undated: true };
}

/** The model that the person's message before a bubble asked, or the one that is chosen now. */
function modelOf(
  bubbleId: string,
  composer: Composer | undefined,
  context: RowContext,
): string | undefined {
  if (!composer) return undefined;
  const place = composer.headers.findIndex((header) => header.bubbleId === bubbleId);
  const asked = composer.headers.slice(0, Math.max(0, place)).findLast(({ isUser }) => isUser);
  const told = asked && findBubble(context, composer.id, asked.bubbleId);
  return told?.model ?? composer.model;
}

function hasAny(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
