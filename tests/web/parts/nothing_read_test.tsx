/** Tests of `web/parts/nothing_read.tsx`. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { isAnythingRead, NothingRead } from "../../../web/parts/nothing_read.tsx";
import { pageRequest } from "../open_web.ts";

Deno.test("isAnythingRead() looks at all sessions, whatever is asked for", async () => {
  await using empty = await filledHome([]);
  await using home = await filledHome();

  assert.equal(isAnythingRead(await pageRequest(empty, "/sessions")), false);
  assert.equal(isAnythingRead(await pageRequest(home, "/sessions?period=1h&model=none")), true);
});

Deno.test("NothingRead() names the command that tells more", () => {
  assert.match(String(<NothingRead />), /blueplane doctor/);
});
