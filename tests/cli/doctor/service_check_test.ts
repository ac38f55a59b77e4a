/** Tests of `cli/doctor/service_check.ts`, with the file that `service install` would write. */

import { deepEqual, equal } from "node:assert/strict";
import { dirname } from "node:path";
import { checkService } from "../../../cli/doctor/service_check.ts";
import { serveWords } from "../../../cli/commands/start.ts";
import { ownService } from "../../../cli/service/own_service.ts";
import type { Workspace } from "../../../cli/workspace.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

/** A program of ours that is there, and the service that starts it. */
function stage(machine: Machine) {
  const program = `${machine.path}/a b/blueplane`;
  Deno.mkdirSync(dirname(program));
  Deno.writeTextFileSync(program, "", { mode: 0o700 });
  const opened = openForDoctor(machine);
  const workspace = { ...opened, io: { ...opened.io, program: [program] } } as Workspace;
  const file = ownService(workspace, serveWords(workspace, { capture: true, web: true }));
  Deno.mkdirSync(dirname(file.path), { recursive: true });
  return { program, workspace, file };
}

Deno.test("checkService() says nothing where no service is installed", () => {
  using machine = tempMachine();
  deepEqual(checkService(openForDoctor(machine)), []);
});

Deno.test("checkService() tells this program from another, and from one that was moved", () => {
  using machine = tempMachine();
  const { program, workspace, file } = stage(machine);
  const look = () => checkService(workspace).map(({ severity }) => severity);
  Deno.writeTextFileSync(file.path, file.text);
  const own = look();
  Deno.writeTextFileSync(file.path, file.text.replaceAll(machine.home, `${machine.home}2`));
  const other = look();
  Deno.writeTextFileSync(file.path, file.text);
  Deno.renameSync(program, `${program}-new`);

  deepEqual([own, other], [["ok"], ["note"]]);
  const [finding] = checkService(workspace);
  equal(finding!.severity, "warning");
  deepEqual(finding!.details, [program]);
});
