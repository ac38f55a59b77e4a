/** Tests of labels of machines. */

import { equal, match } from "node:assert/strict";
import { machineLabel } from "../../cli/machine_label.ts";
import { Privacy } from "../../core/privacy.ts";

const PRIVACY = new Privacy(new Uint8Array(32).fill(1));

Deno.test("machineLabel() depends on name and key, and tells neither", () => {
  const other = new Privacy(new Uint8Array(32).fill(2));
  const label = machineLabel(PRIVACY, "laptop");
  match(label, /^[0-9a-f]{8}$/);
  equal(machineLabel(PRIVACY, "laptop"), label);
  equal(machineLabel(PRIVACY, "desktop") === label, false);
  equal(machineLabel(other, "laptop") === label, false);
});

Deno.test("machineLabel() takes the host name, when none is given", () => {
  equal(machineLabel(PRIVACY), machineLabel(PRIVACY, Deno.hostname()));
});
