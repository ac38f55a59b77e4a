/** Tests of the commands for settings, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addSettingsCommands } from "../../../cli/program/settings_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addSettingsCommands() names setting and value by words", async () => {
  const calls = [
    ["list"],
    ["path"],
    ["validate"],
    ["get", "web.port"],
    ["unset", "web.port"],
    ["set", "web.port", "1"],
    ["set", "redis.url"],
  ];
  for (const [command, ...words] of calls) {
    deepEqual(await parsed(addSettingsCommands, ["config", command!, ...words]), {
      words,
      options: {},
    });
  }
  await rejects(parsed(addSettingsCommands, ["config", "get"]), /missing required argument/);
});
