/**
 * The platforms there are: one line each.
 *
 * @module
 */

import { claudeCode } from "./claude_code/claude_code.ts";
import { cursor } from "./cursor/cursor.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { HookContext, Platform } from "./platform.ts";

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
  const lower = name.toLowerCase();
  return PLATFORMS.find(({ id, aliases }) => id === lower || aliases.includes(lower));
}

/** What people call a platform, by its id; the id where there is none of it any more. */
export function platformName(id: string): string {
  return PLATFORMS.find((platform) => platform.id === id)?.label ?? id;
}

/**
 * The events of what a hook was given, read as the assistant's that calls: not always the one
 * for which the hook was installed. What may not be captured is not among them.
 *
 * @param receivedAt milliseconds
 */
export async function readHook(
  platform: Platform,
  payload: unknown,
  receivedAt: number,
  context: HookContext,
): Promise<readonly TelemetryEvent[]> {
  const caller = PLATFORMS.find((one) => one.isCaller(payload)) ?? platform;
  return context.gate.admitAll(await caller.readHook(payload, receivedAt, context));
}
