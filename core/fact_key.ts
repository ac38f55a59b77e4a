/**
 * The number that one id is known by in all sessions and tables.
 *
 * @module
 */

import { hash } from "node:crypto";

/** 52 bits of SHA-256: what one id is the same by in all sessions. */
export function factKey(id: string): number {
  return parseInt(hash("sha256", id, "hex").slice(0, 13), 16);
}
