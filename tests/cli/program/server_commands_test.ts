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

Deno.test("addServerCommands() lets start and serve take the same options", async () => {
  const options = ["--port", "0", "--host", "::1", "--open", "--no-capture"];
  deepEqual(
    await parsed(addServerCommands, ["start", ...options]),
    await parsed(addServerCommands, ["serve", ...options]),
  );
});

Deno.test("addServerCommands() shows twenty lines, unless a number is given", async () => {
  deepEqual((await parsed(addServerCommands, ["logs"])).options, { lines: 20 });
  deepEqual((await parsed(addServerCommands, ["logs", "-f", "-n", "0"])).options, {
    follow: true,
    lines: 0,
  });
});

Deno.test("addServerCommands() runs what ends, installs and uninstalls", async () => {
  for (const words of [["stop"], ["status"], ["service", "install"], ["service", "uninstall"]]) {
    deepEqual(await parsed(addServerCommands, words), { words: [], options: {} });
  }
});
