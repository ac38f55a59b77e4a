/** Tests of the version. */

import { equal, match } from "node:assert/strict";
import { VERSION } from "../../cli/version.ts";

Deno.test("VERSION() is that of deno.json", () => {
  const file = new URL("../../deno.json", import.meta.url);
  equal(VERSION, JSON.parse(Deno.readTextFileSync(file)).version);
  match(VERSION, /^\d+\.\d+\.\d+$/);
});
