/**
 * The platforms there are: one line each.
 *
 * @module
 */

import { claudeCode } from "./claude_code/claude_code.ts";
import { cursor } from "./cursor/cursor.ts";
import type { Platform } from "./platform.ts";

/** Every assistant that can be read. */
export const PLATFORMS: readonly Platform[] = [
  claudeCode,
  cursor,
];

/** The raw-trace table of each platform, by its id. */
export function traceTables(): Record<string, string> {
  return Object.fromEntries(PLATFORMS.map(({ id, traceTable }) => [id, traceTable]));
}

/** A platform by any spelling of its name. */
export function findPlatform(name: string): Platform | undefined {
  return PLATFORMS.find(({ id, aliases }) => id === name || aliases.includes(name));
}
