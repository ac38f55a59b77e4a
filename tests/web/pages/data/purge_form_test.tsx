/** Tests of `web/pages/data/purge_form.tsx`; the upkeep pages' test deletes by it in a browser. */

import assert from "node:assert/strict";
import { PurgeForm } from "../../../../web/pages/data/purge_form.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("PurgeForm() offers nothing to delete before it was told what would go", async () => {
  await using home = await filledHome();

  const html = String(<PurgeForm request={await pageRequest(home, "/data")} />);

  assert.match(html, /<form class="fields write" data-purge="">|<form [^>]*data-purge[^>]*>/);
  assert.match(html, /<button type="submit" name="now" hidden/);
  for (const platform of ["", "claude_code", "cursor"]) {
    assert.match(html, new RegExp(`<option value="${platform}">`), platform);
  }
  assert.match(html, /blueplane purge --all<\/code>/);
});
