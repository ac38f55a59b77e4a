/** Tests of the examination of where we are. */

import { deepEqual, match } from "node:assert/strict";
import { checkSurroundings } from "../../../cli/doctor/surroundings_check.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

function severities(machine: Machine, env: Record<string, string | undefined> = {}) {
  const clean = { WSL_DISTRO_NAME: undefined, SSH_CONNECTION: undefined, ...env };
  return checkSurroundings(openForDoctor(machine, { env: clean }))
    .map(({ id, severity }) => `${id} ${severity}`);
}

Deno.test("checkSurroundings() is well on a machine of one's own", () => {
  using machine = tempMachine();

  deepEqual(severities(machine), ["homes ok", "machine ok"]);
});

Deno.test("checkSurroundings() finds another data folder with something in it", () => {
  using machine = tempMachine();
  Deno.mkdirSync(`${machine.user}/.blueplane`, { recursive: true });
  deepEqual(severities(machine), ["homes ok", "machine ok"]);
  Deno.writeTextFileSync(`${machine.user}/.blueplane/telemetry.db`, "");

  deepEqual(severities(machine), ["homes note", "machine ok"]);
  deepEqual(severities(machine, { BLUEPLANE_HOME: undefined }), ["homes ok", "machine ok"]);
});

Deno.test("checkSurroundings() finds a Linux within Windows, and a machine far away", () => {
  using machine = tempMachine();

  deepEqual(severities(machine, { WSL_DISTRO_NAME: "Ubuntu" }), ["homes ok", "machine note"]);
  const env = { SSH_CONNECTION: "10.0.0.1 1 10.0.0.2 22" };
  deepEqual(severities(machine, env), ["homes ok", "machine note"]);
  const [, finding] = checkSurroundings(openForDoctor(machine, { env }));
  match(finding!.title, /used from another one/);
});
