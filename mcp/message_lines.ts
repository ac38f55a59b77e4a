/**
 * Messages of the protocol out of bytes, one a line, and what is said of a line that is none: who
 * asked shall not wait for an answer that does not come.
 *
 * @module
 */

import { type JSONRPCMessage, JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js";
import { parseValue } from "../core/parse_value.ts";

/** What a line holds: messages, or answers to what is none. */
export interface ReadLine {
  readonly messages: readonly JSONRPCMessage[];
  readonly refusals: readonly JSONRPCMessage[];
}

/** More than all that a tool takes. */
const LINE_BYTES_MAX = 8_000_000;
const LINE_FEED = 10;
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const IN_A_BATCH = "Cannot answer a batch: send each message on a line of its own";

/** Cuts what comes into lines; one that is too long is let go by, and is not kept. */
export class MessageLines {
  readonly #bytesMax: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** @param bytesMax a longer line is refused */
  constructor(bytesMax = LINE_BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** What the lines hold that a chunk ends. */
  *add(chunk: Uint8Array): Generator<ReadLine> {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, end));
      from = end + 1;
      yield this.#take();
    }
    this.#keep(chunk.subarray(from));
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#bytesMax) this.#parts = [];
    // A stream may use its memory again.
    else if (part.length > 0) this.#parts.push(part.slice());
  }

  #take(): ReadLine {
    const parts = this.#parts, isWhole = this.#bytes <= this.#bytesMax;
    this.#parts = [];
    this.#bytes = 0;
    if (isWhole) return readLine(new TextDecoder().decode(joined(parts)));
    const text = `Cannot read the message: it has more than ${this.#bytesMax / 1e6} MB`;
    return { messages: [], refusals: [refusal(INVALID_REQUEST, text)] };
  }
}

/** What a line holds; nothing of it is repeated in an answer but the id of a request. */
export function readLine(line: string): ReadLine {
  if (line.trim() === "") return { messages: [], refusals: [] };
  const value = parseValue(line);
  if (value === undefined) {
    const text = "Cannot read the message: it is no JSON";
    return { messages: [], refusals: [refusal(PARSE_ERROR, text)] };
  }
  if (Array.isArray(value)) {
    const ids = value.map(idOf).filter((id) => id !== undefined);
    const asked = ids.length > 0 ? ids : [undefined];
    return {
      messages: [],
      refusals: asked.map((id) => refusal(INVALID_REQUEST, IN_A_BATCH, id)),
    };
  }
  const { success, data } = JSONRPCMessageSchema.safeParse(value);
  if (success) return { messages: [data], refusals: [] };
  const text = "Cannot read the message: it is none of JSON-RPC 2.0";
  return { messages: [], refusals: [refusal(INVALID_REQUEST, text, idOf(value))] };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The id of what may be meant for a request; an answer's is none of ours. */
function idOf(value: unknown): string | number | undefined {
  if (typeof value !== "object" || value === null || !("method" in value)) return undefined;
  const { id } = value as { id?: unknown };
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}

function refusal(code: number, message: string, id?: string | number): JSONRPCMessage {
  return { jsonrpc: "2.0", ...(id === undefined ? {} : { id }), error: { code, message } };
}
