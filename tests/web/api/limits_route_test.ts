/** Tests of `web/api/limits_route.ts`. */

import assert from "node:assert/strict";
import type { SafeText } from "../../../core/privacy.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("LIMITS_ROUTE() answers with the limits that were seen", async () => {
  const limits = [{ name: "five_hour" as SafeText, used_thousandths: 250 }];
  await using home = await filledHome([
    makeEvent("status_seen", { id: "s", at: NOON }, { limits }),
  ]);
  const { schema, limits: [limit] } = await (await ask(webContext(home), "/api/v1/limits"))
    .json();

  assert.deepEqual([schema, limit.used, limit.resets_at], ["blueplane.limits/1", 0.25, null]);
});
