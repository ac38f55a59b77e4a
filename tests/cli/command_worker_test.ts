/** Tests of `cli/command_worker.ts`: a command in a thread leaves the process as it was. */

import { equal } from "node:assert/strict";
import { runOwnCommand } from "../../cli/own_command.ts";
import { tempFolder } from "../core/temp_folder.ts";

const IO = { program: ["/usr/bin/blueplane"] };

Deno.test("runOwnCommand() gives no right of the process up, though a report does", async () => {
  using folder = tempFolder();

  const { code, stdout } = await runOwnCommand(IO, [
    "sessions",
    "--json",
    "--no-sync",
    `--home=${folder.path}`,
  ]);

  equal(code, 0);
  equal(JSON.parse(stdout).total, 0);
  equal(Deno.permissions.querySync({ name: "net" }).state, "granted");
});
