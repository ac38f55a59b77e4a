/** Tests of `cli/wrap.ts`. */

import { deepEqual } from "node:assert/strict";
import { wrapText } from "../../cli/wrap.ts";

Deno.test("wrapText() breaks between words, and nowhere else", () => {
  deepEqual(wrapText("one two three four", 9), ["one two", "three", "four"]);
  deepEqual(wrapText("a incomprehensibility b", 9), ["a", "incomprehensibility", "b"]);
  deepEqual(wrapText("exactly 9", 9), ["exactly 9"]);
  deepEqual(wrapText("", 9), [""]);
});
