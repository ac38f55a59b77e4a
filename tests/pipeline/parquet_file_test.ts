/** Tests of Parquet files, read back by another program. */

import { deepEqual, equal } from "node:assert/strict";
import { zstdDecompressSync } from "node:zlib";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import type { ExportCell, ExportColumn } from "../../core/exported.ts";
import { writeParquet } from "../../pipeline/parquet_file.ts";

const COLUMNS: readonly ExportColumn[] = [
  { name: "id", kind: "text" },
  { name: "count", kind: "integer" },
  { name: "cost", kind: "number" },
  { name: "open", kind: "flag" },
];
const compressors = { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes)) };

async function writtenAndRead(rows: readonly (readonly ExportCell[])[]) {
  const path = Deno.makeTempFileSync({ prefix: "blueplane_test_" });
  try {
    const table = { columns: COLUMNS, rows: rows.map((cells) => ({ cells, document: {} })) };
    await writeParquet(path, table, { blueplane: '{"what":"sessions"}' });
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    return { objects: await parquetReadObjects({ file, compressors }), metadata };
  } finally {
    Deno.removeSync(path);
  }
}

Deno.test("writeParquet() writes what is known and what is not", async () => {
  const { objects, metadata } = await writtenAndRead([
    ["a=1", 2 ** 40, 0.25, true],
    [null, null, null, null],
  ]);

  deepEqual(
    objects,
    [
      { id: "a=1", count: BigInt(2 ** 40), cost: 0.25, open: true },
      { id: null, count: null, cost: null, open: null },
    ].map((row) => ({ ...row })),
  );
  deepEqual(
    metadata.key_value_metadata?.find(({ key }) => key === "blueplane")?.value,
    '{"what":"sessions"}',
  );
});

Deno.test("writeParquet() writes a table without rows", async () => {
  const { objects, metadata } = await writtenAndRead([]);

  deepEqual(objects, []);
  equal(metadata.schema.length, COLUMNS.length + 1);
});

Deno.test("writeParquet() writes many rows in groups", async () => {
  const rows = Array.from({ length: 25_001 }, (_, i) => [`${i}`, i, i / 2, i % 2 === 0]);

  const { objects, metadata } = await writtenAndRead(rows);

  equal(objects.length, 25_001);
  equal(metadata.row_groups.length, 3);
  deepEqual(objects.at(-1), { id: "25000", count: 25_000n, cost: 12_500, open: true });
});
