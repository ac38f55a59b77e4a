/** Tests of the cells of the live screen. */

import { deepEqual, equal } from "node:assert/strict";
import { blanks, firstFitting, numberCell, wordCell, wrapped } from "../../cli/live_cells.ts";

function loud(text: string): string {
  return `\x1b[1m${text}\x1b[22m`;
}

Deno.test("wordCell() is as wide as its column, with words that are cut", () => {
  equal(wordCell("cost", 6), "cost  ");
  equal(wordCell("cache reads", 6), "cache…");
  equal(wordCell("cost", 6, loud), "\x1b[1mcost\x1b[22m  ");
  equal(wordCell("cost", 0), "");
});

Deno.test("numberCell() shows the first text that fits whole, or nothing", () => {
  const texts = ["87.5 % of 23", "87.5 %"];
  equal(numberCell(texts, 14), "  87.5 % of 23");
  equal(numberCell(texts, 11), "     87.5 %");
  equal(numberCell(texts, 5), "     ");
  equal(numberCell(["7"], 3, loud), "  \x1b[1m7\x1b[22m");
});

Deno.test("firstFitting() finds none, when all are too wide", () => {
  equal(firstFitting(["日本", "ab"], 3), "ab");
  equal(firstFitting(["日本", "ab"], 1), undefined);
});

Deno.test("blanks() are none, when fewer than none are asked for", () => {
  deepEqual([blanks(2), blanks(0), blanks(-1)], ["  ", "", ""]);
});

Deno.test("wrapped() ends lines between words", () => {
  deepEqual(wrapped("12 of 3,200 files are read", 14), [" 12 of 3,200", " files are", " read"]);
  deepEqual(wrapped("unbreakable", 4), [" unbreakable"]);
});
