/** Builders of events: with the names that the parsers use, and no more than a test names. */

import {
  encodeEvent,
  type EventRecord,
  type EventType,
  type TelemetryEvent,
} from "../../core/event.ts";
import { literal, type SafeText } from "../../core/privacy.ts";

/** What a test says of an event; the rest is made up. */
export interface EventSketch {
  readonly id: string;
  readonly session?: string;
  readonly platform?: string;
  /** Milliseconds. */
  readonly at?: number;
  readonly project?: string;
  readonly version?: string;
  readonly undated?: boolean;
}

/** What a response tells besides. */
export interface ResponseSketch extends EventSketch {
  readonly message?: string;
  readonly model?: string;
  readonly stop?: string | null;
  readonly sidechain?: boolean;
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheCreation?: number;
  readonly cacheCreation5m?: number;
  readonly cacheCreation1h?: number;
  /** How many calls stand in the line; not told without it. */
  readonly calls?: number | undefined;
}

/** What a use of a tool, or its result, tells besides. */
export interface ToolSketch extends EventSketch {
  readonly use: string;
  readonly sidechain?: boolean;
}

/** 2026-03-01T12:00:00Z: a start of every tier's bucket. */
export const NOON = Date.UTC(2026, 2, 1, 12);

/** The one platform of most tests, and its table. */
export const TABLES = { claude_code: "claude_raw_traces", cursor: "cursor_raw_traces" };

/** An event of any type. */
export function makeEvent(
  type: EventType,
  sketch: EventSketch,
  payload: EventRecord = {},
): TelemetryEvent {
  const { id, session = "s1", platform = "claude_code", at = NOON } = sketch;
  return {
    eventId: id as SafeText,
    platform: platform as SafeText,
    sessionId: session as SafeText,
    eventType: type,
    timestamp: at,
    metadata: {
      project_hash: sketch.project as SafeText | undefined,
      version: sketch.version as SafeText | undefined,
      undated: sketch.undated,
    },
    payload,
  };
}

/** One line of an API response. */
export function makeResponse(sketch: ResponseSketch): TelemetryEvent {
  const { id, message = id, model = "claude-opus-4-5", stop = "end_turn" } = sketch;
  return makeEvent("assistant_response", sketch, {
    message_id: message as SafeText,
    model: model as SafeText,
    ...(sketch.sidechain ? { sidechain: true } : {}),
    stop_reason: stop as SafeText | null,
    input_tokens: sketch.input ?? 0,
    output_tokens: sketch.output ?? 0,
    cache_read_tokens: sketch.cacheRead ?? 0,
    cache_creation_tokens: sketch.cacheCreation ?? 0,
    cache_creation_5m_tokens: sketch.cacheCreation5m ?? 0,
    cache_creation_1h_tokens: sketch.cacheCreation1h ?? 0,
    ...(sketch.calls === undefined ? {} : { calls: sketch.calls }),
  });
}

/** An answer of an assistant that keeps no tokens. */
export function keptNowhere(sketch: EventSketch = { id: "untold", platform: "cursor" }) {
  return makeEvent("assistant_response", sketch, {
    model: literal("composer-1"),
    tokens: literal("not_kept"),
  });
}

/** A call of a tool. */
export function makeToolUse(
  sketch: ToolSketch & {
    readonly tool?: string;
    readonly extension?: string;
    /** The id of the response that asked for it. */
    readonly message?: string | undefined;
    readonly mode?: string;
  },
): TelemetryEvent {
  const { use, tool = "Edit", extension, message, mode } = sketch;
  return makeEvent("tool_use", sketch, {
    tool_use_id: use as SafeText,
    tool: tool as SafeText,
    ...(sketch.sidechain ? { sidechain: true } : {}),
    ...(extension === undefined ? {} : { file_extension: extension as SafeText }),
    ...(message === undefined ? {} : { message_id: message as SafeText }),
    ...(mode === undefined ? {} : { permission_mode: mode as SafeText }),
  });
}

/** How a call of a tool ended. */
export function makeToolResult(
  sketch: ToolSketch & {
    readonly outcome?: string;
    readonly added?: number;
    readonly removed?: number;
    readonly created?: number;
    readonly createdLines?: number;
  },
): TelemetryEvent {
  const { use, outcome = "ok", added, removed, created, createdLines } = sketch;
  return makeEvent("tool_result", sketch, {
    tool_use_id: use as SafeText,
    outcome: outcome as SafeText,
    ...(sketch.sidechain ? { sidechain: true } : {}),
    lines_added: added ?? 0,
    lines_removed: removed ?? 0,
    ...(created ? { files_created: created, created_file_lines: createdLines ?? 0 } : {}),
  });
}

/** Something that a person typed. */
export function makePrompt(sketch: EventSketch): TelemetryEvent {
  return makeEvent("user_prompt", sketch, { characters: 14, words: 3, lines: 1 });
}

/** `count` prompts `p0`, `p1`, … a second apart, as JSON. */
export function promptTexts(count: number, first = 0): string[] {
  return Array.from(
    { length: count },
    (_, i) => encodeEvent(makePrompt({ id: `p${first + i}`, at: NOON + 1000 * (first + i) })),
  );
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = state + 0x6D2B79F5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

/**
 * Events as a real transcript gives them, in its mix and with ids of its shapes: a response of
 * two lines, the call that stands in it, and the call's result.
 */
export function realisticEvents(count: number, seed: number): TelemetryEvent[] {
  const random = seededRandom(seed);
  const session = uuid(random);
  const events: TelemetryEvent[] = [];
  for (let turn = 0; events.length < count; turn++) {
    events.push(...realisticTurn(random, session, NOON + turn * 9000));
  }
  return events.slice(0, count);
}

function realisticTurn(
  random: () => number,
  session: string,
  start: number,
): TelemetryEvent[] {
  const up = (max: number) => Math.floor(random() * max);
  const ids = { message: `msg_01${word(random, 22)}`, use: `toolu_01${word(random, 22)}` };
  const request = `req_011${word(random, 21)}` as SafeText;
  const place = { session, project: "1c8bbfa69a576471", version: "2.1.4" };
  const usage = {
    message: ids.message,
    model: "claude-sonnet-4-20250514",
    input: up(10),
    cacheRead: up(90_000),
    cacheCreation: up(4000),
  };
  const responses = [3, 40 + up(900)].map((output, i) =>
    makeResponse({
      ...place,
      ...usage,
      id: uuid(random),
      at: start + i * 800 + up(700),
      output,
      calls: i,
    })
  );
  const useAt = start + 1600 + up(900);
  const added = up(30), removed = up(9);
  return [
    ...responses.map((event) => ({
      ...event,
      payload: { message_id: event.payload.message_id, request_id: request, ...event.payload },
    })),
    makeToolUse({
      ...place,
      id: ids.use,
      use: ids.use,
      at: useAt,
      extension: "ts",
      message: ids.message,
    }),
    makeToolResult({
      ...place,
      id: `${uuid(random)}:${ids.use}`,
      use: ids.use,
      at: useAt + up(4000),
      added,
      removed,
    }),
  ];
}

function uuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join(
    "",
  );
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function word(random: () => number, length: number): string {
  const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
  return literal(
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join(""),
  );
}
