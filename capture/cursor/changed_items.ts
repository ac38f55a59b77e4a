/**
 * Reads what changed in `ItemTable`: the few allowed keys, each compared by a hash of its value.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../core/database.ts";
import type { Privacy } from "../../core/privacy.ts";
import { ALLOWED_KEYS } from "./allowed_keys.ts";
import { afterAll } from "./key_range.ts";
import { PageMaker, type RowPage, textOfValue, type Value, VALUE_COLUMNS } from "./row_page.ts";

/** The hash of each value by that of its key. */
export type ItemMark = Readonly<Record<string, string>>;

const TABLE = "ItemTable";
const HASH_DIGITS = 12;

/** Yields what changed since `mark`, and at last a page with the mark behind all. */
export function* changedItems(
  db: Database,
  mark: ItemMark,
  privacy: Privacy,
): Generator<RowPage<ItemMark>> {
  const page = new PageMaker();
  const select = prepareArrays(db, `select ${VALUE_COLUMNS} from ${TABLE} where key = ?`);
  const seen: Record<string, string> = {};
  for (const key of listKeys(db)) {
    const value = select.get(key) as unknown as Value | undefined;
    const text = value && textOfValue(value);
    if (value === undefined || text === undefined) {
      if (value) page.add(TABLE, key, value);
      continue;
    }
    const name = privacy.hash(`item ${key}`, HASH_DIGITS);
    seen[name] = privacy.hash(text, HASH_DIGITS);
    if (mark[name] !== seen[name]) page.add(TABLE, key, value);
    if (page.isFull) yield page.take({ ...mark, ...seen }, 0);
  }
  yield page.take(seen, 0);
}

function listKeys(db: Database): string[] {
  const { exact, prefixes } = ALLOWED_KEYS[TABLE];
  const list = prepareArrays(
    db,
    `select key from ${TABLE} where key >= ? and key < ? order by key`,
  );
  const beginning = prefixes.flatMap((prefix) =>
    (list.all(prefix, afterAll(prefix)) as unknown as [string][]).map(([key]) => key)
  );
  return [...exact, ...beginning];
}
