/**
 * What is said where there is no session at all.
 *
 * @module
 */

import type { FilterOptions } from "./with_report.ts";

/** What is said where there is no session: that the filter hides all, or that there is none. */
export function emptyText({ platform, project, session, model }: FilterOptions): string {
  const asked = [platform, project, session, model];
  return asked.every((value) => value === undefined)
    ? "No sessions yet; blueplane doctor tells where they are looked for.\n"
    : "No session matches.\n";
}
