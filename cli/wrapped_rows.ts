/**
 * Rows of a name and a list that go on below themselves, where a table has no room for them.
 *
 * @module
 */

import { visibleWidth } from "./table.ts";
import { wrapList } from "./wrap.ts";

/** So much of a name is shown before its list is broken, and the least that a list has. */
const NAME_COLUMNS = 22, LIST_COLUMNS_MIN = 12;
/** What a table takes around and between two columns. */
const APART_COLUMNS = 3;

/** The rows of a table of at most so many columns. */
export function wrappedRows(
  rows: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const widest = (i: number) => Math.max(0, ...rows.map((row) => visibleWidth(row[i] ?? "")));
  const names = widest(0);
  if (names + widest(1) + APART_COLUMNS <= width) return rows;
  const room = Math.max(LIST_COLUMNS_MIN, width - APART_COLUMNS - Math.min(names, NAME_COLUMNS));
  return rows.flatMap(([name = "", list = ""]) =>
    wrapList(list, room).map((line, i) => [i === 0 ? name : "", line])
  );
}
