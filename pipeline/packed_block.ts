/**
 * Events as they lie in a block: their JSON, line by line, compressed.
 *
 * @module
 */

import { deflateSync } from "node:zlib";

/** What is stored of a block, and how much that was. */
export interface PackedBlock {
  readonly rawBytes: number;
  readonly body: Uint8Array;
}

/** So many events are stored together, in a block where all are of one platform. */
export const BATCH_MAX = 100;

const COMPRESSION_LEVEL = 6;

/** Packs events, each as JSON. */
export function packBlock(lines: readonly string[]): PackedBlock {
  const raw = new TextEncoder().encode(lines.join("\n"));
  return { rawBytes: raw.length, body: deflateSync(raw, { level: COMPRESSION_LEVEL }) };
}

/** Events in batches as they are stored. */
export function batchesOf(events: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(events.length / BATCH_MAX);
  return Array.from(
    { length: count },
    (_, i) => events.slice(i * BATCH_MAX, (i + 1) * BATCH_MAX),
  );
}
