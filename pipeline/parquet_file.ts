/**
 * Tables as Parquet files, written a group of rows at a time and compressed with Zstandard.
 *
 * @module
 */

import { zstdCompressSync } from "node:zlib";
import { fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { ExportCell, ExportColumn, ExportTable } from "../core/exported.ts";

/** So many rows are held in memory, and stand in one group of the file. */
const GROUP_ROWS = 10_000;
const TYPES = { text: "STRING", integer: "INT64", number: "DOUBLE", flag: "BOOLEAN" } as const;

/** Texts by name in the file's own metadata. */
export type ParquetNotes = Readonly<Record<string, string>>;

/**
 * Writes a table. A file that is there is replaced; one that could not be finished is broken.
 *
 * @param turn is awaited between groups, and may end it
 */
export async function writeParquet(
  path: string,
  { columns, rows }: ExportTable,
  notes: ParquetNotes,
  turn?: () => Promise<void>,
): Promise<void> {
  const file = new ParquetFile(path, columns, notes);
  let group: (readonly ExportCell[])[] = [];
  for (const { cells } of rows) {
    group.push(cells);
    if (group.length < GROUP_ROWS) continue;
    file.write(group);
    group = [];
    await turn?.();
  }
  file.write(group);
  file.finish();
}

/** A file that is written group by group, as its caller cuts them. */
export class ParquetFile {
  readonly #writer: ParquetWriter;
  readonly #columns: readonly ExportColumn[];

  constructor(path: string, columns: readonly ExportColumn[], notes: ParquetNotes) {
    this.#columns = columns;
    this.#writer = new ParquetWriter({
      writer: fileWriter(path),
      schema: schemaFromColumnData({ columnData: columnData(columns, []) }),
      codec: "ZSTD",
      compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
      createdBy: "blueplane",
      kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
    });
  }

  /** Writes a group of rows; none is no group. */
  write(rows: readonly (readonly ExportCell[])[]): void {
    if (rows.length === 0) return;
    // Into a file it writes at once, and returns no promise.
    this.#writer.write({
      columnData: columnData(this.#columns, rows),
      rowGroupSize: rows.length,
    });
  }

  /** Writes what ends the file. */
  finish(): void {
    this.#writer.finish();
  }
}

function columnData(
  columns: readonly ExportColumn[],
  rows: readonly (readonly ExportCell[])[],
) {
  return columns.map(({ name, kind }, i) => ({
    name,
    type: TYPES[kind],
    nullable: true,
    data: rows.map((row) => kind === "integer" ? wholeOf(row[i]) : row[i] ?? null),
  }));
}

/** The format takes its long integers as BigInt alone. */
function wholeOf(cell: ExportCell | undefined): bigint | null {
  return typeof cell === "number" ? BigInt(Math.round(cell)) : null;
}
