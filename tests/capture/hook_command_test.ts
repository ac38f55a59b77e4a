/** Tests of `capture/hook_command.ts`: our command is known again, and nobody else's. */

import assert from "node:assert/strict";
import { hookCommand, programIn } from "../../capture/hook_command.ts";

for (
  const program of [
    "/usr/bin/blueplane",
    "'/home/my kim/blueplane'",
    '"C:/Program Files/blueplane.exe"',
    "/opt/blueplane-linux-x64 --home /data/blue",
    "/opt/blueplane --home '/my data/it'\\''s'",
    "/usr/bin/deno run -A /src/main.ts",
    "blueplane",
  ]
) {
  Deno.test(`programIn() finds ${program} in the command that it was made into`, () => {
    assert.equal(programIn(hookCommand(program, "emacs"), "emacs"), program);
    assert.equal(programIn(hookCommand(program, "emacs"), "vim"), undefined);
  });
}

Deno.test("programIn() finds nothing in what others wrote", () => {
  for (
    const command of [
      "other hook emacs",
      "blueplane hook emacs && say done",
      "myblueplane hook emacs",
      "echo blueplane",
      "",
      7,
      null,
      undefined,
      ["blueplane hook emacs"],
    ]
  ) {
    assert.equal(programIn(command, "emacs"), undefined, String(command));
  }
});
