/** Tests of `cli/own_command.ts`. */

import { deepEqual } from "node:assert/strict";
import { runOwnCommand } from "../../cli/own_command.ts";

const isUnix = Deno.build.os !== "windows";

Deno.test({
  name: "runOwnCommand() gives what a command says, and how it ends",
  ignore: !isUnix,
  async fn() {
    const program = ["/bin/sh", "-c", 'echo "$@"; echo oh >&2; exit 3', "blueplane"];

    deepEqual(await runOwnCommand({ program }, ["a b", "--c=;d"]), {
      code: 3,
      stdout: "a b --c=;d\n",
      stderr: "oh\n",
    });
  },
});
