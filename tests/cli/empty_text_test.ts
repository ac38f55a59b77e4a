/** Tests of what is said where there is no session. */

import { equal } from "node:assert/strict";
import { emptyText } from "../../cli/empty_text.ts";

Deno.test("emptyText() tells a filter that hides all from a machine without sessions", () => {
  equal(emptyText({}), "No sessions yet; blueplane doctor tells where they are looked for.\n");
  equal(emptyText({ model: "gpt-5" }), "No session matches.\n");
});
