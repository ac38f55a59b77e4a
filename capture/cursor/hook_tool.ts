/**
 * What a hook behind a tool call tells of it: how it ended, how long it took and which file and
 * how many lines it changed. Commands, inputs and outputs are measured at most.
 *
 * @module
 */

import type { EventRecord } from "../../core/event.ts";
import { literal, OTHER, type Privacy, safeExtension } from "../../core/privacy.ts";
import { countOf, type Json, objectOf, objectsOf, textOf } from "../json_access.ts";
import { countEditLines } from "./edit_lines.ts";
import { toolOf } from "./tool_names.ts";

/** A tool as hooks name it, or as other assistants do, and as the database does. */
const NAMES: Readonly<Record<string, string>> = {
  Shell: "run_terminal_command",
  Bash: "run_terminal_command",
  Read: "read_file",
  Write: "edit_file",
  Edit: "edit_file",
  Delete: "delete_file",
  Grep: "ripgrep_raw_search",
  Glob: "glob_file_search",
  WebSearch: "web_search",
  Task: "task",
};
/** Hooks that name no tool: which it was. */
const TOOL_OF_HOOK: ReadonlyMap<string, string> = new Map([
  ["afterFileEdit", "Edit"],
  ["afterShellExecution", "Shell"],
]);

/** What is told of a call by its id, which the database knows it by, too. */
export function callFacts(hook: Json, privacy: Privacy): EventRecord {
  const id = textOf(hook.tool_use_id);
  return {
    ...deedFacts(hook, privacy),
    ...(id === undefined ? {} : { tool_use_id: privacy.id(id) }),
    ...outcomeOf(hook),
  };
}

/** What is told of a call without its id, nor of how it ended: another hook tells that. */
export function deedFacts(hook: Json, privacy: Privacy): EventRecord {
  const input = objectOf(hook.tool_input);
  const path = textOf(hook.file_path) ?? textOf(input.file_path) ?? textOf(input.path);
  const duration = hook.duration ?? hook.duration_ms;
  return {
    ...toolFacts(hook, privacy),
    ...(duration == null ? {} : { duration_ms: Math.max(0, countOf(duration)) }),
    ...(path === undefined ? {} : {
      file_extension: safeExtension(path),
      file: privacy.hash(`file ${path}`),
    }),
    ...linesOf(hook.edits ?? input.edits ?? [input]),
  };
}

function toolFacts(hook: Json, privacy: Privacy): EventRecord {
  const event = textOf(hook.hook_event_name) ?? "";
  const name = textOf(hook.tool_name) ?? TOOL_OF_HOOK.get(event) ?? "";
  // The tools of servers have names that their makers and users chose.
  if (/^mcp[:_-]/i.test(name) || event === "afterMCPExecution") {
    const served = privacy.tool(`mcp__${name.replace(/^mcp[:_-]+/i, "")}`);
    return { tool: served, tool_kind: literal("other") };
  }
  if (Object.hasOwn(NAMES, name)) {
    const { tool, kind } = toolOf(NAMES[name]!, {}, privacy);
    return { tool, tool_kind: kind };
  }
  const tool = /^[A-Z][A-Za-z]{0,40}$/.test(name) ? privacy.tool(name) : OTHER;
  return { tool, tool_kind: literal("other") };
}

function linesOf(edits: unknown): EventRecord {
  let added = 0, removed = 0, isTold = false;
  for (const { old_string: before, new_string: after } of objectsOf(edits)) {
    if (typeof before !== "string" || typeof after !== "string") continue;
    const lines = countEditLines(before, after);
    added += lines.added;
    removed += lines.removed;
    isTold = true;
  }
  return isTold ? { lines_added: added, lines_removed: removed } : {};
}

function outcomeOf(hook: Json): EventRecord {
  if (!/^postToolUseFailure$/i.test(textOf(hook.hook_event_name) ?? "")) return { success: true };
  if (hook.is_interrupt === true) return { success: false, interrupted: true };
  if (hook.failure_type === "permission_denied") {
    return { success: false, outcome: literal("permission_denied") };
  }
  const isTimeout = hook.failure_type === "timeout";
  return { success: false, error_class: isTimeout ? literal("timeout") : OTHER };
}
