/** Tests of `web/parts/section.tsx`. */

import assert from "node:assert/strict";
import { Section } from "../../../web/parts/section.tsx";

Deno.test("Section() is named by its heading, and found by the script", () => {
  const html = String(<Section id="tools" title="Tools" aside="more">content</Section>);

  assert.match(html, /^<section data-section="tools" aria-labelledby="tools-title">/);
  assert.match(html, /<h2 id="tools-title">Tools<\/h2>more<\/div>content<\/section>$/);
});
