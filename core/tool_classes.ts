/**
 * What a tool is for, whichever assistant has it: by this, sessions of different assistants can be
 * set beside each other.
 *
 * @module
 */

/** The classes. */
export const TOOL_CLASSES = [
  "read",
  "search",
  "edit",
  "create",
  "shell",
  "web",
  "agent",
  "plan",
  "ask",
  "skill",
  "mcp",
  "other",
] as const;

/** One of {@linkcode TOOL_CLASSES}. */
export type ToolClass = typeof TOOL_CLASSES[number];

const NAMES: Readonly<Record<Exclude<ToolClass, "mcp" | "other">, string>> = {
  read: "Read NotebookRead read_file read_lints",
  search: "Grep Glob LS ripgrep_raw_search glob_file_search semantic_search_full list_dir",
  edit: "Edit MultiEdit NotebookEdit edit_file search_replace edit_notebook multi_edit " +
    "apply_patch reapply delete_file",
  create: "Write write create_file",
  shell: "Bash BashOutput KillShell KillBash TaskOutput PowerShell run_terminal_command",
  web: "WebSearch WebFetch web_search",
  agent: "Task Agent Workflow task",
  plan: "TodoWrite TaskCreate TaskUpdate TaskList TaskGet EnterPlanMode ExitPlanMode " +
    "todo_write create_plan",
  ask: "AskUserQuestion ask_question",
  skill: "Skill",
};
const CLASS_OF: ReadonlyMap<string, ToolClass> = new Map(
  Object.entries(NAMES).flatMap(([name, tools]) =>
    tools.split(" ").map((tool) => [tool, name as ToolClass] as const)
  ),
);

/** The class of a tool by its name. */
export function toolClass(tool: string): ToolClass {
  return tool.startsWith("mcp:") ? "mcp" : CLASS_OF.get(tool) ?? "other";
}
