/** Purges of a database whose parts are open. */

import { Purge } from "../../pipeline/purge.ts";
import { TABLES } from "../helpers/events.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { folderOf } from "./archive_stage.ts";
import type { Parts } from "./open_parts.ts";

/** The key of such parts. */
export const KEY = new Uint8Array(32);

/** A purge that does one thing at a time. */
export function purgeOf(parts: Parts, path: string): Purge {
  return new Purge({
    db: parts.db,
    path,
    archive: folderOf(path),
    clock: new TickingClock(parts.clock.now()),
    privacy: parts.privacy,
    tables: TABLES,
    traces: parts.traces,
    tombstones: parts.tombstones,
    announce: (blocks) => parts.groups.announceAgain(blocks),
    forget: () => {
      parts.groups.forget();
      parts.tombstones.forget();
    },
  });
}

/** Each look at it takes so long that a slice does one thing. */
class TickingClock extends VirtualClock {
  override now(): number {
    this.advance(5);
    return super.now();
  }
}
