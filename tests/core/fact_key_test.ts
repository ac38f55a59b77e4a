/** Tests of `core/fact_key.ts`. */

import assert from "node:assert/strict";
import { hash } from "node:crypto";
import fc from "fast-check";
import { factKey } from "../../core/fact_key.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

Deno.test("factKey() is a whole number of 52 bits, another for every id", () => {
  const keys = Array.from({ length: 100 }, (_, i) => factKey(`msg_${i}`));

  assert.equal(new Set(keys).size, 100);
  assert.ok(keys.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 52));
});

Deno.test("factKey() is the beginning of SHA-256, whatever the id and the one before it", () => {
  const id = fc.oneof(
    fc.string({ maxLength: 120 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.uuid(),
  );
  fc.assert(
    fc.property(id, (id) => {
      assert.equal(factKey(id), parseInt(hash("sha256", id, "hex").slice(0, 13), 16));
    }),
    fcRuns(),
  );
  for (const id of ["", "a", ...[31, 32, 54, 55, 56].map((length) => "z".repeat(length))]) {
    assert.equal(factKey(id), parseInt(hash("sha256", id, "hex").slice(0, 13), 16), id);
  }
});
