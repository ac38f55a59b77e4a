/** Tests of `web/api/status_route.ts`. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("STATUS_ROUTE() answers with the document of the command", async () => {
  await using home = await filledHome();
  const context = webContext(home);

  const told = await (await ask(context, "/api/v1/status")).json();

  assert.deepEqual(told, await context.status());
  assert.equal(told.storage?.sessions, 5);
});
