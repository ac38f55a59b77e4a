/** Tests of `cli/formats/facts.ts`. */

import { equal } from "node:assert/strict";
import { factsCsv, factsMarkdown } from "../../../cli/formats/facts.ts";

const DOCUMENT = {
  schema: "blueplane.test/1",
  server: null,
  queue: { events: 0, level: "green" },
  machines: [{ files: 2 }, { files: 1 }],
  lines: [],
};

Deno.test("factsCsv() names every value, and tells nothing from 0", () => {
  equal(
    factsCsv(DOCUMENT).replaceAll("\r\n", "\n"),
    "name,value\nserver,\nqueue.events,0\nqueue.level,green\nmachines.0.files,2\n" +
      "machines.1.files,1\n",
  );
});

Deno.test("factsMarkdown() makes a table of them", () => {
  equal(
    factsMarkdown({ a: null, b: { c: "x|y" } }),
    "| name | value |\n| --- | --- |\n| a | – |\n| b.c | x\\|y |\n",
  );
});
