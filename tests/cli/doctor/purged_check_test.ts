/** Tests of what doctor says of a purge that reaches into the future. */

import { deepEqual, equal } from "node:assert/strict";
import { checkPurged } from "../../../cli/doctor/purged_check.ts";
import { openWorkspace } from "../../../cli/workspace.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo } from "../recorded_io.ts";

Deno.test("checkPurged() tells how many assistants are closed to what is still to come", () => {
  using machine = tempMachine();
  using db = openWriter(":memory:");
  const workspace = openWorkspace(recordedIo(machine, []), { color: false, sync: true });
  const now = workspace.io.clock.now();
  db.exec(
    `insert into tombstones values ('cursor', '', ${now - 1}), ('cursor', 'a', ${now * 2})`,
  );
  deepEqual(checkPurged(workspace, db), []);
  db.exec(`update tombstones set until_at = ${now + 60_000}`);
  const [finding] = checkPurged(workspace, db);
  deepEqual([finding!.severity, finding!.numbers], ["warning", { purged_ahead: 1 }]);
  equal(finding!.remedy!.startsWith("blueplane sync ends that"), true);
});
