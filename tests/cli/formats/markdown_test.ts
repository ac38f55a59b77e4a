/** Tests of Markdown tables. */

import { equal } from "node:assert/strict";
import { markdownTable } from "../../../cli/formats/markdown.ts";

Deno.test("markdownTable() heads its columns, and has numbers to the right", () => {
  equal(
    markdownTable([{ title: "name" }, { title: "n", number: true }], [["a_b", "1"]]),
    "| name | n |\n| --- | ---: |\n| a_b | 1 |\n",
  );
});

Deno.test("markdownTable() keeps text text: no cell ends, no link or tag begins", () => {
  const cell = (text: string) => markdownTable([{ title: "a" }], [[text]]).split("\n")[2];

  equal(cell("a|b\\"), "| a\\|b\\\\ |");
  equal(cell("![x](http://y) <img>"), "| !\\[x\\](http://y) \\<img> |");
  equal(cell("`a` *b*"), "| \\`a\\` \\*b\\* |");
  equal(cell("two\r\n\tlines\x1b"), "| two lines\ufffd |");
});
