/** Tests of `web/parts/note.tsx`. */

import assert from "node:assert/strict";
import { Empty, Note } from "../../../web/parts/note.tsx";

Deno.test("Empty() and Note() say what they are told, as the text it is", () => {
  assert.equal(String(<Empty>{"<b>"}</Empty>), '<p class="empty">&lt;b&gt;</p>');
  assert.equal(
    String(<Note section="unknown">Not kept.</Note>),
    '<p class="note" role="note" data-section="unknown">Not kept.</p>',
  );
});
