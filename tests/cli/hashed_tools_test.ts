/** Tests of MCP tools that stand in texts by their hashes. */

import { deepEqual, equal } from "node:assert/strict";
import { hashesIn, isHashed, withNames } from "../../cli/hashed_tools.ts";

Deno.test("isHashed() tells hashes from names", () => {
  const tools = ["mcp:1a2b3c4d", "Bash", "mcp:1a2b", ""];
  deepEqual(tools.map(isHashed), [true, false, false, false]);
});

Deno.test("hashesIn() finds all hashes of a text", () => {
  deepEqual(hashesIn("mcp:1a2b3c4d after mcp:00000000, mcp:12"), [
    "mcp:1a2b3c4d",
    "mcp:00000000",
  ]);
  deepEqual(hashesIn("none"), []);
});

Deno.test("withNames() leaves hashes that have no name", () => {
  const names = new Map([["mcp:1a2b3c4d", "notes/read"]]);
  equal(
    withNames("mcp:1a2b3c4d failed, mcp:00000000 too", names),
    "notes/read failed, mcp:00000000 too",
  );
  equal(withNames("", names), "");
});
