/** Tests of `web/parts/write_button.tsx`; a browser test holds what a click does. */

import assert from "node:assert/strict";
import { Said, WriteButton } from "../../../web/parts/write_button.tsx";

Deno.test("WriteButton() says where and what to post, and is no form", () => {
  const html = String(
    <WriteButton path="/api" body={{ mute: `"'<` }} done="Done." confirm="Sure?" label="Mute it">
      Mute
    </WriteButton>,
  );

  assert.match(html, /^<button type="button" class="write" data-write="\/api"/);
  assert.match(html, /data-body="\{&quot;mute&quot;:&quot;\\&quot;&#39;&lt;&quot;\}"/);
  assert.match(html, /data-done="Done." data-confirm="Sure\?" aria-label="Mute it">Mute</);
});

Deno.test("Said() is empty, and read out when it is not", () => {
  assert.match(String(<Said />), /^<p class="note said" role="status" data-said="?[^>]*><\/p>$/);
});
