/** Tests of `cli/doctor/privacy_check.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkPrivacy } from "../../../cli/doctor/privacy_check.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { openForDoctor } from "./open_for_doctor.ts";

Deno.test("checkPrivacy() is well with what is stored, and finds what was put there", async () => {
  using machine = tempMachine();
  deepEqual(checkPrivacy(openForDoctor(machine)), []);
  new Transcript(machine.claude).prompt().response({ tool: "Bash" });
  await runHere(machine, ["sync"]);
  equal(checkPrivacy(openForDoctor(machine))[0]!.severity, "ok");
  {
    using db = openWriter(`${machine.home}/telemetry.db`);
    db.exec("insert into words (text) values ('/home/ada/secret.ts')");
  }

  const [finding] = checkPrivacy(openForDoctor(machine));
  equal(finding!.severity, "error");
  match(finding!.details!.join(), /words\.text/);
});
