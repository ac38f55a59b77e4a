/** Tests of `capture/claude_code/tool_servers.ts`. */

import assert from "node:assert/strict";
import { readToolServers } from "../../../capture/claude_code/tool_servers.ts";
import { Privacy } from "../../../core/privacy.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const privacy = new Privacy(new Uint8Array(32));

Deno.test("readToolServers() names servers by the hash that their tools have", () => {
  using folder = tempFolder();
  write(folder.path, { mcpServers: { "code search": { command: "x" }, issues: {} } });

  const servers = readToolServers(
    folder.path,
    [{ path: `${folder.path}/a`, named: false }],
    privacy,
  );

  assert.deepEqual([...servers], [
    [privacy.mcpServer("mcp__code_search__find"), "code search"],
    [privacy.mcpServer("mcp__issues__list"), "issues"],
  ]);
});

Deno.test("readToolServers() looks into a folder that was named, and there alone", () => {
  using folder = tempFolder();
  write(folder.path, { mcpServers: { issues: {} } });
  Deno.mkdirSync(`${folder.path}/own`);
  write(`${folder.path}/own`, { mcpServers: { search: {} } });

  const servers = readToolServers(
    folder.path,
    [{ path: `${folder.path}/own`, named: true }],
    privacy,
  );

  assert.deepEqual([...servers.values()], ["search"]);
});

Deno.test("readToolServers() knows of none, when there is nothing to be read", () => {
  using folder = tempFolder();
  for (const text of [undefined, "{", "[]", '{"mcpServers":7}']) {
    if (text !== undefined) Deno.writeTextFileSync(`${folder.path}/.claude.json`, text);
    assert.equal(readToolServers(folder.path, [], privacy).size, 0);
  }
});

function write(folder: string, json: unknown): void {
  Deno.writeTextFileSync(`${folder}/.claude.json`, JSON.stringify(json));
}
