/** Tests of `core/once.ts`: what is worked out once. */

import assert from "node:assert/strict";
import { once } from "../../core/once.ts";

Deno.test("once() works a value out when it is asked for first, and only then, also none", () => {
  const made: string[] = [];
  const value = once(() => {
    made.push("made");
    return undefined;
  });
  assert.deepEqual(made, []);
  assert.deepEqual([value(), value()], [undefined, undefined]);
  assert.deepEqual(made, ["made"]);
});
