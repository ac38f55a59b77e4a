/** Tests of what can be exported. */

import { deepEqual } from "node:assert/strict";
import { EXPORTS } from "../../core/exported.ts";

Deno.test("EXPORTS() names what CONTRACT promises", () => {
  deepEqual([...EXPORTS], ["sessions", "metrics", "conversations", "events"]);
});
