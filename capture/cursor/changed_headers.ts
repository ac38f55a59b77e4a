/**
 * Reads what changed in the table `composerHeaders`, which newer versions have: what was updated
 * since the latest update that is known. A table of another shape is not read.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../core/database.ts";
import { PageMaker, type RowPage, type Value, VALUE_COLUMNS } from "./row_page.ts";
import { hasColumns } from "./table_shape.ts";

/** The latest update, in the table's own numbers: milliseconds. */
export type HeaderMark = number;

const TABLE = "composerHeaders";
const COLUMNS = ["composerId", "lastUpdatedAt", "value"];
const UPDATED = "ifnull(cast(lastUpdatedAt as integer), 0)";

/** Yields what changed since `mark`, and at last a page with the mark behind all. */
export function* changedHeaders(
  db: Database,
  mark: HeaderMark | undefined,
): Generator<RowPage<HeaderMark>> {
  if (!hasColumns(db, TABLE, COLUMNS)) return;
  const rows = prepareArrays(
    db,
    `select composerId, ${UPDATED}, ${VALUE_COLUMNS} from ${TABLE}
     where typeof(composerId) = 'text' and (${UPDATED}, composerId) > (?, ?) order by 2, 1`,
  );
  const page = new PageMaker();
  // All of the latest moment come again: there may be more of them now.
  let last: readonly [number, string] = [mark ?? -1, ""];
  for (;;) {
    const before = last;
    const found = rows.iterate(...last) as unknown as Iterable<[string, number, ...Value]>;
    for (const [id, updatedAt, ...value] of found) {
      page.add(TABLE, id, value);
      last = [updatedAt, id];
      if (page.isFull) break;
    }
    if (last === before || !page.isFull) break;
    yield page.take(last[0], 0);
  }
  yield page.take(Math.max(0, last[0]), 0);
}
