/** Tests of `core/reports/tool_servers.ts`. */

import assert from "node:assert/strict";
import type { SafeText } from "../../../core/privacy.ts";
import { readToolServers } from "../../../core/reports/tool_servers.ts";
import { makeEvent, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readToolServers() tells the server of each tool that has one", async () => {
  const safe = (text: string) => text as SafeText;
  const call = { id: "u", session: "s", at: NOON };
  await using home = await filledHome([
    makeEvent("tool_use", call, {
      tool_use_id: safe("u"),
      tool: safe("mcp:0123abcd"),
      mcp_server: safe("mcp:89ef4567"),
    }),
    makeEvent("tool_use", { ...call, id: "v" }, { tool_use_id: safe("v"), tool: safe("Bash") }),
  ]);

  assert.deepEqual([...readToolServers(home.db)], [["mcp:0123abcd", "mcp:89ef4567"]]);
});
