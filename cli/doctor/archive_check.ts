/**
 * Examines the archive: whether every file that was written is there, and is what was written.
 *
 * @module
 */

import { openForAudit } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatBytes, formatCounted } from "../../core/format.ts";
import type { Home } from "../../core/home.ts";
import { Archive } from "../../pipeline/archive.ts";
import { listParts, placeOfPart } from "../../pipeline/archive_parts.ts";

const NAMED_MAX = 5;

/** The finding; none where nothing was archived. */
export function checkArchive({ database, archive }: Home): Finding[] {
  using db = openForAudit(database);
  const parts = db ? listParts(db).filter(({ events }) => events > 0) : [];
  if (!db || parts.length === 0) return [];
  const broken = new Archive(db, archive).broken();
  const events = parts.reduce((sum, part) => sum + part.events, 0);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const numbers = {
    archive_parts: parts.length,
    archive_events: events,
    archive_bytes: bytes,
    archive_parts_broken: broken.length,
  };
  if (broken.length === 0) {
    const title = `${formatCounted(events, "event")} in ${formatCounted(parts.length, "file")} ` +
      `of the archive, ${formatBytes(bytes)}, all as they were written`;
    return [{ id: "archive", severity: "ok", title, numbers }];
  }
  const named = broken.slice(0, NAMED_MAX)
    .map(({ part, problem }) => `archive/${placeOfPart(part)} (${problem})`);
  const more = broken.length > NAMED_MAX ? " and others" : "";
  return [{
    id: "archive",
    severity: "error",
    title: `${formatCounted(broken.length, "file")} of the archive cannot be used: ` +
      named.join(", ") + more,
    numbers,
    remedy: "Put the file back from a backup; until then a rebuild keeps its sessions as they " +
      "are, and an export leaves its events out",
  }];
}
