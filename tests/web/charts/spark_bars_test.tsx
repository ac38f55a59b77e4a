/** Tests of `web/charts/spark_bars.tsx`. */

import assert from "node:assert/strict";
import { SparkBars } from "../../../web/charts/spark_bars.tsx";

Deno.test("SparkBars() draws the most as high as it can, and leaves nothing out", () => {
  const html = String(<SparkBars values={[4, 0, 2, 0.01]} />);

  assert.match(html, /viewBox="0 0 16 16" aria-hidden="true"/);
  assert.match(html, /d="M0 16v-16h3V16zM8 16v-8h3V16zM12 16v-1.5h3V16z"/);
});
