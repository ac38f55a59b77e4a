/**
 * Rows that are taken from a database in one step, within bounds of time and memory.
 *
 * @module
 */

import type { StateRow } from "./state_rows.ts";

/** What a step of reading gave. */
export interface RowPage<Mark> {
  readonly rows: readonly StateRow[];
  /** Bytes of their values. */
  readonly bytes: number;
  /** Rows that were too large to be read. */
  readonly tooLong: number;
  /** From where to go on behind this step. */
  readonly mark: Mark;
  /** How much of a first reading is done, from 0 to 1. */
  readonly progress: number;
}

/** A value with its size in bytes: null for none, and for one that is no text or too large. */
export type Value = readonly [value: string | Uint8Array | null, bytes: number];

/** A larger value is not loaded: no honest one is. */
const VALUE_BYTES_MAX = 16 * 1024 * 1024;
const PAGE_BYTES = 1024 * 1024;
const PAGE_ROWS = 500;
const PAGE_LOOKS = 5000;

/** Selects a {@linkcode Value}; neither its type nor its size makes SQLite load it. */
export const VALUE_COLUMNS = `case when typeof(value) in ('text', 'blob')
  and octet_length(value) <= ${VALUE_BYTES_MAX} then value end, ifnull(octet_length(value), 0)`;

/** The text of a value; undefined for one that is null, no text or too large. */
export function textOfValue([value]: Value): string | undefined {
  if (value === null) return undefined;
  return typeof value === "string" ? value : new TextDecoder().decode(value);
}

/** Collects a page. */
export class PageMaker {
  #rows: StateRow[] = [];
  #bytes = 0;
  #tooLong = 0;
  #looks = 0;

  /** Whether it is time to hand over. */
  get isFull(): boolean {
    return this.#bytes >= PAGE_BYTES || this.#rows.length >= PAGE_ROWS ||
      this.#looks >= PAGE_LOOKS;
  }

  /** Notes that a row was looked at which is not read. */
  look(): void {
    this.#looks++;
  }

  /** Adds a row, if its value can be one. */
  add(table: StateRow["table"], key: string, value: Value): void {
    this.#looks++;
    const text = textOfValue(value);
    if (text !== undefined) {
      this.#rows.push({ table, key, value: text });
      this.#bytes += value[1];
    } else if (value[1] > VALUE_BYTES_MAX) this.#tooLong++;
  }

  /** Gives the page, and begins the next one. */
  take<Mark>(mark: Mark, progress: number): RowPage<Mark> {
    const page = {
      rows: this.#rows,
      bytes: this.#bytes,
      tooLong: this.#tooLong,
      mark,
      progress,
    };
    this.#rows = [];
    this.#bytes = 0;
    this.#tooLong = 0;
    this.#looks = 0;
    return page;
  }
}
