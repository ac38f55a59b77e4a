/** Tests of `web/parts/clipped.tsx`. */

import assert from "node:assert/strict";
import { Clipped } from "../../../web/parts/clipped.tsx";

Deno.test("Clipped() has the whole name where the pointer rests, whatever it is", () => {
  const name = `private-journal/"process" <thoughts>`;

  assert.equal(
    String(<Clipped name={name} isSmall />),
    '<span class="clip small" title="private-journal/&quot;process&quot; &lt;thoughts&gt;">' +
      "private-journal/&quot;process&quot; &lt;thoughts&gt;</span>",
  );
  assert.match(String(<Clipped name="Bash" />), /^<span class="clip" title="Bash">/);
});
