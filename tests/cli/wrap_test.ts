/** Tests of `cli/wrap.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import type { Paint } from "../../cli/table.ts";
import { notesText, wrapText } from "../../cli/wrap.ts";

Deno.test("wrapText() breaks between words, and nowhere else", () => {
  deepEqual(wrapText("one two three four", 9), ["one two", "three", "four"]);
  deepEqual(wrapText("a incomprehensibility b", 9), ["a", "incomprehensibility", "b"]);
  deepEqual(wrapText("exactly 9", 9), ["exactly 9"]);
  deepEqual(wrapText("", 9), [""]);
});
Deno.test("wrapText() counts wide signs as they are shown", () => {
  deepEqual(wrapText("日本 語 x", 6), ["日本", "語 x"]);
});

Deno.test("notesText() begins a line with each note", () => {
  const paint = { dim: (text: string) => `<${text}>` } as Paint;
  equal(notesText(["one two", "three"], paint, 5), "<one>\n<two>\n<three>\n");
  equal(notesText([], paint, 5), "");
});
