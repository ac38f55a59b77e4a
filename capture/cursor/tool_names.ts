/**
 * Cursor's tools: one name for a tool over all versions, and what kind of thing it does. This is
 * the only place that knows them.
 *
 * @module
 */

import { literal, OTHER, type Privacy, type SafeText } from "../../core/privacy.ts";
import { type Json, objectOf, objectsOf, textOf } from "../json_access.ts";

/** What a tool does, as far as anything hangs on it. */
export type ToolKind = "edit" | "read" | "shell" | "search" | "agent" | "other";

/** Names that a tool had before, and what it is called now. */
const RENAMED: Readonly<Record<string, string>> = {
  run_terminal_cmd: "run_terminal_command",
  grep_search: "ripgrep_raw_search",
  grep: "ripgrep_raw_search",
  codebase_search: "semantic_search_full",
  file_search: "glob_file_search",
};

const KINDS: Readonly<Record<Exclude<ToolKind, "other">, readonly string[]>> = {
  edit: [
    "edit_file",
    "search_replace",
    "write",
    "create_file",
    "delete_file",
    "edit_notebook",
    "multi_edit",
    "apply_patch",
    "reapply",
  ],
  read: ["read_file"],
  shell: ["run_terminal_command"],
  search: [
    "ripgrep_raw_search",
    "glob_file_search",
    "semantic_search_full",
    "list_dir",
    "web_search",
  ],
  agent: ["task"],
};
const KIND_OF: ReadonlyMap<string, ToolKind> = new Map(
  Object.entries(KINDS).flatMap(([kind, names]) =>
    names.map((name) => [name, kind as ToolKind] as const)
  ),
);

/** The name of a tool without its version, as it may be kept, and its kind. */
export function toolOf(
  name: string,
  params: Json,
  privacy: Privacy,
): { readonly tool: SafeText; readonly kind: ToolKind & SafeText } {
  const served = servedTool(name, params);
  if (served !== undefined) return { tool: privacy.tool(served), kind: literal("other") };
  const bare = name.replace(/_v\d{1,2}$/, "");
  const now = Object.hasOwn(RENAMED, bare) ? RENAMED[bare]! : bare;
  // Whoever serves a tool of no known name chose the name: no word of Cursor's has such a shape.
  const tool = /^[a-z][a-z_]{0,40}$/.test(now) ? privacy.tool(now) : OTHER;
  return { tool, kind: literal(KIND_OF.get(now) ?? "other") };
}

/** A tool of an MCP server under the name that other assistants give it. */
function servedTool(name: string, params: Json): string | undefined {
  const [tool] = objectsOf(params.tools);
  const server = textOf(objectOf(tool).serverName);
  if (!/^mcp[-_]/.test(name) && server === undefined) return undefined;
  const own = textOf(objectOf(tool).name);
  if (server !== undefined && own !== undefined) return `mcp__${server}__${own}`;
  return `mcp__${name.replace(/^mcp[-_]+/, "").replace("-", "__")}`;
}
