/**
 * The number that one id is known by in all sessions and tables.
 *
 * @module
 */

import { hash } from "node:crypto";

/** Most ids are told several times within a moment: those asked for last are known. */
const KNOWN_MAX = 4096;
let known = new Map<string, number>();
let knownBefore = new Map<string, number>();

/** 52 bits of SHA-256: what one id is the same by in all sessions. */
export function factKey(id: string): number {
  let key = known.get(id);
  if (key !== undefined) return key;
  key = knownBefore.get(id) ?? parseInt(hash("sha256", id, "hex").slice(0, 13), 16);
  if (known.size >= KNOWN_MAX) {
    knownBefore = known;
    known = new Map();
  }
  known.set(id, key);
  return key;
}
