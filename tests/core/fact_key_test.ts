/** Tests of `core/fact_key.ts`. */

import assert from "node:assert/strict";
import { factKey } from "../../core/fact_key.ts";

Deno.test("factKey() is a whole number of 52 bits, another for every id", () => {
  const keys = Array.from({ length: 100 }, (_, i) => factKey(`msg_${i}`));

  assert.equal(new Set(keys).size, 100);
  assert.ok(keys.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 52));
});

Deno.test("factKey() is the beginning of SHA-256, however many ids were asked for between", () => {
  const key = 0xba7816bf8f01c;
  assert.equal(factKey("abc"), key);
  for (let i = 0; i < 10_000; i++) {
    factKey(`id ${i}`);
    if (i % 1000 === 0) assert.equal(factKey("abc"), key);
  }
  for (let i = 0; i < 10_000; i++) factKey(`other ${i}`);

  assert.equal(factKey("abc"), key);
});
