/**
 * What a client's export tells of a tool call that a transcript holds.
 *
 * @module
 */

import { DECIDERS, HOOK } from "../../core/edit_verdict.ts";
import type { TelemetryEvent } from "../../core/event.ts";
import { toldText } from "./told.ts";
import { type Numbers, toldNote, type ToolCallFact } from "./tool_call_fact.ts";

/** Whether an event tells of a call that it names. */
export function isOfCall({ eventType, payload }: TelemetryEvent): boolean {
  return (eventType === "tool_decision" || eventType === "tool_run") &&
    payload.tool_use_id !== undefined;
}

/** Who let a call run, in what mode, and for how long it ran. */
export function toldByExport(
  event: TelemetryEvent,
  session: number,
  { word }: Numbers,
): ToolCallFact {
  const { permission_mode: mode } = event.payload;
  return {
    ...toldNote(event, session),
    side: event.metadata.agent_id === undefined ? 0 : 1,
    // The client says it itself, as it does to a hook.
    ...(typeof mode === "string" ? { mode: word(mode), mode_source: HOOK } : {}),
    decided_by: toldText(event, "decision") === "accept" ? numberOfDecider(event) : null,
  };
}

/**
 * Who decided on a call, by what the client calls the source: `person`, `hook`, or `rule` for what
 * is configured, a mode as well.
 */
export function deciderOf(event: TelemetryEvent): string {
  const source = toldText(event, "source");
  if (source.startsWith("user_")) return "person";
  if (source === "config") return "rule";
  return source === "hook" ? "hook" : "other";
}

function numberOfDecider(event: TelemetryEvent): number | null {
  const decider = deciderOf(event);
  // Whether it was a rule or the mode, an export does not say.
  if (decider === "rule") return DECIDERS.policy;
  return decider === "person" || decider === "hook" ? DECIDERS[decider] : null;
}
