/** Tests of `capture/cursor/error_class.ts`. */

import { deepEqual } from "node:assert/strict";
import { errorClass } from "../../../capture/cursor/error_class.ts";

Deno.test("errorClass() knows a few causes by their words, and keeps none of them", () => {
  const texts = [
    "ENOENT: no such file or directory, open '/home/me/x'",
    '{"clientVisibleErrorMessage":"Command timed out"}',
    "Found multiple matches of the text",
    "EACCES",
    "my own words",
    "",
  ];

  deepEqual(texts.map(errorClass), [
    "not_found",
    "timeout",
    "text_ambiguous",
    "os_permission",
    "other",
    "other",
  ]);
});
