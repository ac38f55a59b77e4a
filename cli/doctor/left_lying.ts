/**
 * What is said of entries of a queue that somebody took and never finished.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { formatAgo } from "../../core/format.ts";

/**
 * The finding.
 *
 * @param since milliseconds: when the oldest of them was taken; null where there is none
 */
export function leftLying(
  id: string,
  left: number,
  since: number | null,
  { now, remedy }: { readonly now: number; readonly remedy: string },
): Finding {
  const age = since === null ? null : Math.max(0, now - since);
  const numbers = { entries_left: left, oldest_age_ms: age };
  if (left === 0 || since === null) {
    const title = "Nothing that was taken out of a queue is left lying";
    return { id, severity: "ok", title, numbers };
  }
  const entries = left === 1 ? "1 entry of a queue was" : `${left} entries of a queue were`;
  const title = `${entries} taken and not finished, the first ${formatAgo(since, now)}`;
  return { id, severity: "warning", title, numbers, remedy };
}
