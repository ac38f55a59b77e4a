/** Tests of `cli/own_command.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { runOwnCommand } from "../../cli/own_command.ts";
import { tempFolder } from "../core/temp_folder.ts";

const IO = { program: ["/usr/bin/blueplane"] };

Deno.test("runOwnCommand() gives what a command says, and how it ends", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/a b;c`;

  const [told, refused] = await Promise.all([
    runOwnCommand(IO, ["config", "path", `--home=${path}`]),
    runOwnCommand(IO, ["export", "-f", "none", `--home=${path}`]),
  ]);

  deepEqual(told, { code: 0, stdout: `${path}/config.json\n`, stderr: "" });
  deepEqual([refused.code, refused.stdout], [2, ""]);
  equal(refused.stderr.startsWith("error: Cannot "), true);
});
