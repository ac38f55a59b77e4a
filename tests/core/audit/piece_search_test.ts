/** Tests of the search for many pieces at once. */

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { PIECE_BYTES, PieceSearch, samplePieces } from "../../../core/audit/piece_search.ts";

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
const SENTENCE = "please make the tests of the analytical engine pass again";

Deno.test("find() finds every piece that was told to it, wherever it stands", () => {
  fc.assert(fc.property(
    fc.array(fc.uint8Array({ minLength: PIECE_BYTES, maxLength: PIECE_BYTES }), {
      maxLength: 20,
    }),
    fc.uint8Array({ maxLength: 200 }),
    fc.nat(),
    (pieces, around, at) => {
      const search = new PieceSearch();
      for (const piece of pieces) search.add(piece);
      const [piece] = pieces;
      const place = at % (around.length + 1);
      const bytes = new Uint8Array([
        ...around.subarray(0, place),
        ...piece ?? [],
        ...around.subarray(place),
      ]);

      const isAnyAt = (start: number) =>
        pieces.some((one) => one.every((byte, i) => bytes[start + i] === byte));
      const expected = Array.from({ length: bytes.length }, (_, i) => i)
        .filter((start) => start + PIECE_BYTES <= bytes.length && isAnyAt(start));
      deepEqual(search.find(bytes), expected);
    },
  ));
});

Deno.test("find() finds nothing in bytes that chance made", () => {
  const search = new PieceSearch();
  for (let i = 0; i < 5000; i++) search.add(new Uint8Array(randomBytes(PIECE_BYTES)));

  deepEqual(search.find(new Uint8Array(randomBytes(1_000_000))), []);
  equal(search.size, 5000);
});

Deno.test("add() counts a piece once, and takes none of another length", () => {
  const search = new PieceSearch();
  search.add(bytesOf(SENTENCE).slice(0, PIECE_BYTES));
  search.add(bytesOf(SENTENCE).slice(0, PIECE_BYTES));

  equal(search.size, 1);
  throws(() => search.add(bytesOf("short")), RangeError);
});

Deno.test("exclude() forgets what is no one's own, and nothing else", () => {
  const search = new PieceSearch();
  const own = bytesOf("create table words with nothing of yours");
  search.add(own.slice(3, 3 + PIECE_BYTES));
  search.add(bytesOf(SENTENCE).slice(0, PIECE_BYTES));

  search.exclude(own);

  deepEqual(search.find(own), []);
  deepEqual(search.find(bytesOf(SENTENCE)), [0]);
  equal(search.size, 1);
});

Deno.test("samplePieces() takes words, other scripts and paths, spread over the bytes", () => {
  const line = (text: string) => JSON.stringify({ type: "user", message: text });
  const text = [
    line(SENTENCE),
    line("перепиши аналитическую машину"),
    line("/engine/analytical/difference_engine.ts"),
    ...Array.from({ length: 50 }, (_, i) => line(`sentence ${"abcdefghij"[i % 10]} ${SENTENCE}`)),
  ].join("\n");

  const all = samplePieces(bytesOf(text), 100).map((piece) => new TextDecoder().decode(piece));
  const few = samplePieces(bytesOf(text), 5);

  ok(all.some((piece) => piece.startsWith("please make")), all.join("\n"));
  ok(all.some((piece) => piece.includes("перепиши")), all.join("\n"));
  ok(all.some((piece) => piece.startsWith("/engine/")), all.join("\n"));
  equal(few.length, 5);
  deepEqual(samplePieces(bytesOf('{"type":"user","uuid":"0194","n":7}'), 9), []);
});
