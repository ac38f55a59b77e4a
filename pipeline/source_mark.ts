/**
 * A source's position as an entry of the queue: whoever stores the events before it learns how
 * far the source is stored.
 *
 * @module
 */

import type { Checkpoint } from "../core/checkpoints.ts";
import { EventError } from "../core/event.ts";
import { readSafeText } from "../core/privacy.ts";

/** How far a source of a machine was read. */
export interface SourceMark {
  /** A keyed hash of its name, "" where it has none. */
  readonly machine: string;
  readonly checkpoint: Checkpoint;
}

/** A mark as it is published. */
export interface PublishedMark extends SourceMark {
  /**
   * The memory of the queue that its machine knew: in another one, what stood before the mark may
   * be gone.
   */
  readonly epoch: string;
}

const PREFIX = '{"source":';
const NUMBERS = [
  "position",
  "size",
  "modifiedAt",
  "lines",
  "linesMalformed",
  "linesUnknown",
] as const;
const MACHINE_SHAPE = /^[0-9a-f]{0,16}$/;
const EPOCH_SHAPE = /^(?:[0-9a-f]{40}:[0-9a-f]{16})?$/;

/** The JSON of a mark, told from that of an event by how it begins. */
export function encodeMark({ checkpoint, ...of }: PublishedMark): string {
  return `${PREFIX}${JSON.stringify(checkpoint)},${JSON.stringify(of).slice(1)}`;
}

/** Whether an entry is a mark, or ought to be one. */
export function isMark(body: string): boolean {
  return body.startsWith(PREFIX);
}

/**
 * Reads an entry, trusting nothing: every text must have a safe shape.
 *
 * @returns undefined for what is an event, or ought to be one
 * @throws {EventError} for a mark that cannot be used
 */
export function decodeMark(body: string): PublishedMark | undefined {
  if (!isMark(body)) return undefined;
  const { source, machine, epoch = "" } = parse(body) as Record<string, unknown>;
  if (typeof machine !== "string" || !MACHINE_SHAPE.test(machine)) throw broken();
  if (typeof epoch !== "string" || !EPOCH_SHAPE.test(epoch)) throw broken();
  return { machine, epoch, checkpoint: readCheckpoint(source) };
}

/**
 * A checkpoint out of JSON.
 *
 * @throws {EventError} when it is none
 */
export function readCheckpoint(json: unknown): Checkpoint {
  if (typeof json !== "object" || json === null) throw broken();
  const found = json as Record<string, unknown>;
  for (const name of NUMBERS) {
    const value = found[name];
    if (typeof value !== "number" || !Number.isFinite(value)) throw broken();
  }
  const numbers = found as Record<typeof NUMBERS[number], number>;
  return {
    id: requireText(found.id),
    platform: requireText(found.platform),
    sessionId: found.sessionId === null ? null : requireText(found.sessionId),
    fileId: found.fileId === "" ? "" : requireText(found.fileId),
    head: found.head === "" ? "" : requireText(found.head),
    position: numbers.position,
    size: numbers.size,
    modifiedAt: numbers.modifiedAt,
    lines: numbers.lines,
    linesMalformed: numbers.linesMalformed,
    linesUnknown: numbers.linesUnknown,
    state: requireJson(found.state),
    drift: requireJson(found.drift),
    ...(found.transient === true ? { transient: true } : {}),
  };
}

function requireText(value: unknown): string {
  const text = typeof value === "string" ? readSafeText(value) : undefined;
  if (text === undefined) throw broken();
  return text;
}

function requireJson(value: unknown): string {
  if (typeof value !== "string") throw broken();
  checkTexts(parse(value));
  return value;
}

function checkTexts(value: unknown): void {
  if (typeof value === "string") {
    if (value !== "") requireText(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      requireText(name);
      checkTexts(part);
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw broken();
  }
}

function broken(): EventError {
  return new EventError("Cannot read a position: it has no safe shape");
}
