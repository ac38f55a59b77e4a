/** Tests of the examination of a client's export. */

import { deepEqual, match } from "node:assert/strict";
import { otelSettings } from "../../../capture/claude_code/otel_settings.ts";
import { checkExport } from "../../../cli/doctor/export_check.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("checkExport() finds an export to another address, and is silent without one", () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  const { host, port } = workspace.config;
  const check = (env: object) => {
    Deno.writeTextFileSync(`${machine.claude}/settings.json`, JSON.stringify({ env }));
    return checkExport(workspace);
  };
  const of = (at: number) => check(otelSettings.variables(`http://${host}:${at}`));

  deepEqual(check({}), []);
  deepEqual(of(port).map(({ id, severity }) => [id, severity]), [["export.claude_code", "ok"]]);
  const [moved] = of(port + 1);
  deepEqual(moved?.severity, "warning");
  match(moved?.remedy ?? "", /^blueplane install \S+ --otel$/);
});
