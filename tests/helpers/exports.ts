/** Events as a client's exports make them, for tests that need no client. */

import type { EventRecord, EventType, TelemetryEvent } from "../../core/event.ts";
import type { SafeText } from "../../core/privacy.ts";
import { type EventSketch, makeEvent } from "./events.ts";

/** An event that was exported, by default as a log record. */
export function makeExported(
  type: EventType,
  sketch: EventSketch,
  payload: Readonly<Record<string, string | number | boolean>> = {},
  via: "log" | "span" | "metric" = "log",
): TelemetryEvent {
  const event = makeEvent(type, sketch, payload as unknown as EventRecord);
  return { ...event, metadata: { ...event.metadata, exported: via as SafeText } };
}

/** A request of 1 s, its first token after 100 ms, of 10 and 20 tokens for a cent. */
export function makeRequest(
  sketch: EventSketch,
  payload: Readonly<Record<string, string | number | boolean>> = {},
  via: "log" | "span" = "log",
): TelemetryEvent {
  return makeExported("api_request", sketch, {
    model: "claude-opus-4-5",
    purpose: "main",
    input_tokens: 10,
    output_tokens: 20,
    cache_read_tokens: 0,
    cache_creation_tokens: 0,
    cost_micros: 10_000,
    duration_ms: 1000,
    ttft_ms: 100,
    ...payload,
  }, via);
}

/** A response whose line names its request. */
export function answering(request: string, response: TelemetryEvent): TelemetryEvent {
  return { ...response, payload: { ...response.payload, request_id: request as SafeText } };
}

/** One of everything that is exported, of a session. */
export function exportedEvents(session: string, at: number): TelemetryEvent[] {
  const of = (id: string) => ({ id: `x-${id}`, session, at });
  return [
    makeRequest(of("r1"), { request_id: "req-1", attempt: 2 }),
    makeRequest(of("r2"), { request_id: "req-2", purpose: "compact" }),
    makeExported("failed_request", of("f"), { error_class: "overloaded" }),
    makeExported("refused_request", of("n"), {}),
    makeExported("tool_decision", of("d1"), {
      decision: "accept",
      source: "user_temporary",
      tool: "Edit",
    }),
    makeExported("exported_compaction", of("c"), {
      trigger: "auto",
      success: true,
      duration_ms: 300,
      tokens_before: 9000,
    }),
    makeExported("unknown_export", of("u"), { kind: "brand_new" }),
    makeExported("exported_prompt", of("p"), { characters: 3 }),
    makeExported(
      "metric_point",
      of("m"),
      { metric: "tokens", kind: "input", value: 10 },
      "metric",
    ),
  ];
}
