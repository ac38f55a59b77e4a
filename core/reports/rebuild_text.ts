/**
 * What is said of a rebuild that is not done, apart from what finds out.
 *
 * @module
 */

import type { Coverage } from "./coverage.ts";

/** What reports leave out as long as a rebuild is not done; undefined when all is derived. */
export function rebuildText(coverage: Coverage): string | undefined {
  const { rebuild_blocks_done: done, rebuild_blocks_total: total } = coverage;
  return total === 0 ? undefined : `${done} of ${total} blocks are derived again so far`;
}
