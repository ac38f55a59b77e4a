/** Tests of `web/pages/data/stored_columns.tsx`. */

import assert from "node:assert/strict";
import { StoredColumns } from "../../../../web/pages/data/stored_columns.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("StoredColumns() tells of all columns why they are safe", async () => {
  await using home = await filledHome();

  const html = String(<StoredColumns request={await pageRequest(home, "/data")} />);

  assert.match(html, /an opaque id, or its keyed hash/);
  assert.match(html, /<code>sessions<\/code>.*?session_id/);
  assert.match(html, /blueplane privacy audit/);
  assert.doesNotMatch(html, /nobody said/);
});
