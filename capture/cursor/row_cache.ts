/**
 * Other rows around one that is being read: looked up by key, the latest ones kept.
 *
 * @module
 */

import { type Database, prepareArrays, type Statement } from "../../core/database.ts";
import { isAllowed } from "./allowed_keys.ts";
import { textOfValue, type Value, VALUE_COLUMNS } from "./row_page.ts";
import type { StateRow } from "./state_rows.ts";
import { hasColumns } from "./table_shape.ts";

const ROWS_MAX = 32;
const CHARACTERS_MAX = 32 * 1024 * 1024;
const KEY_COLUMN = { ItemTable: "key", cursorDiskKV: "key", composerHeaders: "composerId" };

/** Looks up rows of one database, for as long as it is read. */
export class RowCache {
  readonly #db: Database;
  readonly #selects = new Map<StateRow["table"], Statement | undefined>();
  readonly #rows = new Map<string, string | undefined>();
  #characters = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The value of an allowed key; undefined for none. */
  row(table: StateRow["table"], key: string): string | undefined {
    if (!isAllowed(table, key)) return undefined;
    const name = `${table} ${key}`;
    const known = this.#rows.has(name);
    const text = known ? this.#rows.get(name) : this.#select(table, key);
    if (known) this.#rows.delete(name);
    else this.#characters += text?.length ?? 0;
    this.#rows.set(name, text);
    this.#forgetOldest();
    return text;
  }

  /** Notes that a row is read anew: what is known of it may be old. */
  forget({ table, key }: Pick<StateRow, "table" | "key">): void {
    this.#drop(`${table} ${key}`);
  }

  #forgetOldest(): void {
    for (const name of this.#rows.keys()) {
      const isFull = this.#rows.size > ROWS_MAX || this.#characters > CHARACTERS_MAX;
      if (!isFull || this.#rows.size <= 1) return;
      this.#drop(name);
    }
  }

  #drop(name: string): void {
    this.#characters -= this.#rows.get(name)?.length ?? 0;
    this.#rows.delete(name);
  }

  #select(table: StateRow["table"], key: string): string | undefined {
    if (!this.#selects.has(table)) this.#selects.set(table, this.#prepare(table));
    const value = this.#selects.get(table)?.get(key) as unknown as Value | undefined;
    return value && textOfValue(value);
  }

  #prepare(table: StateRow["table"]): Statement | undefined {
    const column = KEY_COLUMN[table];
    if (!hasColumns(this.#db, table, [column, "value"])) return undefined;
    return prepareArrays(
      this.#db,
      `select ${VALUE_COLUMNS} from ${table} where ${column} = ? limit 1`,
    );
  }
}
