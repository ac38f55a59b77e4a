/** Tests of `capture/otlp_error.ts`. */

import { equal } from "node:assert/strict";
import { OtlpError } from "../../capture/otlp_error.ts";

Deno.test("OtlpError() has a name of its own", () => {
  equal(
    String(new OtlpError("Cannot read the export: x")),
    "OtlpError: Cannot read the export: x",
  );
});
