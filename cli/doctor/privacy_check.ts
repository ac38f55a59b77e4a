/**
 * A short look at privacy: whether every value in the database is what its column may hold.
 *
 * @module
 */

import { openForAudit } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import { PrivacyAudit } from "../../core/privacy_audit.ts";
import type { Workspace } from "../workspace.ts";

/** What is found; nothing where there is no database. */
export function checkPrivacy({ home }: Workspace): Finding[] {
  using db = openForAudit(home.database);
  if (!db) return [];
  const audit = new PrivacyAudit([]);
  audit.allowSchema(db);
  const columns = audit.lookAtColumns(db).length;
  const found = audit.findings;
  const numbers = { columns, found: found.length };
  const counted = formatCounted(columns, "column");
  if (found.length === 0) {
    const title =
      `Nothing private stands in ${counted}; blueplane privacy audit reads every byte`;
    return [{ id: "privacy", severity: "ok", title, numbers }];
  }
  return [{
    id: "privacy",
    severity: "error",
    title: `${formatCounted(found.length, "value")} in ${counted} may be private`,
    numbers,
    remedy: "blueplane privacy audit says where; please report it",
    details: found.map(({ place, kind }) => `${place}: ${kind}`),
  }];
}
