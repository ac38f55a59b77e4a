/** Tests of `cli/wrap.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { Paint } from "../../cli/table.ts";
import { notesText, wrapBehind, wrapList, wrapText } from "../../cli/wrap.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

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

Deno.test("wrapText() keeps a unit with its number", () => {
  equal(wrapText("so many as 12.5 % of all", 15).join("|"), "so many as|12.5 % of all");
  equal(wrapText("the last was 12 h ago", 15).join("|"), "the last was|12 h ago");
  equal(wrapText("it has 12 MB of all", 9).join("|"), "it has|12 MB of|all");
  equal(wrapText("so many as 12 days", 13).join("|"), "so many as 12|days");
});

Deno.test("wrapList() breaks between parts, and between words where a part is too long", () => {
  deepEqual(wrapList("2 made, 3 kept; 50 % of all", 15), ["2 made, 3 kept;", "50 % of all"]);
  deepEqual(wrapList("2 made, 3 kept and seen", 10), ["2 made,", "3 kept and", "seen"]);
});

Deno.test("wrapText() loses nothing but spaces", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 1, max: 30 }),
      (text, width) => {
        const plain = (some: string) => some.replaceAll(" ", "");
        equal(plain(wrapText(text, width).join("")), plain(text));
      },
    ),
    fcRuns(),
  );
});

Deno.test("wrapBehind() lets a line go on behind its label", () => {
  equal(
    wrapBehind("queue     12 events wait for somebody", 10, 30).join("|"),
    "queue     12 events wait for|          somebody",
  );
});
