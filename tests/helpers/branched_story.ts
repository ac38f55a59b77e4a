/** A session in which a person went back once, with a sub-agent that had one of its own. */

import type { TelemetryEvent } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import { makePrompt, makeResponse, makeToolResult, makeToolUse, NOON } from "./events.ts";

/**
 * Three turns, at second 0, 20 and 40: the second was taken back by the third. The first started
 * an agent at second 2, that one another at second 4.
 */
export function branchedStory(): TelemetryEvent[] {
  return [
    typed(0, "begin"),
    response(1),
    ...agentCall(2, "u1", { type: "Explore", agent: "a1" }),
    of("a1", response(3)),
    ...agentCall(4, "u2", { agent: "a2" }).map((event) => of("a1", event)),
    of("a2", response(5)),
    typed(20, "x"),
    response(21),
    typed(40, "x"),
    response(41),
  ];
}

/** Something typed at a second, behind a place. */
function typed(second: number, place: string): TelemetryEvent {
  const event = makePrompt({ id: `p${second}`, at: NOON + 1000 * second });
  return {
    ...event,
    metadata: { ...event.metadata, line: literal(`line${second}`) },
    payload: { ...event.payload, follows: [literal(place)] },
  };
}

function response(second: number): TelemetryEvent {
  return makeResponse({
    id: `m${second}`,
    at: NOON + 1000 * second,
    output: 1000,
    input: 10,
  });
}

function agentCall(
  second: number,
  use: string,
  { type, agent }: { readonly type?: string; readonly agent: string },
): TelemetryEvent[] {
  const at = NOON + 1000 * second;
  const call = makeToolUse({ id: use, use, tool: "Agent", at });
  const result = makeToolResult({ id: `r${use}`, use, at: at + 9000 });
  const told = type === undefined ? {} : { agent_type: literal(type) };
  return [
    { ...call, payload: { ...call.payload, ...told } },
    { ...result, payload: { ...result.payload, agent_id: literal(agent) } },
  ];
}

/** The same as a sub-agent's. */
function of(agent: string, event: TelemetryEvent): TelemetryEvent {
  return {
    ...event,
    metadata: { ...event.metadata, agent_id: literal(agent) },
    payload: { ...event.payload, sidechain: true },
  };
}
