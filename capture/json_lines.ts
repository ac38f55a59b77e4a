/**
 * Reads a JSONL file from a position on: whole lines only, of any size, in bounded memory.
 *
 * @module
 */

import { parseValue } from "../core/parse_value.ts";
import { LineShrinker } from "./line_shrinker.ts";

/** What one read of a file gave. */
export interface LinesChunk {
  /** The objects of the lines, in their order. */
  readonly objects: readonly Record<string, unknown>[];
  /** Lines that are not blank. */
  readonly lines: number;
  /** Lines from which no object could be read. */
  readonly malformed: number;
  /** Of those, lines of zeros, as a crash of the system leaves them. */
  readonly nullBytes: number;
  /** Of those, lines that were given up for their length. */
  readonly tooLong: number;
  /** Lines with several objects. */
  readonly glued: number;
  /** The byte after the last line that was used. */
  readonly position: number;
}

const CHUNK_BYTES = 1024 * 1024;
/** Longer lines lose the middle of their long texts before they are parsed. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
const NEWLINE = 10;
const BRACE_END = 125;
/** Space, tab and carriage return. */
const WHITE: ReadonlySet<number> = new Set([32, 9, 13]);

/**
 * Yields what stands behind `position`, chunk by chunk, to the end that the file has now. A last
 * line without newline is used if it is a whole object, and left for later if it is not.
 *
 * @throws {Deno.errors.NotFound} and its like, when the file cannot be read
 */
export function* readJsonLines(path: string, position: number): Generator<LinesChunk> {
  using file = Deno.openSync(path, { read: true });
  if (position > 0) file.seekSync(position, Deno.SeekMode.Start);
  const line = new OpenLine();
  const buffer = new Uint8Array(CHUNK_BYTES);
  let readTo = position;
  for (;;) {
    const size = file.readSync(buffer);
    if (size === null) break;
    readTo += size;
    const found = new Found();
    const rest = splitLines(buffer.subarray(0, size), line, found);
    line.push(rest);
    yield found.chunk(readTo - line.bytes);
  }
  const last = line.bytes > 0 && line.endsWith(BRACE_END) ? line.take() : undefined;
  const found = new Found();
  if (last && found.tryAdd(last)) yield found.chunk(readTo);
}

function splitLines(bytes: Uint8Array, line: OpenLine, found: Found): Uint8Array {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    const piece = bytes.subarray(start, end);
    start = end + 1;
    if (line.bytes === 0) {
      found.add(piece);
      continue;
    }
    line.push(piece);
    found.add(line.take());
  }
  return bytes.subarray(start);
}

/** The line whose end was not read yet. */
class OpenLine {
  /** Bytes of the file that it covers. */
  bytes = 0;
  #pieces: Uint8Array[] = [];
  #shrinker: LineShrinker | undefined;
  #last = 0;

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.bytes += piece.length;
    const last = piece.findLast((byte) => !WHITE.has(byte));
    if (last !== undefined) this.#last = last;
    if (this.#shrinker) return this.#shrinker.push(piece);
    this.#pieces.push(piece.slice());
    if (this.bytes <= LINE_BYTES_MAX) return;
    this.#shrinker = new LineShrinker(LINE_BYTES_MAX);
    for (const earlier of this.#pieces) this.#shrinker.push(earlier);
    this.#pieces = [];
  }

  endsWith(byte: number): boolean {
    return this.#last === byte;
  }

  /** The line; undefined for one that is too large even if shrunk. */
  take(): Uint8Array | undefined {
    const whole = this.#shrinker?.finish() ?? join(this.#pieces);
    this.#shrinker = undefined;
    this.#pieces = [];
    this.bytes = 0;
    this.#last = 0;
    return whole.length > 0 ? whole : undefined;
  }
}

/** Collects the objects of a chunk. */
class Found {
  readonly #objects: Record<string, unknown>[] = [];
  // Its default drops a byte order mark and replaces what is no UTF-8.
  readonly #decoder = new TextDecoder();
  #lines = 0;
  #malformed = 0;
  #nullBytes = 0;
  #tooLong = 0;
  #glued = 0;

  /** Adds a line; undefined stands for one that was given up. */
  add(bytes: Uint8Array | undefined): void {
    const text = bytes && this.#decoder.decode(bytes).trim();
    if (text === "") return;
    this.#lines++;
    const objects = text === undefined ? [] : objectsIn(text);
    if (objects.length !== 1) this.#note(text, objects.length);
    for (const object of objects) this.#objects.push(object);
  }

  #note(text: string | undefined, objects: number): void {
    if (objects > 1) this.#glued++;
    else this.#malformed++;
    if (text === undefined) this.#tooLong++;
    else if (objects === 0 && text.startsWith("\0")) this.#nullBytes++;
  }

  /** Adds a line only if it is whole. */
  tryAdd(bytes: Uint8Array): boolean {
    const objects = objectsIn(this.#decoder.decode(bytes).trim());
    if (objects.length === 0) return false;
    this.#lines++;
    if (objects.length > 1) this.#glued++;
    for (const object of objects) this.#objects.push(object);
    return true;
  }

  chunk(position: number): LinesChunk {
    return {
      objects: this.#objects,
      lines: this.#lines,
      malformed: this.#malformed,
      nullBytes: this.#nullBytes,
      tooLong: this.#tooLong,
      glued: this.#glued,
      position,
    };
  }
}

function objectsIn(text: string): Record<string, unknown>[] {
  const whole = parseValue(text);
  return (whole === undefined ? splitGlued(text) : [whole]).filter(isObject);
}

/**
 * The objects of a line that holds several without a newline between them, as it comes about when
 * something wrote the file without its last newline. Empty when a part is no JSON.
 */
export function splitGlued(text: string): unknown[] {
  const objects: unknown[] = [];
  let depth = 0, start = 0, inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === "\\") i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth <= 0) {
      const object = parseValue(text.slice(start, i + 1));
      if (object === undefined) return [];
      objects.push(object);
      start = i + 1;
      depth = 0;
    }
  }
  return text.slice(start).trim() === "" ? objects : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
