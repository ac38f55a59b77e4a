/**
 * How files were worked on: read before they were changed, and changed again.
 *
 * @module
 */

import type { UsagePart, UsageParts } from "./usage_part.ts";

/** A change of the same file so soon after one is an iteration of it. */
const AGAIN_MS = 300_000;
/** From so many changes on a file is worked over and over. */
const CHURNED_MIN = 3;

/**
 * Counts edits that ran, those of them that follow one of the same file within five minutes, files
 * at their first edit, and those of them that a call had named before, or made.
 */
export function watchFiles({ tally }: UsageParts): UsagePart {
  const known = new Set<number>();
  const edits = new Map<number, { count: number; at: number }>();
  return {
    call({ at, isEdit, outcome, file, created }) {
      if (file === null || outcome !== "ok") return;
      const before = edits.get(file);
      if (isEdit) {
        tally.add(at, "edits");
        if (before && at - before.at <= AGAIN_MS) tally.add(at, "edits_again");
        if (!before && !created) {
          tally.add(at, "files_edited");
          if (known.has(file)) tally.add(at, "files_read_first");
        }
        edits.set(file, { count: (before?.count ?? 0) + 1, at });
      }
      known.add(file);
    },
    session: () => ({
      files_edited: edits.size,
      files_churned: edits.values().filter(({ count }) => count >= CHURNED_MIN).toArray().length,
    }),
  };
}
