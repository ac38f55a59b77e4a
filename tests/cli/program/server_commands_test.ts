/** Tests of the commands that run Blueplane, as they are parsed. */

import { deepEqual } from "node:assert/strict";
import { addServerCommands } from "../../../cli/program/server_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addServerCommands() lets serve capture and show, unless told not to", async () => {
  deepEqual(await parsed(addServerCommands, ["serve"]), {
    words: [],
    options: { capture: true, web: true },
  });
  deepEqual((await parsed(addServerCommands, ["serve", "--port", "0", "--no-web"])).options, {
    capture: true,
    web: false,
    port: 0,
  });
});

Deno.test("addServerCommands() gives the worker its role and name", async () => {
  const { options } = await parsed(addServerCommands, ["worker", "--role", "capture", "--once"]);
  deepEqual(options, { role: "capture", once: true });
});
