/** Tests of `core/parse_value.ts`. */

import assert from "node:assert/strict";
import { parseValue } from "../../core/parse_value.ts";

Deno.test("parseValue() gives the value, also null, and undefined for what is none", () => {
  assert.deepEqual(['{"a":[1]}', "[1]", "null", '""'].map(parseValue), [
    { a: [1] },
    [1],
    null,
    "",
  ]);
  assert.deepEqual(["", "{half", "nul", "[1],"].map(parseValue), Array(4).fill(undefined));
});
