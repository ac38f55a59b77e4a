/**
 * The settings that an administrator lays down for Claude Code, which win over its user's: whether
 * they keep our hooks, our status line or our server of tools from working. They are looked at and
 * never written. Places and names as Anthropic documents them.
 *
 * @module
 */

import { type Json, objectOf, objectsOf } from "../json_access.ts";
import type { ManagedRule } from "../managed_rule.ts";

const FILE_BYTES_MAX = 1024 * 1024;
const OWN_NAME = "blueplane";
const FOLDERS: Readonly<Record<string, string>> = {
  darwin: "/Library/Application Support/ClaudeCode",
  windows: "C:/Program Files/ClaudeCode",
};

/** The folder of an operating system. */
export function managedFolder(os: string): string {
  return FOLDERS[os] ?? "/etc/claude-code";
}

/** What stands in a folder against us; nothing without one. */
export function managedRules(folder: string): ManagedRule[] {
  const own = `${folder}/managed-settings.json`, mcp = `${folder}/managed-mcp.json`;
  const settings = [own, ...dropIns(`${folder}/managed-settings.d`)].flatMap((path) =>
    rulesOf(readJson(path) ?? {}).map((rule) => ({ ...rule, path }))
  );
  const listed = readJson(mcp);
  const isExclusive = listed && !(OWN_NAME in objectOf(listed.mcpServers));
  return isExclusive
    ? [...settings, { part: "tools", by: "managed-mcp.json", path: mcp }]
    : settings;
}

function rulesOf(settings: Json): Omit<ManagedRule, "path">[] {
  const isOn = (name: string) => settings[name] === true;
  const names = (key: string) => objectsOf(settings[key]).map(({ serverName }) => serverName);
  const pluginsOnly = settings.strictPluginOnlyCustomization;
  const isForPlugins = (what: string) =>
    pluginsOnly === true || Array.isArray(pluginsOnly) && pluginsOnly.includes(what);
  const allowed = settings.allowedMcpServers;
  // One that names commands may well name ours; only the client knows how it compares them.
  const isLeftOut = Array.isArray(allowed) && !names("allowedMcpServers").includes(OWN_NAME) &&
    !objectsOf(allowed).some((one) => "serverCommand" in one);
  const rules: readonly (readonly [ManagedRule["part"], string, boolean])[] = [
    ["hooks", "disableAllHooks", isOn("disableAllHooks")],
    ["hooks", "allowManagedHooksOnly", isOn("allowManagedHooksOnly")],
    ["hooks", "strictPluginOnlyCustomization", isForPlugins("hooks")],
    ["status_line", "disableAllHooks", isOn("disableAllHooks")],
    ["status_line", "statusLine", "statusLine" in settings],
    ["tools", "allowedMcpServers", isLeftOut],
    ["tools", "deniedMcpServers", names("deniedMcpServers").includes(OWN_NAME)],
    ["tools", "strictPluginOnlyCustomization", isForPlugins("mcp")],
  ];
  return rules.filter(([, , holds]) => holds).map(([part, by]) => ({ part, by }));
}

function dropIns(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`)
      .filter((path) => path.endsWith(".json")).sort();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [];
  }
}

function readJson(path: string): Json | undefined {
  try {
    if (Deno.statSync(path).size > FILE_BYTES_MAX) return undefined;
    return objectOf(JSON.parse(Deno.readTextFileSync(path)));
  } catch (error) {
    // Mostly there is none; what the client cannot read lays nothing down.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}
