/** Tests of `web/tool_namer.ts`. */

import assert from "node:assert/strict";
import type { SafeText } from "../../core/privacy.ts";
import { toolNamer } from "../../web/tool_namer.ts";
import { makeEvent, NOON } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { pageRequest } from "./open_web.ts";

Deno.test("toolNamer() puts the name of its server before a tool's hash", async () => {
  const safe = (text: string) => text as SafeText;
  await using home = await filledHome([
    makeEvent("tool_use", { id: "u", session: "s", at: NOON }, {
      tool_use_id: safe("u"),
      tool: safe("mcp:0123abcd"),
      mcp_server: safe("mcp:89ef4567"),
    }),
  ]);
  const servers = new Map([["claude_code", new Map([["mcp:89ef4567", "github"]])]]);

  const known = toolNamer(await pageRequest(home, "/tools", { toolServers: () => servers }));
  const unknown = toolNamer(await pageRequest(home, "/tools"));

  assert.equal(known("mcp:0123abcd"), "github mcp:0123abcd");
  assert.equal(unknown("mcp:0123abcd"), "mcp:0123abcd");
  assert.equal(known("Bash"), "Bash");
});

Deno.test("toolNamer() shows the name of a tool where files tell it, in texts too", async () => {
  const safe = (text: string) => text as SafeText;
  await using home = await filledHome([
    makeEvent("tool_use", { id: "u", session: "s", at: NOON }, {
      tool_use_id: safe("u"),
      tool: safe("mcp:0123abcd"),
      mcp_server: safe("mcp:89ef4567"),
    }),
  ]);
  const asked: string[][] = [];
  const toolNames = (wanted: ReadonlySet<string>) => {
    asked.push([...wanted]);
    return new Map([["mcp:0123abcd", "github/search"]]);
  };

  const nameOf = toolNamer(await pageRequest(home, "/tools", { toolNames }));

  assert.equal(nameOf("mcp:0123abcd"), "github/search");
  assert.equal(
    nameOf("mcp:0123abcd failed, mcp:00000000 too"),
    "github/search failed, mcp:00000000 too",
  );
  assert.deepEqual(asked, [["mcp:0123abcd"]]);
});
