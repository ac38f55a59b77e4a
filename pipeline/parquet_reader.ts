/**
 * Reads our own Parquet files back, group by group, and trusts nothing in them: whatever a file
 * says of itself, no more is read into memory than a group of ours may have.
 *
 * @module
 */

import { zstdDecompressSync } from "node:zlib";
import {
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadata,
  parquetSchema,
} from "hyparquet";
import { readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { getTreePath } from "hyparquet/src/schema.js";
import type { ExportColumn } from "../core/exported.ts";
import { checkValues, pagesOf, skipStruct } from "./parquet_bounds.ts";

/** Thrown for a file that cannot be read; the message holds nothing of it, nor its name. */
export class ParquetError extends Error {
  override name = "ParquetError";
}

const MAGIC = "PAR1";
/** The length of the metadata, and the magic word after it. */
const TAIL_BYTES = 8;
const METADATA_BYTES_MAX = 64 * 1024 * 1024;
const COLUMN_BYTES_MAX = 64 * 1024 * 1024;
const GROUP_ROWS_MAX = 100_000;
const KINDS = {
  text: "BYTE_ARRAY",
  integer: "INT64",
  number: "DOUBLE",
  flag: "BOOLEAN",
} as const;

/** An open file; hold it with `using`. */
export class ParquetReader implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #bytes: number;
  readonly #metadata: FileMetaData;

  /**
   * Opens a file and reads what it says of itself.
   *
   * @param columns what it must consist of; without them it may be of any flat columns
   * @throws {ParquetError} when it is no such file
   */
  constructor(path: string, columns?: readonly ExportColumn[]) {
    using stack = new DisposableStack();
    // A link could lead anywhere.
    const { isFile, size } = Deno.lstatSync(path);
    if (!isFile) throw new ParquetError("Cannot read a Parquet file: it is no plain file");
    this.#file = stack.use(Deno.openSync(path));
    this.#bytes = size;
    this.#metadata = guarded(() => this.#readMetadata());
    if (columns) refuseOther(this.#metadata, columns);
    stack.move();
  }

  /** The number of groups. */
  get groups(): number {
    return this.#metadata.row_groups.length;
  }

  /** The names of its columns. */
  get names(): string[] {
    return this.#metadata.schema.slice(1).map(({ name }) => name);
  }

  /** A text of the file's own metadata. */
  note(name: string): string | undefined {
    return this.#metadata.key_value_metadata?.find(({ key }) => key === name)?.value;
  }

  /**
   * All rows of a group, with the cells of some columns in the order in which they are named.
   *
   * @throws {ParquetError} when it cannot be read
   */
  readGroup(group: number, names: readonly string[]): unknown[][] {
    return guarded(() => {
      const found = this.#metadata.row_groups[group];
      if (!found) throw new ParquetError("Cannot read a Parquet file: it has no such group");
      const rows = Number(found.num_rows);
      if (!(rows >= 0 && rows <= GROUP_ROWS_MAX)) throw tooLarge();
      const columns = names.map((name) => {
        const chunk = found.columns.find(({ meta_data }) =>
          meta_data?.path_in_schema[0] === name
        );
        if (!chunk?.meta_data || chunk.file_path) throw broken();
        return this.#readColumn(chunk.meta_data, rows);
      });
      return Array.from({ length: rows }, (_, i) => columns.map((cells) => cells[i]));
    });
  }

  [Symbol.dispose](): void {
    this.#file.close();
  }

  #readMetadata(): FileMetaData {
    if (this.#bytes < MAGIC.length + TAIL_BYTES) throw broken();
    const tail = this.#read(this.#bytes - TAIL_BYTES, TAIL_BYTES);
    if (new TextDecoder().decode(tail.subarray(4)) !== MAGIC) throw broken();
    const length = new DataView(tail.buffer).getUint32(0, true);
    if (length > METADATA_BYTES_MAX) throw tooLarge();
    const from = this.#bytes - TAIL_BYTES - length;
    if (from < MAGIC.length) throw broken();
    const bytes = this.#read(from, length + TAIL_BYTES).buffer;
    skipStruct({ view: new DataView(bytes), offset: 0 });
    return parquetMetadata(bytes);
  }

  #readColumn(chunk: ColumnMetaData, rows: number): unknown[] {
    const from = Number(chunk.dictionary_page_offset || chunk.data_page_offset);
    const bytes = Number(chunk.total_compressed_size);
    const inflated = Number(chunk.total_uncompressed_size);
    if (chunk.codec !== "ZSTD" || Number(chunk.num_values) !== rows) throw broken();
    if (!(inflated >= 0 && inflated <= COLUMN_BYTES_MAX)) throw tooLarge();
    if (!(from >= 0 && bytes >= 0 && from + bytes <= this.#bytes)) throw broken();
    const pages = new DataView(this.#read(from, bytes).buffer);
    const found = pagesOf(pages, rows).values();
    const schemaPath = getTreePath(parquetSchema(this.#metadata), chunk.path_in_schema);
    const { element } = schemaPath.at(-1)!;
    if (schemaPath.length !== 2 || element.repetition_type === "REPEATED") throw broken();
    let left = COLUMN_BYTES_MAX;
    const ZSTD = (input: Uint8Array, length: number) => {
      // Pages say their own sizes: all together may be as large as the column may.
      if (length > left) throw tooLarge();
      left -= length;
      const inflated = zstdDecompressSync(input, { maxOutputLength: Math.max(1, length) });
      const bytes = new Uint8Array(inflated);
      checkValues(found.next().value, bytes);
      return bytes;
    };
    const { data } = readColumn(
      { view: pages, offset: 0 },
      { groupStart: 0, selectStart: 0, selectEnd: rows } as Parameters<typeof readColumn>[1],
      {
        ...chunk,
        pathInSchema: chunk.path_in_schema,
        element,
        schemaPath,
        parsers: DEFAULT_PARSERS,
        compressors: { ZSTD },
      } as Parameters<typeof readColumn>[2],
    );
    const cells = data.flatMap((part) => [...part as unknown[]]);
    if (cells.length !== rows) throw broken();
    return cells;
  }

  #read(from: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    this.#file.seekSync(from, Deno.SeekMode.Start);
    for (let at = 0; at < length;) {
      const read = this.#file.readSync(bytes.subarray(at));
      if (read === null) throw broken();
      at += read;
    }
    return bytes;
  }
}

/** A file of another form may be anybody's. */
function refuseOther(metadata: FileMetaData, columns: readonly ExportColumn[]): void {
  const [, ...elements] = metadata.schema;
  const isOurs = elements.length === columns.length &&
    columns.every(({ name, kind }, i) =>
      elements[i]!.name === name && elements[i]!.type === KINDS[kind] &&
      !elements[i]!.num_children
    );
  if (!isOurs) throw new ParquetError("Cannot read a Parquet file: it has other columns");
}

/** The library says of a broken file whatever its bytes make it say. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParquetError) throw error;
    throw new ParquetError("Cannot read a Parquet file: it is broken", { cause: error });
  }
}

function broken(): ParquetError {
  return new ParquetError("Cannot read a Parquet file: it is broken");
}

function tooLarge(): ParquetError {
  return new ParquetError("Cannot read a Parquet file: it holds more than it may");
}
