/**
 * An assistant line: one content block of an API response, whose usage every block repeats.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import {
  literal,
  OTHER,
  safeExtension,
  safeJoin,
  safeKind,
  safeModel,
  type SafeText,
  safeWord,
} from "../../core/privacy.ts";
import { apiErrorFacts } from "./api_error.ts";
import { callForm } from "./call_form.ts";
import { effort, safeAgentType, safeSkill } from "./closed_lists.ts";
import { countOf, type Json, objectOf, objectsOf, textOf } from "../json_access.ts";
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

/** Tools that start a sub-agent. */
const AGENT_TOOLS: ReadonlySet<string> = new Set(["Agent", "Task"]);

/** The events of a line: one for the response, one for each tool use that stands in it. */
export function parseAssistantLine(context: LineContext, message: Json): TelemetryEvent[] {
  const messageId = responseId(context, message);
  const uses = objectsOf(message.content).flatMap((block) => {
    const id = textOf(block.id);
    return block.type === "tool_use" && id ? [toolUse(context, block, id, messageId)] : [];
  });
  return [
    ...(messageId ? [response(context, message, messageId, uses.length)] : []),
    ...apiFailure(context),
    ...uses,
  ];
}

/** The message's id, or the line's where an endpoint sends none. */
function responseId({ privacy, uuid }: LineContext, message: Json): SafeText | undefined {
  const id = textOf(message.id);
  return id === undefined ? uuid : privacy.id(id);
}

/** @param calls how many stand in this line: that it is told at all says that they name it */
function response(
  context: LineContext,
  message: Json,
  messageId: SafeText,
  calls: number,
): TelemetryEvent {
  const usage = objectOf(message.usage);
  const split = objectOf(usage.cache_creation);
  const thinking = countOf(objectOf(usage.output_tokens_details).thinking_tokens);
  const searches = countOf(objectOf(usage.server_tool_use).web_search_requests);
  const tier = textOf(usage.service_tier);
  const asked = effort(context.line.effort);
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
    ...(!context.sidechain && context.links.isStray(context.line) ? { stray: true } : {}),
    stop_reason: stop === undefined ? null : safeWord(stop, STOP_REASONS),
    calls,
    input_tokens: countOf(usage.input_tokens),
    output_tokens: countOf(usage.output_tokens),
    cache_read_tokens: countOf(usage.cache_read_input_tokens),
    cache_creation_tokens: countOf(usage.cache_creation_input_tokens),
    cache_creation_5m_tokens: countOf(split.ephemeral_5m_input_tokens),
    cache_creation_1h_tokens: countOf(split.ephemeral_1h_input_tokens),
    ...(thinking > 0 ? { thinking_tokens: thinking } : {}),
    ...(searches > 0 ? { web_searches: searches } : {}),
    ...(usage.speed === "fast" ? { fast: true } : {}),
    ...(tier && tier !== "standard" ? { service_tier: safeKind(tier) } : {}),
    ...(asked ? { effort: asked } : {}),
    ...attribution(context),
  });
}

/** On whose account the response goes: an agent, a skill, a server of tools. */
function attribution({ line, privacy }: LineContext): EventRecord {
  const agent = textOf(line.attributionAgent), skill = textOf(line.attributionSkill);
  const server = textOf(line.attributionMcpServer);
  return {
    ...(agent ? { agent_type: safeAgentType(agent, privacy) } : {}),
    ...(skill ? { skill: safeSkill(skill, privacy) } : {}),
    ...(server ? { mcp_server: privacy.mcpServer(`mcp__${server}__`) } : {}),
  };
}

/** A call of the API that failed for good: the client says so in a response of its own making. */
function apiFailure(context: LineContext): TelemetryEvent[] {
  const { line, uuid } = context;
  if (line.isApiErrorMessage !== true || uuid === undefined) return [];
  return [context.event(safeJoin(literal("failure"), uuid), "api_error", {
    final: true,
    ...apiErrorFacts(textOf(line.error), line.apiErrorStatus),
  })];
}

/** Nobody sits before a client that was started by a program: it asks nobody. */
function isHeadless({ entrypoint }: Json): boolean {
  return typeof entrypoint === "string" && entrypoint.startsWith("sdk");
}

function toolUse(
  context: LineContext,
  block: Json,
  id: string,
  messageId: SafeText | undefined,
): TelemetryEvent {
  const input = objectOf(block.input);
  const path = textOf(input.file_path) ?? textOf(input.notebook_path);
  const { mode } = context.memory;
  const name = textOf(block.name) ?? OTHER;
  const server = context.privacy.mcpServer(name);
  const form = callForm(name, input);
  const agent = AGENT_TOOLS.has(name) ? textOf(input.subagent_type) : undefined;
  const safeId = context.privacy.id(id);
  return context.event(safeId, "tool_use", {
    tool_use_id: safeId,
    ...(messageId ? { message_id: messageId } : {}),
    tool: context.privacy.tool(name),
    ...(server ? { mcp_server: server } : {}),
    ...(context.sidechain ? { sidechain: true } : {}),
    ...(path === undefined ? {} : {
      file_extension: safeExtension(path),
      file: context.file(path),
    }),
    ...(form ? { form } : {}),
    ...(agent ? { agent_type: safeAgentType(agent, context.privacy) } : {}),
    ...(mode ? { permission_mode: mode } : {}),
    ...(isHeadless(context.line) ? { headless: true } : {}),
  });
}
