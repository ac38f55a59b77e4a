/** Tests of `capture/status_platform.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { PLATFORMS } from "../../capture/registry.ts";
import { STATUS_PLATFORM } from "../../capture/status_platform.ts";

Deno.test("STATUS_PLATFORM() is the one of the registry that has a status line", () => {
  const having = PLATFORMS.filter(({ status }) => status);

  deepEqual(having.map(({ id }) => id), [STATUS_PLATFORM.id]);
  equal(having[0]!.status, STATUS_PLATFORM.status);
});
