/**
 * Which call started a sub-agent: its composer names it, and what kind of agent it is.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { OTHER, type Privacy, type SafeText, safeWord } from "../../core/privacy.ts";
import { type Json, objectOf, textOf } from "../json_access.ts";
import type { Composer } from "./composer.ts";
import type { SessionEvents } from "./session_events.ts";

/** Sub-agents that come with it. */
export const AGENTS: ReadonlySet<string> = new Set([
  "generalPurpose",
  "explore",
  "shell",
  "browser-use",
]);

/** A type of sub-agent: a built-in one itself, a user's own as a keyed hash; null without one. */
export function agentType(value: unknown, privacy: Privacy): SafeText | null {
  const name = textOf(value);
  if (name === undefined) return null;
  const known = safeWord(name, AGENTS);
  return known === OTHER ? privacy.hash(`agent ${name}`) : known;
}

/** What a sub-agent's composer tells of the call that started it. */
export function agentCall(
  json: Json,
  { id, createdAt }: Composer,
  events: SessionEvents,
  privacy: Privacy,
): TelemetryEvent[] {
  const { toolCallId, subagentTypeName } = objectOf(json.subagentInfo);
  const call = textOf(toolCallId), type = agentType(subagentTypeName, privacy);
  if (!events.isAgent || call === undefined || createdAt === undefined) return [];
  return [events.make({
    id: ["agent", id, call, type],
    type: "tool_note",
    at: createdAt,
    payload: {
      tool_use_id: privacy.id(call),
      agent_id: privacy.id(id),
      ...(type === null ? {} : { agent_type: type }),
    },
    // When its call was made, the call's own row tells.
    undated: true,
  })];
}
