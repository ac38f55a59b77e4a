/** Tests of `capture/claude_code/tool_names.ts`: names of MCP tools for the user's eyes. */

import assert from "node:assert/strict";
import { readToolNames } from "../../../capture/claude_code/tool_names.ts";
import { Privacy } from "../../../core/privacy.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";

const PRIVACY = new Privacy(new Uint8Array(32).fill(7));
const NOTES = "mcp__my_notes__read-page", MAPS = "mcp__maps__find";

Deno.test("readToolNames() finds wanted tools in transcripts, and tells of no other", () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response({ tool: NOTES }).result()
    .response({ tool: MAPS }).result();
  const names = (...wanted: string[]) =>
    readToolNames([`${machine.claude}/projects`], PRIVACY, new Set(wanted));

  assert.deepEqual(
    [...names(PRIVACY.tool(NOTES))],
    [[PRIVACY.tool(NOTES), "my_notes/read-page"]],
  );
  assert.deepEqual([...names("mcp:00000000")], []);
  assert.deepEqual([...names()], []);
});

Deno.test("readToolNames() has none, where there are no transcripts", () => {
  assert.deepEqual([...readToolNames(["/nowhere"], PRIVACY, new Set(["mcp:00000000"]))], []);
});
