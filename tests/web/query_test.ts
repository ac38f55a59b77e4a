/** Tests of `web/query.ts`: parameters of a page, of which what cannot be read was taken out. */

import assert from "node:assert/strict";
import { numberQuery, textQuery, wordQuery } from "../../web/query.ts";

function of(query: string) {
  return { url: new URL(`http://127.0.0.1/?${query}`) };
}

Deno.test("wordQuery() is a word of the list, and none for all", () => {
  const ask = (said: string) => wordQuery(of(said), "by", ["tool", "mode"]);

  assert.deepEqual(
    ["by=mode", "by=all", "by=", ""].map(ask),
    ["mode", undefined, undefined, undefined],
  );
});

Deno.test("textQuery() is what was told, and nothing where that is empty", () => {
  assert.equal(textQuery(of("name=a%20%26b"), "name"), "a &b");
  assert.equal(textQuery(of("name="), "name"), undefined);
  assert.equal(textQuery(of(""), "name"), undefined);
});

Deno.test("numberQuery() is a whole number, and 0 where none is told", () => {
  assert.deepEqual(
    ["offset=1000", "offset=", ""].map((said) => numberQuery(of(said), "offset")),
    [1000, 0, 0],
  );
});
