/**
 * Rows on their way to anonymity, on disk: as many as there are take no more memory than a few.
 * They lie in a temporary table, whose file SQLite makes for nobody else and without a name.
 *
 * @module
 */

import { type Database, inTransaction, openScratch, prepareArrays } from "../database.ts";
import type { ExportCell } from "../exported.ts";

/** A row as it is kept; a number that is not known is NaN. */
export interface ScratchRow {
  readonly unit: string;
  /** The number of its combination of words. */
  readonly combination: number;
  readonly numbers: Float64Array;
}

// Chance: the place among rows that are the same size. Lot: the least of a part is the row with
// which the part begins, which must tell nothing of its place.
const TABLES = `
create temp table source (
  unit text not null, combination integer not null, size real not null, numbers blob not null,
  chance integer not null default (random()), lot integer not null default (random())
) strict;
create temp table part (combination integer primary key, part integer not null) strict;
create temp table merged (id integer primary key, cells text not null) strict;
create temp table result (merged integer not null) strict;
`;

/** The rows of one table; hold it with `using`. */
export class Scratch implements Disposable {
  readonly #db: Database = openScratch();

  constructor() {
    this.#db.exec(TABLES);
  }

  /** Takes all rows in. */
  fill(rows: Iterable<ScratchRow>): void {
    const insert = this.#db.prepare(
      "insert into source (unit, combination, size, numbers) values (?, ?, ?, ?)",
    );
    inTransaction(this.#db, () => {
      for (const { unit, combination, numbers } of rows) {
        insert.run(unit, combination, sizeOf(numbers), new Uint8Array(numbers.buffer));
      }
    });
  }

  /** Says which combinations stand together. */
  divide(parts: readonly (readonly number[])[]): void {
    const insert = this.#db.prepare("insert into part values (?, ?)");
    inTransaction(this.#db, () => {
      for (const [at, part] of parts.entries()) for (const id of part) insert.run(id, at);
    });
  }

  /** The rows of each part by size, beginning by chance and ending just before there. */
  *bySize(): Generator<ScratchRow & { readonly part: number }> {
    const rows = prepareArrays(
      this.#db,
      `with start as (
         select part, size, chance, min(lot) from source join part using (combination)
         group by part
       )
       select p.part, s.unit, s.combination, s.numbers
       from source s join part p using (combination) join start b on b.part = p.part
       order by p.part, (s.size, s.chance) < (b.size, b.chance), s.size, s.chance`,
    ).iterate() as unknown as Iterable<[number, string, number, Uint8Array<ArrayBuffer>]>;
    for (const [part, unit, combination, bytes] of rows) {
      yield { part, unit, combination, numbers: new Float64Array(bytes.slice().buffer) };
    }
  }

  /** Keeps what groups became: each as its cells, and how many rows they stand for. */
  keep(groups: Iterable<{ readonly cells: readonly ExportCell[]; readonly rows: number }>): void {
    const merged = this.#db.prepare("insert into merged (cells) values (?)");
    const result = this.#db.prepare("insert into result values (?)");
    inTransaction(this.#db, () => {
      for (const { cells, rows } of groups) {
        const { lastInsertRowid: id } = merged.run(JSON.stringify(cells));
        for (let row = 0; row < rows; row++) result.run(id);
      }
    });
  }

  /** The rows that came of it, in an order that chance makes. */
  *shuffled(): Generator<ExportCell[]> {
    const rows = prepareArrays(
      this.#db,
      `select (select cells from merged where id = r.merged)
       from (select merged from result order by random()) r`,
    ).iterate() as unknown as Iterable<[string]>;
    for (const [cells] of rows) yield JSON.parse(cells);
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

function sizeOf(numbers: Float64Array): number {
  return numbers.reduce((sum, value) => sum + Math.log1p(Math.abs(value || 0)), 0);
}
