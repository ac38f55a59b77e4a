/** Tests of `capture/cursor/parse_json.ts`. */

import { deepEqual } from "node:assert/strict";
import { parseJson } from "../../../capture/cursor/parse_json.ts";

Deno.test("parseJson() reads an object from a text, or takes one as it is", () => {
  deepEqual(parseJson('{"a":1}'), { a: 1 });
  deepEqual(parseJson({ a: 1 }), { a: 1 });
});

Deno.test("parseJson() gives an empty object for anything else", () => {
  for (const value of ["", "{half", "[1]", "null", undefined, 5]) deepEqual(parseJson(value), {});
});
