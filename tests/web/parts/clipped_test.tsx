/** Tests of `web/parts/clipped.tsx`. */

import assert from "node:assert/strict";
import { Clipped } from "../../../web/parts/clipped.tsx";

Deno.test("Clipped() has the whole name where the pointer rests, whatever it is", () => {
  const name = `private-journal/"process" <thoughts>`;

  assert.equal(
    String(<Clipped name={name} isSmall />),
    '<span class="clip small" title="private-journal/&quot;process&quot; &lt;thoughts&gt;">' +
      "<span>private-journal/&quot;process&quot; &lt;th</span>oughts&gt;</span>",
  );
  assert.match(String(<Clipped name="Bash" />), /^<span class="clip" title="Bash">/);
});

Deno.test("Clipped() never cuts the end by which projects of one name are told apart", () => {
  const shown = (name: string) => String(<Clipped name={name} />);

  assert.match(shown("engines (40ad)"), /<span>engines<\/span> \(40ad\)<\/span>$/);
  assert.match(shown("app (40ad)"), /">app \(40ad\)<\/span>$/);
});
