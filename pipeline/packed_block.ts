/**
 * Events as they lie in a block: their JSON, line by line, compressed.
 *
 * @module
 */

import { deflateSync } from "node:zlib";
import { isPlain } from "../core/event.ts";

/** What is stored of a block, and how much that was. */
export interface PackedBlock {
  readonly rawBytes: number;
  readonly body: Uint8Array;
}

/** A batch that was looked at and packed before it is stored. */
export interface PackedBatch extends PackedBlock {
  /** Whether every event is, as `isPlain` of `core/event.ts` has it. */
  readonly isPlain: boolean;
}

/** So many events are stored together, in a block where all are of one platform. */
export const BATCH_MAX = 100;

const COMPRESSION_LEVEL = 6;

/** Packs events, each as JSON. */
export function packBlock(lines: readonly string[]): PackedBlock {
  const raw = new TextEncoder().encode(lines.join("\n"));
  return { rawBytes: raw.length, body: deflateSync(raw, { level: COMPRESSION_LEVEL }) };
}

/** Does with a batch what can be done without the database. */
export function packBatch(events: readonly string[]): PackedBatch {
  return { ...packBlock(events), isPlain: events.every(isPlain) };
}

/** Events in batches as they are stored. */
export function batchesOf(events: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(events.length / BATCH_MAX);
  return Array.from(
    { length: count },
    (_, i) => events.slice(i * BATCH_MAX, (i + 1) * BATCH_MAX),
  );
}
