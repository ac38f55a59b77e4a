/**
 * Tells of what an upgrade or damage has left beside the database.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatBytes, formatCounted } from "../../core/format.ts";
import type { Home } from "../../core/home.ts";
import { oldCopies } from "../../core/old_copies.ts";
import { readMended } from "../../pipeline/mend.ts";

/** Copies of the database that are kept; none where there is none. */
export function checkCopies({ database }: Home): Finding[] {
  const copies = oldCopies(database);
  if (copies.length === 0) return [];
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  return [{
    id: "copies",
    severity: "note",
    title: `${formatCounted(copies.length, "older file")} beside the database, ` +
      `${formatBytes(bytes)}: ` +
      copies.map(({ name }) => name).join(", "),
    numbers: { copies: copies.length, copies_bytes: bytes },
    remedy: "Remove them once you miss nothing: Blueplane does not read them",
  }];
}

/** How much came back after damage. */
export function checkMended(db: Database): Finding[] {
  const mended = readMended(db);
  if (!mended) return [];
  const { at, sessionsKnown: known } = mended;
  const [back] = prepareArrays(
    db,
    "select count(*) from sessions where counted = 1 and started_at < ?",
  ).get(at) as unknown as [number];
  const missing = known === null ? null : Math.max(0, known - back);
  const of = known === null ? "of how many is not known" : `of ${known}`;
  return [{
    id: "mended",
    severity: missing === 0 ? "ok" : "note",
    title:
      `The database was damaged and made anew on ${new Date(at).toISOString().slice(0, 10)}; ` +
      `${formatCounted(back, "session")} came back, ${of}`,
    numbers: { sessions_back: back, sessions_known: known, sessions_missing: missing },
    ...(missing === 0 ? {} : {
      remedy:
        "What is missing was in no transcript, archive or readable part; a backup may have " +
        "it: blueplane restore",
    }),
  }];
}
