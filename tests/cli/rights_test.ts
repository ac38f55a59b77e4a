/** Tests of `cli/rights.ts`. */

import { deepEqual } from "node:assert/strict";
import { RIGHTS } from "../../cli/rights.ts";

Deno.test("rights() are what the runtime knows by these names", () => {
  const known = RIGHTS.map((name) => Deno.permissions.querySync({ name }).state);

  deepEqual(known, RIGHTS.map(() => "granted"));
  deepEqual([...RIGHTS].sort(), RIGHTS);
});
