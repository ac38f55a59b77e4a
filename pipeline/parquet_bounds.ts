/**
 * What a Parquet file says of itself, looked through before the library believes it: a few bytes
 * can ask for a list, a number or a run of values that no memory holds. Files are of the form that
 * {@linkcode ParquetFile} writes; any other is refused.
 *
 * @module
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */

import { parquetHeader } from "hyparquet/src/column.js";

/** A place in bytes. */
export interface Place {
  readonly view: DataView<ArrayBuffer>;
  offset: number;
}

/** The values of one data page, once they are decompressed; none of a dictionary. */
export type PageValues = undefined | {
  readonly encoding: string;
  /** Those that are not null. */
  readonly count: number;
};

type Header = ReturnType<typeof parquetHeader>;

// Types of the compact protocol.
const FALSE = 2, BYTE = 3, INT32 = 5, INT64 = 6, DOUBLE = 7, BINARY = 8, LIST = 9, STRUCT = 12;
const VARINT_BYTES_MAX = 5, LONG_BYTES_MAX = 10;
/** Metadata are nested five deep. */
const DEPTH_MAX = 10;

/**
 * Goes over one struct.
 *
 * @throws {RangeError} where it holds more than there are bytes, or is none
 */
export function skipStruct(place: Place, depth = 0): void {
  if (depth > DEPTH_MAX) throw new RangeError("Cannot read a struct: it is nested too deep");
  for (;;) {
    const head = place.view.getUint8(place.offset++);
    if ((head & 15) === 0) return;
    if (head >> 4 === 0) skipVarint(place, VARINT_BYTES_MAX);
    skipValue(place, head & 15, depth);
  }
}

function skipValue(place: Place, type: number, depth: number): void {
  // Booleans of a struct are their type.
  if (type <= FALSE) return;
  if (type === BYTE) place.offset++;
  else if (type <= INT32) skipVarint(place, VARINT_BYTES_MAX);
  else if (type === INT64) skipVarint(place, LONG_BYTES_MAX);
  else if (type === DOUBLE) place.offset += 8;
  else if (type === BINARY) skipText(place);
  else if (type === LIST) skipList(place, depth);
  else if (type === STRUCT) skipStruct(place, depth + 1);
  else throw new RangeError("Cannot read a value: it is of no known type");
}

function skipText(place: Place): void {
  const bytes = readVarint(place);
  place.offset += countOf(place, bytes);
}

function skipList(place: Place, depth: number): void {
  const head = place.view.getUint8(place.offset++), type = head & 15;
  const length = countOf(place, head >> 4 === 15 ? readVarint(place) : head >> 4);
  // In a list they have a byte each.
  const of = type <= FALSE ? BYTE : type;
  for (let i = 0; i < length; i++) skipValue(place, of, depth);
}

/** Every element and every character has a byte at least. */
function countOf({ view, offset }: Place, count: number): number {
  if (count <= view.byteLength - offset) return count;
  throw new RangeError("Cannot read a list: it is longer than what it stands in");
}

function skipVarint(place: Place, bytesMax: number): void {
  for (let i = 0; i < bytesMax; i++) {
    if (place.view.getUint8(place.offset++) < 128) return;
  }
  throw new RangeError("Cannot read a number: it is too long");
}

function readVarint(place: Place): number {
  let value = 0;
  for (let i = 0; i < VARINT_BYTES_MAX; i++) {
    const byte = place.view.getUint8(place.offset++);
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return value;
  }
  throw new RangeError("Cannot read a number: it is too long");
}

/**
 * Goes over the pages of a column.
 *
 * @param rows of the group
 * @returns what each of them holds, in their order
 * @throws {RangeError} where one is of another form, or has more values than the group has rows
 */
export function pagesOf(view: DataView<ArrayBuffer>, rows: number): PageValues[] {
  const place = { view, offset: 0 }, pages: PageValues[] = [];
  while (place.offset < view.byteLength) {
    skipStruct({ ...place });
    const header = parquetHeader(place);
    pages.push(valuesOf(header, rows, place));
    if (!(header.compressed_page_size > 0 && header.uncompressed_page_size >= 0)) throw foreign();
    place.offset += header.compressed_page_size;
  }
  return pages;
}

/** What a page says of its values; the levels of a data page stand first, and are gone over. */
function valuesOf(header: Header, rows: number, { view, offset }: Place): PageValues {
  if (header.type === "DICTIONARY_PAGE") {
    const { num_values: count, encoding } = header.dictionary_page_header ?? {};
    if (encoding !== "PLAIN" || !(count! >= 0 && count! <= rows)) throw foreign();
    return undefined;
  }
  const page = header.data_page_header_v2;
  if (header.type !== "DATA_PAGE_V2" || !page) throw foreign();
  const { num_values: values, num_nulls: nulls, encoding } = page;
  const levels = page.definition_levels_byte_length;
  const isOurs = values >= 0 && values <= rows && nulls >= 0 && nulls <= values &&
    page.repetition_levels_byte_length === 0 && page.is_compressed === true &&
    levels >= 0 && levels <= header.compressed_page_size;
  if (!isOurs) throw foreign();
  if (levels > 0) checkRuns({ view, offset }, 1, values);
  return { encoding, count: values - nulls };
}

/**
 * Goes over the values of a page.
 *
 * @throws {RangeError} where they are more than the page says, or of another form
 */
export function checkValues(page: PageValues, bytes: Uint8Array<ArrayBuffer>): void {
  // No more of them are read than there are bytes.
  if (page === undefined || page.encoding === "PLAIN") return;
  const { encoding, count } = page;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding === "RLE") return checkRuns({ view, offset: 4 }, 1, count);
  if (encoding !== "RLE_DICTIONARY") throw foreign();
  if (count > 0) checkRuns({ view, offset: 1 }, view.getUint8(0), count);
}

/** Runs of one value, or of packed ones by eights, are no longer than what they fill. */
function checkRuns(place: Place, width: number, count: number): void {
  for (let left = count; left > 0;) {
    const head = readVarint(place), isPacked = head % 2 === 1, length = Math.floor(head / 2);
    const values = isPacked ? 8 * length : length;
    if (values > (isPacked ? left + 7 : left)) throw foreign();
    place.offset += isPacked ? length * width : Math.ceil(width / 8);
    left -= values;
  }
}

function foreign(): RangeError {
  return new RangeError("Cannot read a page: it is of another form");
}
