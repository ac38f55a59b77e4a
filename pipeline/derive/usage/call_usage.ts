/**
 * How calls of tools went, and what was tried again.
 *
 * @module
 */

import type { UsagePart, UsageParts } from "./usage_part.ts";

/**
 * Counts calls that went well and that failed, and retries: calls of the main thread that follow
 * a failed one of the same tool, with the same file where both name one.
 */
export function watchCalls({ tally }: UsageParts): UsagePart {
  const failed = new Map<string, number | null>();
  return {
    call({ at, side, tool, outcome, file }) {
      if (outcome === "ok") tally.add(at, "calls_ok");
      if (outcome === "failed") tally.add(at, "calls_failed");
      if (side) return;
      const before = failed.get(tool);
      if (before !== undefined && before === file) {
        tally.add(at, "retries");
        if (outcome === "ok") tally.add(at, "retries_ok");
      }
      if (outcome === "failed") failed.set(tool, file);
      else failed.delete(tool);
    },
  };
}
