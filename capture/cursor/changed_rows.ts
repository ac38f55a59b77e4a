/**
 * Reads what changed in `cursorDiskKV`: at first all rows of allowed keys, by ranges of the key's
 * index, composer by composer, the one written last first; later the rows above the last one
 * known. Every step is a statement of its own, so that no transaction holds up a writer.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import type { Privacy } from "../../core/privacy.ts";
import { ALLOWED_KEYS, isAllowed } from "./allowed_keys.ts";
import { afterAll } from "./key_range.ts";
import { type Anchor, findAnchor, lastRow, makeAnchors } from "./row_anchors.ts";
import { PageMaker, type RowPage, type Value, VALUE_COLUMNS } from "./row_page.ts";

/** From where to go on. */
export interface RowMark {
  /** The highest one is the last row that is known. */
  readonly anchors: readonly Anchor[];
  /**
   * Only while the first reading is not done: the number of the composer that was read last, null
   * before there is one. Those with lower numbers are still to be read.
   */
  readonly at?: number | null;
}

/** What is between the beginning of a key and the next colon: whom the row belongs to. */
interface Owner {
  readonly name: string;
  /** The number of its own row, 0 without one. */
  readonly row: number;
}

const TABLE = "cursorDiskKV";
const { prefixes: PREFIXES } = ALLOWED_KEYS[TABLE];
const HASHED_BYTES_MAX = 256 * 1024;
/** A row that was deleted and written again may have its old number: then its value tells. */
const ANCHORED = {
  table: TABLE,
  says: `ifnull(key, '') || ':' || ifnull(octet_length(value), '') || case
    when octet_length(value) <= ${HASHED_BYTES_MAX} and (${
    PREFIXES.map((prefix) => `key > '${prefix}' and key < '${afterAll(prefix)}'`).join(" or ")
  }) then value else '' end`,
};
const LIST_ROWS = 500;

/** Yields what changed since `mark`, and at last a page with the mark behind all. */
export function* changedRows(
  db: Database,
  mark: RowMark | undefined,
  privacy: Privacy,
): Generator<RowPage<RowMark>> {
  const known = mark && findAnchor(db, ANCHORED, mark.anchors, privacy);
  // Nothing holds: another file is in its place, or nothing was read yet.
  const from = known ?? lastRow(db, ANCHORED);
  const at = known === undefined ? null : mark?.at;
  if (at !== undefined) {
    yield* firstRows(db, makeAnchors(db, ANCHORED, from, privacy), from, at);
  }
  yield* laterRows(db, from, privacy);
}

function* firstRows(
  db: Database,
  anchors: readonly Anchor[],
  known: number,
  at: number | null,
): Generator<RowPage<RowMark>> {
  // One that was written since may have been passed over: it is read whole.
  const owners = listOwners(db).filter(({ row }) => at === null || row < at || row > known)
    .sort((a, b) => b.row - a.row);
  const page = new PageMaker();
  const own = prepareArrays(db, `select ${VALUE_COLUMNS} from ${TABLE} where key = ?`);
  const others = prepareArrays(
    db,
    `select key, ${VALUE_COLUMNS} from ${TABLE} where key > ? and key < ? order by key`,
  );
  let done = at;
  for (const [index, { name, row }] of owners.entries()) {
    const progress = index / owners.length;
    for (const prefix of PREFIXES) {
      const value = own.get(prefix + name) as unknown as Value | undefined;
      if (value) page.add(TABLE, prefix + name, value);
      let last: string | undefined = `${prefix}${name}:`;
      while (last !== undefined) {
        if (page.isFull) yield page.take({ anchors, at: done }, progress);
        last = addRange(page, others, last, `${prefix}${name};`);
      }
    }
    if (row > 0 && row <= known) done = row;
  }
  yield page.take({ anchors, at: done }, 1);
}

/** Adds rows between two keys. @returns the last one, if there may be more behind it */
function addRange(
  page: PageMaker,
  rows: Statement,
  above: string,
  below: string,
): string | undefined {
  const found = rows.iterate(above, below) as unknown as Iterable<[string, ...Value]>;
  for (const [key, ...value] of found) {
    page.add(TABLE, key, value);
    if (page.isFull) return key;
  }
  return undefined;
}

function* laterRows(db: Database, from: number, privacy: Privacy): Generator<RowPage<RowMark>> {
  const list = prepareArrays(
    db,
    `select rowid, key from ${TABLE} where rowid > ? order by rowid limit ${LIST_ROWS}`,
  );
  const select = prepareArrays(
    db,
    `select ${VALUE_COLUMNS} from ${TABLE} where rowid = ? and key = ?`,
  );
  const page = new PageMaker();
  let last = from;
  const mark = () => ({ anchors: makeAnchors(db, ANCHORED, last, privacy) });
  for (;;) {
    const listed = list.all(last) as unknown as [number, unknown][];
    for (const [row, key] of listed) {
      if (typeof key === "string" && isAllowed(TABLE, key)) {
        // It may have been written anew meanwhile, and comes later then.
        const value = select.get(row, key) as unknown as Value | undefined;
        if (value) page.add(TABLE, key, value);
      } else page.look();
      last = row;
      if (page.isFull) yield page.take(mark(), 1);
    }
    if (listed.length < LIST_ROWS) break;
  }
  yield page.take(mark(), 1);
}

/** Everyone to whom an allowed row belongs; only the index is read. */
function listOwners(db: Database): Owner[] {
  const next = prepareArrays(
    db,
    `select rowid, key from ${TABLE} where key > ? and key < ? order by key limit ${LIST_ROWS}`,
  );
  const owners = new Map<string, number>();
  for (const prefix of PREFIXES) {
    const end = afterAll(prefix);
    for (let from: string | undefined = prefix; from !== undefined;) {
      from = addOwners(owners, next.all(from, end) as unknown as [number, string][], prefix);
    }
  }
  return [...owners].map(([name, row]) => ({ name, row }));
}

/** Adds the owners of listed rows. @returns what lies before all others, if there may be more */
function addOwners(
  owners: Map<string, number>,
  listed: readonly [number, string][],
  prefix: string,
): string | undefined {
  let last = "";
  for (const [row, key] of listed) {
    const colon = key.indexOf(":", prefix.length);
    const name = key.slice(prefix.length, colon < 0 ? undefined : colon);
    if (colon < 0) owners.set(name, row);
    else if (!owners.has(name)) owners.set(name, 0);
    // Whatever else belongs to the same one is passed over.
    last = colon < 0 ? key : `${prefix}${name};`;
  }
  return listed.length < LIST_ROWS ? undefined : last;
}
