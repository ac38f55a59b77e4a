/** Tests of the choice of a format. */

import { equal, throws } from "node:assert/strict";
import { chosenFormat } from "../../../cli/formats/chosen_format.ts";

const GLOBALS = { color: true, sync: true };

Deno.test("chosenFormat() is a table, unless --json or a format is given", () => {
  equal(chosenFormat(GLOBALS, undefined), "table");
  equal(chosenFormat(GLOBALS, "csv"), "csv");
  equal(chosenFormat({ ...GLOBALS, json: true }, undefined), "json");
  equal(chosenFormat({ ...GLOBALS, json: true }, "json"), "json");
});

Deno.test("chosenFormat() refuses two formats at once", () => {
  const json = { ...GLOBALS, json: true } as const;
  throws(() => chosenFormat(json, "csv"), /Cannot print csv: --json asks for JSON/);
});
