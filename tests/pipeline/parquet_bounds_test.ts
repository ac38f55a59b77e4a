/** Tests of what a Parquet file may ask for: no more than it could hold. */

import { deepEqual, equal, throws } from "node:assert/strict";
import {
  checkValues,
  pagesOf,
  type PageValues,
  skipStruct,
} from "../../pipeline/parquet_bounds.ts";

function skip(...bytes: number[]): number {
  const place = { view: new DataView(Uint8Array.from(bytes).buffer), offset: 0 };
  skipStruct(place);
  return place.offset;
}

/** A header of a data page (type 3) of so many rows, whose levels take two bytes. */
function pageOf(rows: number, levels: readonly number[]): DataView<ArrayBuffer> {
  const zigzag = (value: number) => [2 * value & 127 | 128, 2 * value >> 7];
  const size = zigzag(levels.length + 1);
  const values = [0x15, ...zigzag(rows), 0x15, 0, 0x15, ...zigzag(rows), 0x15, 0];
  const v2 = [...values, 0x15, 2 * levels.length, 0x15, 0, 0];
  const header = [0x15, 6, 0x15, ...size, 0x15, ...size, 0x5c, ...v2, 0];
  return new DataView(Uint8Array.from([...header, ...levels, 0]).buffer);
}

Deno.test("skipStruct() goes over every kind of field", () => {
  // A flag, a byte, numbers, a text, a list of numbers, of flags, of structs, and an end.
  equal(skip(0x11, 0x13, 9, 0x15, 0x80, 1, 0x18, 2, 65, 66, 0x19, 0x25, 1, 2, 0), 15);
  equal(skip(0x19, 0x21, 1, 0, 0x19, 0x1c, 0x15, 1, 0, 0x17, ...Array(8).fill(0), 0), 19);
});

Deno.test("skipStruct() refuses what asks for more than there is", () => {
  const long = [0xff, 0xff, 0xff, 0xff, 7];
  const refused = {
    list: [0x19, 0xf5, ...long, 0],
    flags: [0x19, 0xf1, ...long, 0],
    text: [0x18, ...long, 0],
    number: [0x16, ...Array(20).fill(0x80), 0],
    nesting: Array(40).fill(0x1c),
    kind: [0x1b, 0, 0],
    end: [0x15, 1],
  };
  for (const [name, bytes] of Object.entries(refused)) {
    throws(() => skip(...bytes), RangeError, name);
  }
});

Deno.test("pagesOf() refuses runs of levels that are longer than their page", () => {
  // A run of as many ones as there are rows, in one byte each: twice the number, and the one.
  deepEqual(pagesOf(pageOf(50, [100, 1]), 50), [{ encoding: "PLAIN", count: 50 }]);

  throws(() => pagesOf(pageOf(50, [100, 1]), 49), RangeError);
  throws(() => pagesOf(pageOf(50, [0xfe, 0xff, 0xff, 0xff, 15, 1]), 50), RangeError);
});

Deno.test("checkValues() refuses runs that are longer than the page", () => {
  const check = (encoding: string, ...bytes: number[]) =>
    checkValues({ encoding, count: 8 }, Uint8Array.from(bytes));
  check("PLAIN");
  check("RLE_DICTIONARY", 3, 16, 2);
  check("RLE_DICTIONARY", 3, 3, 1, 2, 3);
  check("RLE", 2, 0, 0, 0, 16, 1);
  checkValues(undefined satisfies PageValues, new Uint8Array());

  throws(() => check("RLE_DICTIONARY", 3, 18, 2), RangeError);
  throws(() => check("RLE_DICTIONARY", 0, 0xff, 0xff, 0xff, 0xff, 15), RangeError);
  throws(() => check("RLE", 2, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 15, 1), RangeError);
  throws(() => check("DELTA_BINARY_PACKED", 0x80, 0x80), RangeError);
});
