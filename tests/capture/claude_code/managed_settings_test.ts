/** Tests of `capture/claude_code/managed_settings.ts`. */

import assert from "node:assert/strict";
import { managedFolder, managedRules } from "../../../capture/claude_code/managed_settings.ts";
import { tempFolder } from "../../core/temp_folder.ts";

function rules(files: Readonly<Record<string, unknown>>): string[] {
  using folder = tempFolder();
  Deno.mkdirSync(`${folder.path}/managed-settings.d`);
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    Deno.writeTextFileSync(`${folder.path}/${name}`, text);
  }
  return managedRules(folder.path).map(({ part, by, path }) => {
    assert.ok(path.startsWith(folder.path));
    return `${part}: ${by}`;
  });
}

for (
  const [what, files, expected] of [
    ["nothing where nothing is laid down", {}, []],
    ["nothing that lets us be", { "managed-settings.json": { cleanupPeriodDays: 7 } }, []],
    ["all hooks off, and the status line with them", {
      "managed-settings.json": { disableAllHooks: true },
    }, ["hooks: disableAllHooks", "status_line: disableAllHooks"]],
    ["hooks of the administrator alone, also in a file of a part", {
      "managed-settings.d/10-hooks.json": { allowManagedHooksOnly: true },
    }, ["hooks: allowManagedHooksOnly"]],
    ["another status line", { "managed-settings.json": { statusLine: { type: "command" } } }, [
      "status_line: statusLine",
    ]],
    ["servers of the administrator alone", { "managed-mcp.json": { mcpServers: {} } }, [
      "tools: managed-mcp.json",
    ]],
    ["nothing where ours is among them", {
      "managed-mcp.json": { mcpServers: { blueplane: {} } },
    }, []],
    ["ours denied", {
      "managed-settings.json": { deniedMcpServers: [{ serverName: "blueplane" }] },
    }, ["tools: deniedMcpServers"]],
    ["ours not among those that are allowed", {
      "managed-settings.json": { allowedMcpServers: [{ serverName: "github" }] },
    }, ["tools: allowedMcpServers"]],
    ["nothing where a command may be ours", {
      "managed-settings.json": { allowedMcpServers: [{ serverCommand: ["x", "mcp"] }] },
    }, []],
    ["plugins alone", {
      "managed-settings.json": { strictPluginOnlyCustomization: ["mcp"] },
    }, ["tools: strictPluginOnlyCustomization"]],
    ["nothing of what is no JSON", { "managed-settings.json": "{", "managed-mcp.json": "" }, []],
  ] as const
) {
  Deno.test(`managedRules() finds ${what}`, () => assert.deepEqual(rules(files), expected));
}

Deno.test("managedFolder() is the one of the operating system", () => {
  assert.deepEqual(["linux", "darwin", "windows"].map(managedFolder), [
    "/etc/claude-code",
    "/Library/Application Support/ClaudeCode",
    "C:/Program Files/ClaudeCode",
  ]);
});
