/** Tests of `core/made_with.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../core/open_writer.ts";
import { madeWith, noteMadeWith, priceFileMark } from "../../core/made_with.ts";

Deno.test("madeWith() is what was noted last, and undefined before", () => {
  using db = openWriter(":memory:");

  const before = madeWith(db, "prices");
  noteMadeWith(db, "prices", "a");
  noteMadeWith(db, "prices", "b");

  assert.deepEqual([before, madeWith(db, "prices"), madeWith(db, "price_file")], [
    undefined,
    "b",
    undefined,
  ]);
});

Deno.test("priceFileMark() tells files apart, and none from an empty one", () => {
  const marks = [undefined, "", "{}"].map(priceFileMark);

  assert.equal(new Set(marks).size, 3);
  assert.equal(priceFileMark("{}"), marks[2]);
});
