/** Tests of `cli/service/own_service.ts`. */

import { equal, ok, throws } from "node:assert/strict";
import { ownService, readOwn } from "../../../cli/service/own_service.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "../doctor/open_for_doctor.ts";

Deno.test("ownService() starts the words, with the folders that are named", () => {
  using machine = tempMachine();

  const { text, path } = ownService(openForDoctor(machine), ["/opt/blueplane", "serve"]);

  ok(text.includes("/opt/blueplane"), text);
  ok(Deno.build.os === "windows" || text.includes(machine.claude), text);
  ok(path.startsWith(machine.path), path);
});

Deno.test("readOwn() takes no file for ours that we did not write", () => {
  using machine = tempMachine();
  const { text } = ownService(openForDoctor(machine), ["/opt/blueplane", "serve"]);
  const path = `${machine.path}/unit`;

  equal(readOwn(path, "examine"), undefined);
  Deno.writeTextFileSync(path, text);
  equal(readOwn(path, "examine"), text);
  Deno.writeTextFileSync(path, "[Service]\n");
  throws(() => readOwn(path, "examine"), { message: /^Cannot examine the service: a file/ });
});
