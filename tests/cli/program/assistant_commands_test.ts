/** Tests of the commands that an assistant calls, as they are parsed. */

import { deepEqual, rejects } from "node:assert/strict";
import { addAssistantCommands } from "../../../cli/program/assistant_commands.ts";
import { parsed } from "./parsed.ts";

Deno.test("addAssistantCommands() names the platform by a word", async () => {
  for (const command of ["install", "uninstall"]) {
    const call = await parsed(addAssistantCommands, [command, "claude-code", "--dry-run"]);
    deepEqual(call, { words: ["claude-code"], options: { dryRun: true } });
    await rejects(parsed(addAssistantCommands, [command]), /missing required argument/);
  }
});

Deno.test("addAssistantCommands() runs the MCP server without any word", async () => {
  deepEqual(await parsed(addAssistantCommands, ["mcp"]), { words: [], options: {} });
});
