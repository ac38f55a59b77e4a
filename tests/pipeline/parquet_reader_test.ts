/** Tests of reading our own Parquet files back, sound ones and others. */

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { parquetWriteFile } from "hyparquet-writer";
import { zstdCompressSync } from "node:zlib";
import type { ExportColumn } from "../../core/exported.ts";
import { ParquetFile } from "../../pipeline/parquet_file.ts";
import { ParquetError, ParquetReader } from "../../pipeline/parquet_reader.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const COLUMNS: readonly ExportColumn[] = [
  { name: "id", kind: "text" },
  { name: "count", kind: "integer" },
  { name: "cost", kind: "number" },
  { name: "open", kind: "flag" },
];
const NAMES = COLUMNS.map(({ name }) => name);
const ROWS = Array.from(
  { length: 300 },
  (_, i) => i % 7 === 0 ? [null, null, null, null] : [`id-${i % 11}`, i, i / 4, i % 2 === 0],
);

/** A folder that is soon gone, with a file of two groups in it. */
async function written(): Promise<Disposable & { readonly path: string }> {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  const path = `${folder}/part.parquet`;
  const file = new ParquetFile(path, COLUMNS, { blueplane: "note" });
  file.write(ROWS);
  file.write(ROWS.slice(0, 1));
  file.finish();
  return { path, [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }) };
}

function readAll(path: string): unknown[][] {
  using reader = new ParquetReader(path, COLUMNS);
  return Array.from({ length: reader.groups }, (_, i) => reader.readGroup(i, NAMES)).flat();
}

Deno.test("ParquetReader.readGroup() gives what was written", async () => {
  using file = await written();

  using reader = new ParquetReader(file.path, COLUMNS);

  const plain = (rows: unknown[][]) =>
    rows.map((row) => row.map((cell) => typeof cell === "bigint" ? Number(cell) : cell));
  equal(reader.groups, 2);
  equal(reader.note("blueplane"), "note");
  deepEqual(plain(reader.readGroup(0, NAMES)), ROWS);
  deepEqual(plain(reader.readGroup(1, ["count", "id"])), [[ROWS[0]![1], ROWS[0]![0]]]);
});

Deno.test("ParquetReader.readGroup() gives rows or its own error, whatever broke", async () => {
  using file = await written();
  const whole = Deno.readFileSync(file.path);
  let refused = 0;

  fc.assert(
    fc.property(
      fc.nat(whole.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      (at, flip, cut) => {
        const bytes = cut ? whole.slice(0, at) : whole.slice();
        if (!cut) bytes[at]! ^= flip;
        Deno.writeFileSync(file.path, bytes);
        try {
          ok(readAll(file.path).length <= 100_000);
        } catch (error) {
          ok(error instanceof ParquetError, String(error));
          refused++;
        }
      },
    ),
    { ...fcRuns(200), seed: 7 },
  );

  ok(refused > 50, `${refused} refused`);
});

Deno.test("ParquetReader() refuses a file of other columns, and one that is a link", async () => {
  using file = await written();
  const link = `${file.path}.link`;
  Deno.symlinkSync(file.path, link);

  throws(() => new ParquetReader(file.path, COLUMNS.slice(1)), ParquetError);
  throws(() => new ParquetReader(file.path, COLUMNS.toReversed()), ParquetError);
  throws(() => new ParquetReader(link, COLUMNS), ParquetError);
});

Deno.test("ParquetReader.readGroup() refuses a group that grows without bounds", async () => {
  using file = await written();
  const data = Array.from({ length: 200_000 }, () => "same");
  parquetWriteFile({
    filename: file.path,
    columnData: [{ name: "id", type: "STRING", nullable: true, data }],
    rowGroupSize: data.length,
    codec: "ZSTD",
    compressors: { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes) },
  });

  using reader = new ParquetReader(file.path, COLUMNS.slice(0, 1));

  ok(Deno.statSync(file.path).size < 10_000);
  throws(() => reader.readGroup(0, ["id"]), /holds more than it may/);
});
