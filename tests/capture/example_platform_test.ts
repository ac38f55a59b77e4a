/** Tests of `capture/example_platform.ts`. */

import { equal } from "node:assert/strict";
import { EXAMPLE_PLATFORM } from "../../capture/example_platform.ts";
import { PLATFORMS } from "../../capture/registry.ts";

Deno.test("EXAMPLE_PLATFORM() is how the first assistant is shown to users", () => {
  equal(EXAMPLE_PLATFORM, PLATFORMS[0]!.aliases.at(-1));
});
