/** Leaves a home as one whose rebuild was killed a moment after it began. */

import { inTransaction } from "../../core/database.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { openParts } from "../pipeline/open_parts.ts";

/** Begins a rebuild of what is stored, and does nothing of it. @returns how many blocks it has */
export function breakOffRebuild(machine: Machine): number {
  using parts = openParts(`${machine.home}/telemetry.db`);
  return inTransaction(parts.db, () => parts.groups.beginRebuild())!.blocks;
}
