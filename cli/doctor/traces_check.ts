/**
 * Examines the blocks of raw traces: whether each of them holds what it says.
 *
 * @module
 */

import { openForAudit } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import type { Home } from "../../core/home.ts";

/** The finding; none where there is no database. */
export function checkTraces({ database }: Home): Finding[] {
  using db = openForAudit(database);
  if (!db) return [];
  const counts = db.prepare(
    `select count(*) as blocks, ifnull(sum(length(body) = 0), 0) as empty,
       ifnull(sum(iif(length(body) = 0, events, 0)), 0) as lost from trace_blocks`,
  ).get() as { blocks: number; empty: number; lost: number };
  const { blocks, empty, lost } = counts;
  const base = { id: "traces", numbers: { blocks, blocks_empty: empty, events_lost: lost } };
  if (empty === 0) {
    const title = `None of ${formatCounted(blocks, "block")} of raw events is empty`;
    return [{ ...base, severity: "ok", title }];
  }
  return [{
    ...base,
    severity: "error",
    title: `${formatCounted(empty, "block")} of raw events ${empty === 1 ? "is" : "are"} empty`,
    remedy: `${formatCounted(lost, "event")} cannot be derived again; blueplane sync --again ` +
      "reads what assistants still have of them",
  }];
}
