/**
 * Reads an anonymous export in whatever format it was written, row by row; what it is stands in
 * it, not in its name.
 *
 * @module
 */

import { EXPORTS } from "../../core/exported.ts";
import { ParquetError, ParquetReader } from "../../pipeline/parquet_reader.ts";
import { HEADER_COLUMN } from "../exports/export_text.ts";
import { csvRecords } from "./csv_records.ts";
import { jsonPieces } from "./json_pieces.ts";
import { readTeamRow, type TeamColumns, teamColumns, type TeamRow } from "./team_columns.ts";
import {
  BROKEN,
  EMPTY_CSV,
  FOREIGN,
  MARKDOWN,
  NO_FILE,
  NOT_ANONYMOUS,
  TeamFileError,
  TOO_LARGE,
} from "./team_file_error.ts";
import { readTeamHeader, type TeamHeader } from "./team_header.ts";

/** Is given each row of a file. */
export type TakeRow = (row: TeamRow) => void;

const CHUNK_BYTES = 1 << 16;
const NUMBER_SHAPE = /^-?\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?$/;

/**
 * Reads a file to its end.
 *
 * @throws {TeamFileError} when it is no anonymous export, or not whole; rows may have been taken
 */
export function readTeamFile(path: string, take: TakeRow): TeamHeader {
  try {
    // The user named it, so a link is followed; what it leads to must be a file.
    const real = Deno.realPathSync(path);
    if (!Deno.statSync(real).isFile) throw new TeamFileError(NO_FILE);
    return readRows(real, take);
  } catch (error) {
    throw explained(error);
  }
}

function readRows(path: string, take: TakeRow): TeamHeader {
  using file = Deno.openSync(path);
  const start = new Uint8Array(16);
  const text = new TextDecoder().decode(start.subarray(0, file.readSync(start) ?? 0)).trimStart();
  if (text.startsWith("PAR1")) return readParquet(path, take);
  file.seekSync(0, Deno.SeekMode.Start);
  if (text.startsWith("{")) return readJson(textOf(file), take);
  if (text.startsWith("# Blueplane")) {
    throw new TeamFileError(MARKDOWN);
  }
  return readCsv(textOf(file), take);
}

function readJson(chunks: Iterable<string>, take: TakeRow): TeamHeader {
  let header: TeamHeader | undefined, list: string | undefined, columns: TeamColumns | undefined;
  for (const { kind, value, ...piece } of jsonPieces(chunks)) {
    if (kind === "header") {
      header = readTeamHeader(value);
      continue;
    }
    const name = "list" in piece ? piece.list : undefined;
    // Rows are in one list of the header, or all after it.
    if (columns && name !== list || header && name === undefined && list !== undefined) {
      throw new TeamFileError(FOREIGN);
    }
    list = name;
    columns ??= columnsOf(list ?? header?.what);
    take(readTeamRow(columns, value));
  }
  if (header === undefined || list !== undefined && list !== header.what) {
    throw new TeamFileError(FOREIGN);
  }
  return header;
}

function columnsOf(what: string | undefined): TeamColumns {
  const known = EXPORTS.find((one) => one === what);
  if (known === undefined) throw new TeamFileError(FOREIGN);
  return teamColumns(known);
}

function readCsv(chunks: Iterable<string>, take: TakeRow): TeamHeader {
  const records = csvRecords(chunks);
  const names: string[] = records.next().value ?? [];
  if (!names.includes(HEADER_COLUMN)) {
    throw new TeamFileError(names.includes("platform") ? NOT_ANONYMOUS : FOREIGN);
  }
  let header: TeamHeader | undefined, columns: TeamColumns | undefined;
  for (const cells of records) {
    if (cells.length !== names.length) throw new TeamFileError(BROKEN);
    const row = Object.fromEntries(names.map((name, i) => [name, cellOf(cells[i]!)]));
    header ??= readTeamHeader(parsedHeader(row[HEADER_COLUMN]));
    columns ??= teamColumns(header.what);
    take(readTeamRow(columns, row));
  }
  if (!header) throw new TeamFileError(EMPTY_CSV);
  return header;
}

function cellOf(cell: string): string | number | null {
  if (cell === "") return null;
  return NUMBER_SHAPE.test(cell) ? Number(cell) : cell;
}

function readParquet(path: string, take: TakeRow): TeamHeader {
  using reader = new ParquetReader(path);
  const header = readTeamHeader(parsedHeader(reader.note("blueplane")));
  const columns = teamColumns(header.what);
  const known = new Set([...columns.groups, ...columns.numbers.map(({ name }) => name)]);
  const names = reader.names.filter((name) => known.has(name));
  for (let group = 0; group < reader.groups; group++) {
    for (const cells of reader.readGroup(group, names)) {
      take(readTeamRow(columns, Object.fromEntries(names.map((name, i) => [name, cells[i]]))));
    }
  }
  return header;
}

function parsedHeader(text: unknown): unknown {
  try {
    return JSON.parse(typeof text === "string" ? text : "");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new TeamFileError(FOREIGN);
  }
}

/** The text of a file, in chunks. */
function* textOf(file: Deno.FsFile): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const bytes = new Uint8Array(CHUNK_BYTES);
  for (let read; (read = file.readSync(bytes)) !== null;) {
    yield decoder.decode(bytes.subarray(0, read), { stream: true });
  }
  yield decoder.decode();
}

function explained(error: unknown): unknown {
  if (error instanceof TeamFileError) return error;
  const reason = error instanceof Deno.errors.NotFound
    ? "there is no such file"
    : error instanceof Deno.errors.PermissionDenied
    ? "permission denied"
    : error instanceof ParquetError
    ? error.message.endsWith("more than it may") ? TOO_LARGE : BROKEN
    // Text that is no UTF-8.
    : error instanceof TypeError
    ? FOREIGN
    : undefined;
  return reason === undefined ? error : new TeamFileError(reason, { cause: error });
}
