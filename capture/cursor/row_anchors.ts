/**
 * By what a table is known again: numbers of rows with a keyed hash of what they are. A row that
 * is written anew gets a new number above all others, so those above the last one known are what
 * changed; but rows may be deleted, their numbers given again, and a whole file restored or
 * rebuilt with other ones. The highest anchor that still holds is where reading goes on.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../core/database.ts";
import type { Privacy } from "../../core/privacy.ts";

/** A row's number and hash. */
export type Anchor = readonly [row: number, hash: string];

/** A table, and the SQL expression that says what a row is. */
export interface AnchoredTable {
  readonly table: string;
  readonly says: string;
}

const HASH_DIGITS = 12;

/** The highest number of a row; 0 for an empty table. */
export function lastRow(db: Database, { table }: AnchoredTable): number {
  const [row] = prepareArrays(db, `select max(rowid) from ${table}`).get() as unknown as [
    number | null,
  ];
  return row ?? 0;
}

/** Anchors up to a row, ever farther from one another: 1, 2, 4, 8 … numbers below it. */
export function makeAnchors(
  db: Database,
  { table, says }: AnchoredTable,
  upTo: number,
  privacy: Privacy,
): Anchor[] {
  const select = prepareArrays(
    db,
    `select rowid, ${says} from ${table} where rowid <= ? order by rowid desc limit 1`,
  );
  const anchors: Anchor[] = [];
  for (let below = 0; below < upTo; below = Math.max(1, 2 * below)) {
    const found = select.get(upTo - below) as unknown as [number, unknown] | undefined;
    if (!found) break;
    const [row, text] = found;
    if (anchors.at(-1)?.[0] !== row) anchors.push([row, hashOf(text, privacy)]);
    // Numbers that are free are passed over in one step.
    below = Math.max(below, upTo - row);
  }
  return anchors;
}

/** The highest anchor that still holds; undefined if none does. */
export function findAnchor(
  db: Database,
  { table, says }: AnchoredTable,
  anchors: readonly Anchor[],
  privacy: Privacy,
): number | undefined {
  const select = prepareArrays(db, `select ${says} from ${table} where rowid = ?`);
  return anchors.find(([row, hash]) => {
    const found = select.get(row) as unknown as [unknown] | undefined;
    return found !== undefined && hashOf(found[0], privacy) === hash;
  })?.[0];
}

function hashOf(text: unknown, privacy: Privacy): string {
  return privacy.hash(`row ${text}`, HASH_DIGITS);
}
