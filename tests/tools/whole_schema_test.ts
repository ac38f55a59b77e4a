/** Tests of the schema for new databases. */

import { deepEqual } from "node:assert/strict";
import whole from "../../core/schema/whole.json" with { type: "json" };
import { wholeSchema } from "../../tools/whole_schema.ts";

Deno.test("wholeSchema() is what core/schema holds: else run deno task schema", () => {
  deepEqual(whole, wholeSchema());
});
