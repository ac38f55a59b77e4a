/** Tests of `cli/doctor/background_check.ts`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  checkBackground,
  memoryFinding,
  residentBytes,
} from "../../../cli/doctor/background_check.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("checkBackground() says where the log is, once there is one", async () => {
  using machine = tempMachine();
  const workspace = openForDoctor(machine);
  deepEqual(await checkBackground(workspace), []);
  Deno.mkdirSync(workspace.home.logs, { recursive: true });
  Deno.writeTextFileSync(workspace.home.log, "x".repeat(2000));

  const [finding] = await checkBackground(workspace);
  match(finding!.title, /has 2\.0 kB;/);
  deepEqual(finding!.details, [workspace.home.log]);
});

Deno.test({
  name: "residentBytes() tells how much a process takes, and nothing of one that is gone",
  ignore: Deno.build.os !== "linux",
  fn() {
    const own = residentBytes(Deno.pid)!;
    ok(own > 10_000_000 && own < 10_000_000_000, String(own));
    equal(residentBytes(2 ** 30), undefined);
  },
});

Deno.test("memoryFinding() warns of more than a server needs", () => {
  const severities = [undefined, 130e6, 600e6].map((bytes) => memoryFinding(bytes)[0]?.severity);
  deepEqual(severities, [undefined, "ok", "warning"]);
});
