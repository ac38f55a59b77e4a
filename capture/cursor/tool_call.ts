/**
 * A call of a tool, in `toolFormerData` of its bubble: that it was made, and how it ended.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import { literal, type Privacy, type SafeText } from "../../core/privacy.ts";
import { countOf, type Json, objectOf, textOf } from "../json_access.ts";
import type { BubblePlace } from "./bubble.ts";
import { changedLines } from "./changed_lines.ts";
import { epochMs } from "./composer.ts";
import { callId } from "./composer_lookup.ts";
import { fileFacts } from "./file_path.ts";
import { parseJson } from "./parse_json.ts";
import type { SessionEvents } from "./session_events.ts";
import { toolOf } from "./tool_names.ts";
import { deciderOf, failureOf, type KeptCall, outcomeOf } from "./tool_outcome.ts";

/** The events of a bubble with a call. */
export function toolCallEvents(
  json: Json,
  place: BubblePlace & { readonly by: SafeText | undefined },
  events: SessionEvents,
  privacy: Privacy,
): TelemetryEvent[] {
  const call = objectOf(json.toolFormerData);
  const params = { ...parseJson(call.rawArgs), ...parseJson(call.params) };
  const { tool, kind } = toolOf(textOf(call.name)!, params, privacy);
  const kept: KeptCall = {
    call,
    kind,
    result: parseJson(call.result),
    additional: objectOf(call.additionalData),
  };
  const outcome = outcomeOf(kept);
  const id = privacy.id(callId(call, place.id));
  // What a call is given is written bit by bit: a path may not be whole before it has ended.
  const isOfFile = kind === "edit" || kind === "read";
  const file = outcome === undefined || !isOfFile ? {} : fileFacts(fileOf(params), privacy);
  const model = place.by === undefined ? {} : { model: place.by };
  const use = events.make({
    ...place,
    id: ["call", id, tool, file, ...Object.values(model)],
    type: "tool_use",
    payload: { tool_use_id: id, tool, tool_kind: kind, ...model, ...file },
  });
  if (outcome === undefined) return [use];
  const duration = durationOf(json, kept);
  const facts: EventRecord = {
    outcome: literal(outcome),
    // It ended, and a person refused what it had done: that may be told later.
    ...(outcome === "rejected" && call.status === "completed" ? { corrects: true } : {}),
    ...(outcome === "failed" ? failureOf(kept) : {}),
    ...(outcome === "ok" ? deciderOf(kept) : {}),
    ...(outcome === "ok" ? changedLines(kept.additional, kept.result) : {}),
    ...(duration === undefined ? {} : { duration_ms: duration }),
  };
  const result = events.make({
    ...place,
    id: ["result", id, facts],
    type: "tool_result",
    at: place.at + (duration ?? 0),
    payload: { tool_use_id: id, ...facts },
  });
  return [use, result];
}

function fileOf(params: Json): unknown {
  const named = [
    params.effectiveUri,
    params.targetFile,
    params.target_file,
    params.file_path,
    params.filePath,
    params.relativeWorkspacePath,
    params.path,
  ];
  return named.find((value) => typeof value === "string" && value !== "");
}

/** How long it ran, where the bubble or the result tells both ends, or the time between. */
function durationOf(json: Json, { result, additional }: KeptCall): number | undefined {
  const told = result.executionTimeMs ?? result.durationMs ?? additional.durationMs;
  if (typeof told === "number" && told >= 0) return countOf(told);
  const { clientStartTime: start, clientEndTime: end } = objectOf(json.timingInfo);
  if (typeof start === "number" && typeof end === "number" && end >= start) {
    return Math.round(end - start);
  }
  const from = epochMs(additional.startedAtMs), to = epochMs(additional.completedAtMs);
  return from !== undefined && to !== undefined && to >= from ? to - from : undefined;
}
