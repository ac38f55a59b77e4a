/** Tests of the error of settings. */

import { equal } from "node:assert/strict";
import { ConfigError } from "../../core/setting.ts";

Deno.test("ConfigError() says by its name that it was used wrongly", () => {
  equal(
    String(new ConfigError("Cannot pause: it is wrong")),
    "ConfigError: Cannot pause: it is wrong",
  );
});
