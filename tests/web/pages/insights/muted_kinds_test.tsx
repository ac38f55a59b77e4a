/** Tests of `web/pages/insights/muted_kinds.tsx`. */

import assert from "node:assert/strict";
import { MutedKinds } from "../../../../web/pages/insights/muted_kinds.tsx";

Deno.test("MutedKinds() has a way back for each kind, and keeps its place without any", () => {
  const html = String(<MutedKinds muted={new Set(["b.two", "a.one_more"])} />);

  assert.deepEqual(
    [...html.matchAll(/<li>([^<]*)<code[^>]*>([^<]*)</g)].map((part) => part.slice(1)),
    [
      ["one more ", "a.one_more"],
      ["two ", "b.two"],
    ],
  );
  assert.match(html, /data-body="\{&quot;unmute&quot;:&quot;a.one_more&quot;\}"/);
  assert.equal(String(<MutedKinds muted={new Set()} />), '<div data-section="muted"></div>');
});
