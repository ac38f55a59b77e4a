/** Tests of `cli/doctor/managed_check.ts`. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { claudeCode } from "../../../capture/claude_code/claude_code.ts";
import { managedRules } from "../../../capture/claude_code/managed_settings.ts";
import { checkManaged, managedFindings } from "../../../cli/doctor/managed_check.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("managedFindings() has one for each part, with the files for the user's eyes", () => {
  using folder = tempFolder();
  const path = `${folder.path}/managed-settings.json`;
  const rules = { disableAllHooks: true, allowManagedHooksOnly: true };
  Deno.writeTextFileSync(path, JSON.stringify(rules));

  const findings = managedFindings(claudeCode, managedRules(folder.path));

  deepEqual(findings.map(({ id, numbers }) => [id, numbers]), [
    ["managed.hooks.claude_code", { rules: 2 }],
    ["managed.status_line.claude_code", { rules: 1 }],
  ]);
  equal(findings[0]!.title, "Claude Code: the administrator's settings allow no hooks of yours");
  equal(findings[1]!.details![0], `${path}: disableAllHooks`);
});

Deno.test("checkManaged() looks where this machine's administrator would write", () => {
  using machine = tempMachine();

  ok(checkManaged(openForDoctor(machine)).every(({ id }) => id.startsWith("managed.")));
});
