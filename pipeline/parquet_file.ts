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

/**
 * Writes a table. A file that is there is replaced; one that could not be finished is broken.
 *
 * @param notes texts by name in the file's own metadata
 */
export async function writeParquet(
  path: string,
  { columns, rows }: ExportTable,
  notes: Readonly<Record<string, string>>,
): Promise<void> {
  const schema = schemaFromColumnData({ columnData: columnData(columns, []) });
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema,
    codec: "ZSTD",
    compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
    createdBy: "blueplane",
    kvMetadata: Object.entries(notes).map(([key, value]) => ({ key, value })),
  });
  let group: (readonly ExportCell[])[] = [];
  const write = async () => {
    if (group.length === 0) return;
    await writer.write({ columnData: columnData(columns, group), rowGroupSize: GROUP_ROWS });
    group = [];
  };
  for (const { cells } of rows) {
    group.push(cells);
    if (group.length === GROUP_ROWS) await write();
  }
  await write();
  await writer.finish();
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
