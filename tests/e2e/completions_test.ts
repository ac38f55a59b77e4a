/** Tests of completion as a person meets it: the line of the help, a shell, and the tab key. */

import { equal } from "node:assert/strict";
import { binaryPath, runBinary, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { Terminal } from "./terminal.ts";

const SHELLS = {
  bash: { call: "bash --noprofile --norc -i", install: 'eval "$(blueplane completions bash)"' },
  zsh: { call: "zsh -f -i", install: 'eval "$(blueplane completions zsh)"' },
};

for (const [shell, { call, install }] of Object.entries(SHELLS)) {
  Deno.test({
    name: `blueplane completions ${shell} completes a typed line`,
    ignore: Deno.build.os === "windows", // It has no such terminal.
    async fn() {
      using machine = tempMachine();
      const { sessionId } = new Transcript(machine.claude).prompt();
      await runBinary(machine, ["sync"]);
      const path = `${binaryPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}`;
      await using terminal = new Terminal(call, { ...machine.env, PATH: path });
      await terminal.type(`${install}; echo rea''dy\n`);
      await until("it is ready", () => terminal.text.includes("ready\r\n"));
      await terminal.type("blueplane config get web.po\t\n");
      await until("the completed line is run", () => terminal.text.includes("7531\r\n"));
      await terminal.type("blueplane compl\tba\t | head -1\n");
      await until(
        "the second is run",
        () => terminal.text.includes("# Completions of blueplane"),
      );
      await terminal.type(`blueplane analyze ${sessionId.slice(0, 6)}\t | grep '^session'\n`);
      const shown = `session ${sessionId}\r\n`;
      await until("the session is shown", () => terminal.text.includes(shown));
      await terminal.type("exit\n");
      equal(await terminal.ended(), 0);
    },
  });
}
