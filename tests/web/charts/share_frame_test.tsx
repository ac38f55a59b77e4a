/** Tests of `web/charts/share_frame.tsx`. */

import assert from "node:assert/strict";
import { ShareFrame, shareHeight } from "../../../web/charts/share_frame.tsx";

Deno.test("shareHeight() has all of it at the top, nothing at the bottom, and no more", () => {
  assert.deepEqual([0, 0.5, 1, 3].map(shareHeight).map(Number), [136, 70, 4, 4]);
});

Deno.test("ShareFrame() says what there is to see, and has its axis below", () => {
  const frame = (
    <ShareFrame label="Used" axis={<i>a</i>} kind="fan">
      <path class="line" d="M0 0" />
    </ShareFrame>
  );
  const html = String(frame);

  assert.match(html, /<div class="rates plot fan"><div class="values"/);
  assert.match(html, />100 %<\/span><span>50 %<\/span><span>0 %</);
  assert.match(html, /aria-label="Used"/);
  assert.match(html, /<path class="line" d="M0 0"/);
  assert.match(html, /<\/svg><i>a<\/i>/);
});
