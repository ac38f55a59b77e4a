/** Tests of `pipeline/derive/mcp_tools.ts`. */

import assert from "node:assert/strict";
import type { SafeText } from "../../../core/privacy.ts";
import { Words } from "../../../core/words.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { McpTools } from "../../../pipeline/derive/mcp_tools.ts";
import { makeToolUse } from "../../helpers/events.ts";
import { derivedRows } from "../derived_rows.ts";

Deno.test("McpTools.tell() notes the server of each tool, once", () => {
  using db = openWriter(":memory:");
  const tools = new McpTools(db, new Words(db));

  for (const id of ["a", "b", "c"]) {
    const use = makeToolUse({ id, use: id, tool: id === "c" ? "Edit" : "mcp:0badcafe" });
    const server = id === "c" ? {} : { mcp_server: "mcp:5e44e400" as SafeText };
    tools.tell({ ...use, payload: { ...use.payload, ...server } });
  }

  assert.deepEqual(derivedRows(db).mcp_tools, [
    { tool: "mcp:0badcafe", server: "mcp:5e44e400" },
  ]);
});
