/** Tests of `web/charts/share_strip.tsx`. */

import assert from "node:assert/strict";
import { ShareStrip } from "../../../web/charts/share_strip.tsx";

function part(name: string, value: number) {
  return { name, value, text: `${value} s`, look: "s1" };
}

Deno.test("ShareStrip() draws each part by its share, and tells it in words", () => {
  const html = String(
    <ShareStrip label="Time" parts={[part("Model", 30), part("You", 0), part("Idle", 10)]} />,
  );

  assert.match(html, /<rect class="s1" x="0" width="748" height="16"><title>Model 30 s</);
  assert.match(html, /<rect class="s1" x="750" width="248"/);
  assert.match(html, /Model 30 s <small>75 %<\/small>/);
  assert.doesNotMatch(html, /You/);
});

Deno.test("ShareStrip() is nothing without any part", () => {
  assert.equal(String(<ShareStrip label="Time" parts={[part("Model", 0)]} />), "");
});
