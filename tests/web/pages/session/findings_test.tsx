/** Tests of `web/pages/session/findings.tsx`. */

import assert from "node:assert/strict";
import type { Insight } from "../../../../core/reports/insights_report.ts";
import { Findings } from "../../../../web/pages/session/findings.tsx";

const FOUND = {
  id: "1a2b3c4d",
  severity: "high",
  title: "Bash failed <often>",
  numbers: { failed_calls: 7, share: 0.75 },
  n: 9,
  n_of: "calls",
  expected_gain: { tokens: 12_000, cost_usd: 0.5, duration_ms: null },
  suggestion: "Look at it",
} as unknown as Insight;

Deno.test("Findings() tells numbers, of how many, what to do and how to dismiss", () => {
  const html = String(<Findings insights={[FOUND]} />);

  assert.match(html, /<span class="badge bad">high<\/span> <strong>Bash failed &lt;often&gt;</);
  assert.match(
    html,
    /failed calls 7 · share 0.75 · of 9 calls · could spare \$0.50, 12.0k tokens</,
  );
  assert.match(html, /<button type="button"[^>]* data-dismiss="1a2b3c4d" hidden/);
  assert.match(html, /<code>blueplane insights dismiss 1a2b3c4d<\/code>/);
});

Deno.test("Findings() says that nothing was found", () => {
  assert.match(String(<Findings insights={[]} />), /Nothing\./);
});
