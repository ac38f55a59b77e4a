/**
 * What a composer tells beside its messages: its times, mode and gauges, and what its headers and
 * code blocks know of calls that a bubble does not.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import { literal, type Privacy, safeKind, type SafeText } from "../../core/privacy.ts";
import { countOf, type Json, objectOf, textOf } from "../json_access.ts";
import { agentCall } from "./agent_call.ts";
import { codeBlockEvents } from "./code_blocks.ts";
import { type Composer, type Header, readComposer } from "./composer.ts";
import { parseJson } from "./parse_json.ts";
import { composerEvents, type SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";
import { threadPlaces } from "./thread_places.ts";

/** The events of a row `composerData:<composer>`. */
export function composerRow(id: string, text: string, context: RowContext): TelemetryEvent[] {
  const json = parseJson(text);
  const composer = readComposer(json, id);
  const events = composer && composerEvents(context, id, composer);
  if (!events) return [];
  return [
    ...composerStates(json, composer, events),
    ...agentCall(json, composer, events, context.privacy),
    ...composer.headers.flatMap((header) =>
      headerEvents(header, composer.createdAt, events, context.privacy)
    ),
    ...threadPlaces(json, composer, events, context),
    ...codeBlockEvents(json, composer, events, context),
  ];
}

/**
 * What every list of composers tells, too: when it began, what its gauges show now, and whether a
 * person broke it off. A list tells of composers that were never used; then that is all.
 */
export function composerStates(
  json: Json,
  composer: Composer,
  events: SessionEvents,
): TelemetryEvent[] {
  const { createdAt, id } = composer;
  if (events.isAgent || createdAt === undefined) return [];
  const begun = events.make({
    id: ["begun", id, createdAt],
    type: "activity",
    at: createdAt,
    payload: { native_at: createdAt },
  });
  const at = composer.stateAt ?? createdAt;
  const state = stateOf(json);
  // Nothing but a mode is told of what was never used.
  if (composer.stateAt === undefined && composer.headers.length === 0) return [begun];
  return [
    begun,
    events.make({ id: ["state", id, at, state], type: "session_state", at, payload: state }),
    ...abortion(json, composer, events, at),
  ];
}

function stateOf(json: Json): EventRecord {
  const mode = textOf(json.unifiedMode) ?? textOf(json.forceMode);
  const context = countOf(json.contextTokensUsed);
  const limit = countOf(json.contextTokenLimit);
  const micros = estimatedMicros(json.usageData);
  const told = (name: string, field: string): EventRecord =>
    typeof json[field] === "number" ? { [name]: Math.max(0, countOf(json[field])) } : {};
  return {
    tokens: literal("not_kept"),
    ...(mode === undefined ? {} : { mode: safeMode(mode) }),
    ...(context > 0 ? { context_tokens: context } : {}),
    ...(limit > 0 ? { context_limit: limit } : {}),
    ...told("reported_lines_added", "totalLinesAdded"),
    ...told("reported_lines_removed", "totalLinesRemoved"),
    ...told("reported_files_changed", "filesChangedCount"),
    ...(micros > 0 ? { estimated_cost_micros: micros } : {}),
  };
}

const MODES: ReadonlySet<string> = new Set([
  "agent",
  "ask",
  "chat",
  "debug",
  "edit",
  "manual",
  "plan",
  "background",
]);

/** A mode of Cursor's own; one that a user made has a name of theirs. */
function safeMode(mode: string): SafeText {
  return MODES.has(mode) ? safeKind(mode) : literal("custom");
}

/** What older versions noted that requests had cost, over all models. */
function estimatedMicros(usage: unknown): number {
  const cents = Object.values(objectOf(usage)).map((of) => objectOf(of).costInCents)
    .filter((value) => typeof value === "number" && value > 0 && value < 1e9) as number[];
  return Math.round(cents.reduce((sum, value) => sum + value, 0) * 10_000);
}

/** One for each answer that was broken off, however often its composer is read. */
function abortion(
  json: Json,
  composer: Composer,
  events: SessionEvents,
  at: number,
): TelemetryEvent[] {
  if (json.status !== "aborted") return [];
  const which = textOf(json.latestChatGenerationUUID) ??
    composer.headers.filter(({ isUser }) => isUser).length;
  return [
    events.make({
      id: ["aborted", composer.id, which],
      type: "interruption",
      at,
      payload: {},
    }),
  ];
}

/** What a header alone may tell of a call: the lines of an edit, and for how long it ran. */
function headerEvents(
  { bubbleId, grouping, startedAt, completedAt }: Header,
  createdAt: number | undefined,
  events: SessionEvents,
  privacy: Privacy,
): TelemetryEvent[] {
  const call = textOf(grouping.toolCallId);
  if (call === undefined) return [];
  const added = countOf(grouping.editLinesAdded), removed = countOf(grouping.editLinesRemoved);
  const hasEnded = startedAt !== undefined && completedAt !== undefined;
  const payload: EventRecord = {
    tool_use_id: privacy.id(call),
    ...(added > 0 || removed > 0 ? { noted_added: added, noted_removed: removed } : {}),
    ...(hasEnded && completedAt > startedAt ? { duration_ms: completedAt - startedAt } : {}),
  };
  const at = startedAt ?? createdAt;
  if (Object.keys(payload).length === 1 || at === undefined) return [];
  return [events.make({
    id: ["noted", bubbleId, payload],
    type: "tool_note",
    at,
    payload,
    undated: startedAt === undefined,
  })];
}
