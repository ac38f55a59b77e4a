/** Hand-made transcript lines in the shape that the assistant writes, and their parsing. */

import { Gate } from "../../../capture/gate.ts";
import { DriftCounts } from "../../../capture/drift_counts.ts";
import { Projects } from "../../../capture/project.ts";
import { TranscriptParser } from "../../../capture/claude_code/transcript_parser.ts";
import type { Checkpoint } from "../../../core/checkpoints.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import type { Pause } from "../../../core/pauses.ts";
import { Privacy } from "../../../core/privacy.ts";

/** A line of any kind. */
export type Line = Record<string, unknown>;

/** The key of all hashes in these tests. */
export const privacy = new Privacy(new Uint8Array(32).fill(7));

/** The projects of these tests: their user's home is not this machine's. */
export const projects = new Projects(privacy, "/home/kim");

/** The session of every line that does not name another. */
export const SESSION = "6b1f7c52-3d7e-4a5b-9c3f-0000000000aa";

/** The time of the line with number 0. */
export const START = Date.UTC(2026, 2, 1, 12);

/** A text that must be nowhere in an event: no shape of safe text lets it through. */
export const SECRET = "§ my secret §";

/** A line of a message or the like; `number` makes its uuid and its second. */
export function makeLine(type: string, number: number, fields: Line = {}): Line {
  return {
    parentUuid: null,
    isSidechain: false,
    userType: "external",
    cwd: "/home/kim/shop",
    sessionId: SESSION,
    version: "2.1.231",
    gitBranch: "main",
    type,
    uuid: uuidOf(number),
    timestamp: new Date(START + number * 1000).toISOString(),
    ...fields,
  };
}

/** The uuid of the line with this number. */
export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

/** A user line with this content. */
export function userLine(content: unknown, fields: Line = {}, number = 1): Line {
  return makeLine("user", number, { message: { role: "user", content }, ...fields });
}

/** A user line with the result of a tool. */
export function resultLine(block: Line = {}, fields: Line = {}, number = 2): Line {
  const result = { type: "tool_result", tool_use_id: "toolu_01", content: "done", ...block };
  return userLine([result], fields, number);
}

/** An assistant line; `message` replaces what is usual. */
export function assistantLine(message: Line = {}, fields: Line = {}, number = 1): Line {
  return makeLine("assistant", number, {
    requestId: "req_011",
    message: {
      id: "msg_01",
      type: "message",
      role: "assistant",
      model: "claude-opus-4-5-20251101",
      content: [{ type: "text", text: SECRET }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: {
        input_tokens: 10,
        output_tokens: 20,
        cache_read_input_tokens: 30,
        cache_creation_input_tokens: 40,
        cache_creation: { ephemeral_5m_input_tokens: 15, ephemeral_1h_input_tokens: 25 },
        service_tier: "standard",
      },
      ...message,
    },
    ...fields,
  });
}

/** What a test says of a parser. */
export interface ParserSketch {
  readonly before?: Checkpoint;
  readonly fileName?: string;
  readonly modifiedAt?: number;
  readonly drift?: DriftCounts;
  readonly pauses?: readonly Pause[];
}

/** A parser as a source would start it. */
export function makeParser(sketch: ParserSketch = {}): TranscriptParser {
  const { before, fileName = `${SESSION}.jsonl`, modifiedAt = START } = sketch;
  const { drift = new DriftCounts(), pauses = [] } = sketch;
  const path = `/home/kim/.claude/projects/-home-kim-shop/${fileName}`;
  return new TranscriptParser({
    path,
    before,
    modifiedAt,
    privacy,
    projects,
    gate: new Gate(() => ({ paused: false, off: [], exclude: [], pauses })),
    drift,
  });
}

/** The events of a new file with these lines. */
export function parseLines(...lines: readonly Line[]): TelemetryEvent[] {
  const parser = makeParser();
  return lines.flatMap((line) => parser.parse(line) ?? []);
}

/** The one event of a new file with this one line. */
export function parseOne(line: Line): TelemetryEvent {
  const [event, ...more] = parseLines(line);
  if (!event || more.length > 0) throw new Error("Cannot go on: not one event came");
  return event;
}

/** The types of the events of a new file with these lines. */
export function typesOf(...lines: readonly Line[]): string[] {
  return parseLines(...lines).map(({ eventType }) => eventType);
}

/** What is kept of a parser until the next read. */
export function checkpointOf(parser: TranscriptParser): Checkpoint {
  return {
    id: "x",
    platform: "claude_code",
    sessionId: parser.sessionId,
    fileId: "",
    head: "",
    position: 1,
    size: 1,
    modifiedAt: START,
    lines: 0,
    linesMalformed: 0,
    linesUnknown: 0,
    state: parser.state,
    drift: "{}",
  };
}
