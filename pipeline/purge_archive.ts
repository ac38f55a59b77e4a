/**
 * Takes purged events out of the archive.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import type { TelemetryEvent } from "../core/event.ts";
import { rewriteParts } from "./archive_rewrite.ts";
import { numbers } from "./rebuild.ts";
import type { Tombstones } from "./tombstones.ts";
import type { TraceTables } from "./trace_store.ts";

/** What it works with. */
export interface ArchivePurgeParts {
  readonly db: Database;
  /** The folder of the archive. */
  readonly archive: string;
  readonly tables: TraceTables;
  readonly tombstones: Pick<Tombstones, "holds">;
}

/**
 * Rewrites the parts that hold such events; between two turns no transaction is open. A part that
 * nobody can read goes whole, as nobody can take anything out of it.
 *
 * @param onPurged is told of each event that goes, perhaps more than once
 */
export function purgeArchive(
  { db, archive, tables, tombstones }: ArchivePurgeParts,
  onPurged: (event: TelemetryEvent) => void,
): Iterator<unknown> {
  const blocks = new Set(
    Object.values(tables).flatMap((table) =>
      numbers(
        db,
        `select distinct t.block from purge_sessions p
       join ${table} t on t.session = p.session and t.at < p.cut_at`,
      )
    ),
  );
  const inPart = (part: number) =>
    numbers(db, "select block from archive_blocks where part = ?", part);
  return rewriteParts(db, archive, {
    isGone(event) {
      const isPurged = tombstones.holds(event);
      if (isPurged) onPurged(event);
      return isPurged;
    },
    isKept: ({ id }) => !inPart(id).some((block) => blocks.has(block)),
    unreadable: () => "drop",
  });
}
