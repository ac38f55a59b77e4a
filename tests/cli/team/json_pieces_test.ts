/** Tests of reading JSON and JSON Lines piece by piece. */

import { deepEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { type JsonPiece, jsonPieces } from "../../../cli/team/json_pieces.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

function piecesOf(text: string, size = 7): JsonPiece[] {
  const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  return [...jsonPieces(chunks)];
}

const record = fc.dictionary(
  fc.string(),
  fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.json()),
  { maxKeys: 5 },
);

Deno.test("jsonPieces() gives rows and header, however the text is cut and laid out", () => {
  fc.assert(
    fc.property(
      record,
      fc.array(record, { maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(undefined, 2),
      (header, list, size, indent) => {
        const text = JSON.stringify({ ...header, rows: list, last: 1 }, null, indent);
        const plain = JSON.parse(JSON.stringify({ header, list }));

        deepEqual(piecesOf(text, size), [
          ...plain.list.map((value: unknown) => ({ kind: "row", list: "rows", value })),
          { kind: "header", value: { ...plain.header, rows: [], last: 1 } },
        ]);
      },
    ),
    fcRuns(50),
  );
});

Deno.test("jsonPieces() gives values after the first, which are of no list", () => {
  deepEqual(piecesOf('{"a":"]}"}\n{"b":[[1],{}]}\n\n{"c":2}\n'), [
    { kind: "header", value: { a: "]}" } },
    { kind: "row", list: undefined, value: { b: [[1], {}] } },
    { kind: "row", list: undefined, value: { c: 2 } },
  ]);
});

for (
  const [name, text, reason] of [
    ["half a text", '{"a":1,"rows":[{"b":', /cut off/],
    ["half a string", '{"a":"', /cut off/],
    ["nothing", " ", /no export/],
    ["another text", "hello", /no export/],
    ["a list", "[1]", /no export/],
    ["a list of numbers", '{"rows":[1]}', /no export/],
    ["what opens without end", `{"a":${"[".repeat(99)}`, /no export/],
    ["what closes twice", '{"a":1}}', /no export/],
    ["what is no JSON", '{"a":1]', /cut off/],
    ["what is endlessly long", `{"a":"${"x".repeat(2 << 20)}`, /more than it may/],
    ["endlessly many names", `{${'"rows":[],'.repeat(200_000)}`, /no export/],
  ] as const
) {
  Deno.test(`jsonPieces() refuses ${name}`, () => {
    throws(() => piecesOf(text, 50_000), reason);
  });
}
