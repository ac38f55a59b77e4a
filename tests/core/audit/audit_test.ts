/** Tests of the list of findings. */

import { deepEqual } from "node:assert/strict";
import { Findings } from "../../../core/audit/audit.ts";

Deno.test("add() counts what is alike as one, and none as nothing", () => {
  const findings = new Findings();
  findings.add("telemetry.db", "path");
  findings.add("telemetry.db", "path", 2);
  findings.add("telemetry.db", "e_mail");
  findings.add("spool/1", "path", 0);

  deepEqual(findings.all, [
    { place: "telemetry.db", kind: "path", count: 3 },
    { place: "telemetry.db", kind: "e_mail", count: 1 },
  ]);
});
