/**
 * How calls of tools went, and what was tried again.
 *
 * @module
 */

import type { UsagePart, UsageParts } from "./usage_part.ts";

/**
 * Counts calls that went well and that failed, and retries: calls of the main thread that follow
 * a failed one of the same tool and file, or of the same tool where neither names one. Other calls
 * between them do not matter: several that fail together are each tried again.
 */
export function watchCalls({ tally }: UsageParts): UsagePart {
  const failed = new Set<string>();
  return {
    call({ at, side, tool, outcome, file }) {
      if (outcome === "ok") tally.add(at, "calls_ok");
      if (outcome === "failed") tally.add(at, "calls_failed");
      if (side) return;
      const what = `${tool} ${file}`;
      if (failed.has(what)) {
        tally.add(at, "retries");
        if (outcome === "ok") tally.add(at, "retries_ok");
      }
      if (outcome === "failed") failed.add(what);
      else failed.delete(what);
    },
  };
}
