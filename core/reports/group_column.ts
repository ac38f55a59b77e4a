/**
 * What tells groups of a report apart: time, or a column.
 *
 * @module
 */

import type { ChartGroupBy } from "./groups.ts";

/** Whether groups are stretches of time. */
export function isOfTime(by: ChartGroupBy): boolean {
  return groupColumn(by) === "x.bucket";
}

/** The column of sums `x` or sessions `s` that tells groups apart. */
export function groupColumn(by: ChartGroupBy) {
  if (by === "mode") return "x.mode";
  if (by === "model" || by === "tool" || by === "extension") return "x.member";
  if (by === "project") return "s.project";
  return by === "platform" ? "s.platform" : "x.bucket";
}
