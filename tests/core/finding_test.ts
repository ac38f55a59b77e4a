/** Tests of `core/finding.ts`. */

import assert from "node:assert/strict";
import { isHealthy, SEVERITIES } from "../../core/finding.ts";

Deno.test("isHealthy() is true, until there is an error", () => {
  const findings = SEVERITIES.map((severity) => ({ id: severity, severity, title: severity }));

  assert.equal(isHealthy([]), true);
  assert.equal(isHealthy(findings.filter(({ severity }) => severity !== "error")), true);
  assert.equal(isHealthy(findings), false);
});
