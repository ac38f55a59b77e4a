/**
 * The stored events themselves, for who takes them out: block by block, never all at once.
 *
 * @module
 */

import { inflateSync } from "node:zlib";
import type { Archive } from "./archive.ts";
import type { ArchivePart } from "./archive_parts.ts";
import { type Database, prepareArrays } from "../core/database.ts";
import { decodeEvent, type TelemetryEvent } from "../core/event.ts";

/** Which events; all of them where nothing is said. */
export interface EventChoice {
  readonly platform?: string | undefined;
  readonly session?: string | undefined;
  /** Hashes of projects. */
  readonly projects?: readonly string[] | undefined;
  /** Milliseconds since 1970 UTC; from the first, up to and without the second. */
  readonly from: number;
  readonly to: number;
}

type BlockRow = [id: number, body: Uint8Array];

/**
 * Reads them: those of the archive first, then the others in the order in which they were stored.
 *
 * @param db one that may see raw traces
 * @param archive what has left it
 * @param onBroken is told of parts of the archive that cannot be read
 */
export function* readStoredEvents(
  db: Database,
  choice: EventChoice,
  archive?: Archive,
  onBroken?: (part: ArchivePart) => void,
): Generator<TelemetryEvent> {
  for (const event of archive?.events(choice, onBroken) ?? []) {
    if (isChosen(event, choice)) yield event;
  }
  const next = prepareArrays(
    db,
    `select id, body from trace_blocks where id > ? and last_at >= ? and first_at < ?
     order by id limit 1`,
  );
  for (let last = -1;;) {
    const row = next.get(last, choice.from, choice.to) as unknown as BlockRow | undefined;
    if (!row) return;
    last = row[0];
    for (const line of inflateSync(row[1]).toString().split("\n")) {
      const event = decodeEvent(line);
      if (isChosen(event, choice)) yield event;
    }
  }
}

function isChosen(
  { platform, sessionId, timestamp, metadata }: TelemetryEvent,
  choice: EventChoice,
): boolean {
  return timestamp >= choice.from && timestamp < choice.to &&
    (choice.platform === undefined || platform === choice.platform) &&
    (choice.session === undefined || sessionId === choice.session) &&
    (choice.projects === undefined ||
      choice.projects.some((project) => project === metadata.project_hash));
}
