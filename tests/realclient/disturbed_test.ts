/** Tests of `tests/realclient/disturbed.ts`, and of what it holds in recorded runs. */

import { deepEqual } from "node:assert/strict";
import { disturbed, holdDisturbed } from "./disturbed.ts";

Deno.test("disturbed() loses, repeats and turns round", () => {
  deepEqual(disturbed([1, 2, 3, 4, 5]), [4, 3, 1, 1, 3, 4]);
});

for (const run of ["1.0.128/interactive", "2.1.330/interactive"]) {
  Deno.test(`holdDisturbed() finds nothing changed in the recorded run ${run}`, async () => {
    const path = new URL(`../fixtures/realclient/${run}`, import.meta.url).pathname;
    await holdDisturbed(decodeURIComponent(path));
  });
}
