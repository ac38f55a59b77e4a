/** Tests of `web/parts/number.tsx`. */

import assert from "node:assert/strict";
import { LiveNumber, ShareText } from "../../../web/parts/number.tsx";

Deno.test("LiveNumber() names its metric and unit for the script", () => {
  assert.equal(
    String(<LiveNumber metric="tokens_output" unit="tokens" value={12_345} isLowerBound />),
    '<span class="value" data-metric="tokens_output" data-unit="tokens" data-prefix="≥">' +
      "≥12.3k</span>",
  );
});

Deno.test("LiveNumber() bounds nothing that is not known", () => {
  assert.match(
    String(<LiveNumber metric="tokens_output" unit="tokens" value={null} isLowerBound />),
    />–<\/span>$/,
  );
});

Deno.test("ShareText() says how sure a share is, and of how many", () => {
  const html = String(<ShareText rate={{ value: 0.831, n: 1234, low: 0.809, high: 0.851 }} />);

  assert.match(html, /83.1 % <small[^>]*>81–85 %, n 1,234<\/small>/);
  assert.equal(String(<ShareText rate={null} />), '<span class="unknown">–</span>');
});
