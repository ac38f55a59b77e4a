/**
 * The history of what clients showed, of traces that an earlier version folded without it.
 *
 * @module
 */

import { type Database, prepareArrays } from "../core/database.ts";
import { EVENT_TYPES } from "../core/event.ts";
import { madeWith, noteMadeWith } from "../core/made_with.ts";
import type { ReadableBlock } from "./rebuild.ts";

const RULES = "1";
const STATUS_SEEN = EVENT_TYPES.indexOf("status_seen");

/**
 * Announces all blocks again that tell of it, once; the caller holds the transaction. To all else
 * a block adds nothing that is there. What is archived comes with a rebuild.
 */
export function fillClientStates(
  db: Database,
  tables: readonly string[],
  announce: (blocks: readonly ReadableBlock[]) => number,
): void {
  if (madeWith(db, "client_states") === RULES) return;
  const told = tables.map((table) => `select block from ${table} where kind = ${STATUS_SEEN}`);
  const blocks = prepareArrays(
    db,
    `select id, events from trace_blocks where id in (${told.join(" union ")}) order by id`,
  ).all() as unknown as ReadableBlock[];
  if (blocks.length > 0) announce(blocks);
  noteMadeWith(db, "client_states", RULES);
}
