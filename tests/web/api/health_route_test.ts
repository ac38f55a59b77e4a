/** Tests of `web/api/health_route.ts`. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("HEALTH_ROUTE() says that it lives, and what stops it", async () => {
  await using home = await filledHome([]);
  const trouble = () => "Cannot store: the disk is full";

  const well = await (await ask(webContext(home), "/healthz")).json();
  const ill = await (await ask(webContext(home, { trouble }), "/healthz")).json();

  assert.deepEqual(well, { status: "ok", pid: 7, version: "0.1.0", trouble: null });
  assert.deepEqual([ill.status, ill.trouble], ["troubled", trouble()]);
});
