/** Tests of `web/pages/data/export_form.tsx`. */

import assert from "node:assert/strict";
import { EXPORT_FORMATS, EXPORTS } from "../../../../core/exported.ts";
import { ExportForm } from "../../../../web/pages/data/export_form.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("ExportForm() asks for what the route takes, each field with a name", async () => {
  await using home = await filledHome();

  const html = String(<ExportForm request={await pageRequest(home, "/data")} />);

  assert.match(html, /<form class="fields" method="get" action="\/api\/v1\/export">/);
  for (const word of [...EXPORTS, ...EXPORT_FORMATS, "all", "claude_code", "cursor"]) {
    assert.match(html, new RegExp(`<option value="${word}">`), word);
  }
  assert.equal(html.match(/<label/g)!.length, html.match(/ name="/g)!.length);
});
