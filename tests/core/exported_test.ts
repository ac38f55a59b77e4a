/** Tests of what can be exported. */

import { deepEqual } from "node:assert/strict";
import { EXPORTS, textOf } from "../../core/exported.ts";

Deno.test("EXPORTS() names what CONTRACT promises", () => {
  deepEqual([...EXPORTS], ["sessions", "metrics", "conversations", "events"]);
});

Deno.test("textOf() joins lists by spaces, and leaves what is not known", () => {
  deepEqual(["s1", ["a", "b"], null].map(textOf), ["s1", "a b", null]);
});
