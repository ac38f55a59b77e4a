/** Tests of `cli/doctor/tools_check.ts`; a script stands for the program that is listed. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkTools } from "../../../cli/doctor/tools_check.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { openForDoctor } from "./open_for_doctor.ts";

const ANSWER = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  result: { serverInfo: { name: "blueplane", version: "1" } },
});

/** Lists a server under our name, and looks. */
async function check(machine: Machine, entry?: unknown) {
  if (entry !== undefined) {
    const text = JSON.stringify({ mcpServers: { blueplane: entry } });
    Deno.writeTextFileSync(`${machine.claude}/.claude.json`, text);
  }
  const [finding] = await checkTools(openForDoctor(machine));
  return finding!;
}

function script(machine: Machine, says: string) {
  const command = `${machine.user}/blueplane`;
  Deno.writeTextFileSync(command, `#!/bin/sh\nread line\necho '${says}'\n`);
  Deno.chmodSync(command, 0o700);
  return { type: "stdio", command, args: ["mcp"] };
}

Deno.test("checkTools() says how to list the server, or who has its name", async () => {
  using machine = tempMachine();

  const none = await check(machine);
  const other = await check(machine, { command: "node", args: ["server.js"] });

  deepEqual([none.severity, none.remedy], ["note", "blueplane install claude-code --mcp"]);
  match(other.title, /another's server of tools is listed/);
});

Deno.test({
  name: "checkTools() starts what is listed, and hears whether it answers",
  ignore: Deno.build.os === "windows",
  async fn() {
    using machine = tempMachine();

    const good = await check(machine, script(machine, ANSWER));
    const wrong = await check(machine, script(machine, "hello"));
    const gone = await check(machine, { command: "/gone/blueplane", args: ["mcp"] });

    deepEqual([good.severity, good.numbers], ["ok", { listed: 1, silent: 0 }]);
    equal(wrong.severity, "warning");
    deepEqual([gone.severity, gone.details], ["warning", [
      `${machine.claude}/.claude.json: /gone/blueplane mcp`,
    ]]);
  },
});
