/**
 * An assistant line: one content block of an API response, whose usage every block repeats.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { OTHER, safeExtension, safeModel, type SafeText, safeWord } from "../../core/privacy.ts";
import { countOf, type Json, objectOf, objectsOf, textOf } from "./json_access.ts";
import type { LineContext } from "./transcript_parser.ts";

const STOP_REASONS: ReadonlySet<string> = new Set([
  "end_turn",
  "max_tokens",
  "model_context_window_exceeded",
  "pause_turn",
  "refusal",
  "stop_sequence",
  "tool_use",
]);

/** The events of a line: one for the response, one for each tool use that stands in it. */
export function parseAssistantLine(context: LineContext, message: Json): TelemetryEvent[] {
  const messageId = responseId(context, message);
  const events = messageId ? [response(context, message, messageId)] : [];
  for (const block of objectsOf(message.content)) {
    const id = textOf(block.id);
    if (block.type === "tool_use" && id) events.push(toolUse(context, block, id));
  }
  return events;
}

/** The message's id, or the line's where an endpoint sends none. */
function responseId({ privacy, uuid }: LineContext, message: Json): SafeText | undefined {
  const id = textOf(message.id);
  return id === undefined ? uuid : privacy.id(id);
}

function response(context: LineContext, message: Json, messageId: SafeText): TelemetryEvent {
  const usage = objectOf(message.usage);
  const split = objectOf(usage.cache_creation);
  const stop = textOf(message.stop_reason);
  const synthetic = message.model === "<synthetic>";
  const request = textOf(context.line.requestId);
  // Without a uuid the line is known by what it says of the response.
  const id = context.uuid ??
    context.privacy.hash(JSON.stringify(["response", messageId, usage, stop]), 32);
  return context.event(id, "assistant_response", {
    message_id: messageId,
    request_id: request === undefined ? undefined : context.privacy.id(request),
    ...(synthetic ? { synthetic } : { model: safeModel(textOf(message.model) ?? OTHER) }),
    ...(context.sidechain ? { sidechain: true } : {}),
    stop_reason: stop === undefined ? null : safeWord(stop, STOP_REASONS),
    input_tokens: countOf(usage.input_tokens),
    output_tokens: countOf(usage.output_tokens),
    cache_read_tokens: countOf(usage.cache_read_input_tokens),
    cache_creation_tokens: countOf(usage.cache_creation_input_tokens),
    cache_creation_5m_tokens: countOf(split.ephemeral_5m_input_tokens),
    cache_creation_1h_tokens: countOf(split.ephemeral_1h_input_tokens),
  });
}

function toolUse(context: LineContext, block: Json, id: string): TelemetryEvent {
  const input = objectOf(block.input);
  const path = textOf(input.file_path) ?? textOf(input.notebook_path);
  const safeId = context.privacy.id(id);
  return context.event(safeId, "tool_use", {
    tool_use_id: safeId,
    tool: context.privacy.tool(textOf(block.name) ?? OTHER),
    ...(context.sidechain ? { sidechain: true } : {}),
    ...(path === undefined ? {} : { file_extension: safeExtension(path) }),
  });
}
