/**
 * Payloads of hooks as four versions of the assistant give them, key by key as recorded; every
 * text in them that a person, a file or a program wrote is the secret.
 */

import { SECRET, SESSION } from "./lines.ts";

/** A payload of any kind. */
export type Payload = Record<string, unknown>;

/** The versions that were recorded, and the hooks that each of them calls. */
export const RECORDED: Readonly<Record<string, readonly string[]>> = {
  "1.0.128": [
    "SessionStart",
    "SessionEnd",
    "UserPromptSubmit",
    "PostToolUse",
    "SubagentStop",
    "PreCompact",
    "Stop",
  ],
  "2.0.77": [
    "SessionStart",
    "SessionEnd",
    "UserPromptSubmit",
    "PermissionRequest",
    "PostToolUse",
    "PostToolUseFailure",
    "SubagentStop",
    "PreCompact",
    "Stop",
  ],
  "2.1.112": [
    "SessionStart",
    "SessionEnd",
    "UserPromptSubmit",
    "PermissionRequest",
    "PermissionDenied",
    "PostToolUse",
    "PostToolUseFailure",
    "SubagentStop",
    "PreCompact",
    "Stop",
  ],
  "2.1.330": [
    "SessionStart",
    "SessionEnd",
    "UserPromptSubmit",
    "PermissionRequest",
    "PermissionDenied",
    "PostToolUse",
    "PostToolUseFailure",
    "SubagentStop",
    "PreCompact",
    "Stop",
  ],
};

/** What a hook of a version is given. */
export function hookPayload(version: string, event: string, more: Payload = {}): Payload {
  const age = Object.keys(RECORDED).indexOf(version);
  const asked = /^(UserPrompt|Permission|PostTool|Stop|Subagent)/.test(event);
  return {
    session_id: SESSION,
    transcript_path: `/home/${SECRET}/.claude/projects/-${SECRET}/${SESSION}.jsonl`,
    cwd: `/home/kim/${SECRET}`,
    ...(age >= 3 && event !== "SessionStart" ? { prompt_id: "733554ff-b518-421c-a8c9" } : {}),
    ...(asked ? { permission_mode: "acceptEdits" } : {}),
    ...(age >= 3 && asked && event !== "UserPromptSubmit" ? { effort: { level: "medium" } } : {}),
    hook_event_name: event,
    ...FIELDS[event]!(age),
    ...more,
  };
}

const FIELDS: Readonly<Record<string, (age: number) => Payload>> = {
  SessionStart: (age) => ({
    source: "startup",
    ...(age >= 2 ? { model: "claude-sonnet-4-6" } : {}),
    ...(age >= 3 ? { session_title: SECRET, context_tokens: 12 } : {}),
  }),
  SessionEnd: () => ({ reason: "prompt_input_exit" }),
  UserPromptSubmit: () => ({ prompt: `${SECRET}\nand ${SECRET}` }),
  PermissionRequest: () => ({
    ...called(-1),
    permission_suggestions: [{ type: "addRules", rules: [{ ruleContent: SECRET }] }],
  }),
  PermissionDenied: (age) => ({ ...called(age), reason: SECRET }),
  PostToolUse: (age) => ({
    ...called(age),
    tool_response: { filePath: SECRET, structuredPatch: [{ lines: [`+${SECRET}`] }] },
    ...(age >= 3 ? { duration_ms: 8 } : {}),
    ...inSubagent(age),
  }),
  PostToolUseFailure: (age) => ({
    ...called(age),
    error: `Exit code 3\n${SECRET}`,
    is_interrupt: true,
    ...(age >= 3 ? { duration_ms: 22 } : {}),
    ...inSubagent(age),
  }),
  SubagentStop: (age) => ({
    stop_hook_active: false,
    ...(age >= 1 ? { agent_id: "aa681c8e334271323", agent_transcript_path: SECRET } : {}),
    ...(age >= 2 ? { agent_type: "Explore", last_assistant_message: SECRET } : {}),
    ...(age >= 3 ? { background_tasks: [SECRET], session_crons: [SECRET] } : {}),
  }),
  PreCompact: () => ({ trigger: "manual", custom_instructions: SECRET }),
  Stop: (age) => ({
    stop_hook_active: false,
    ...(age >= 2 ? { last_assistant_message: SECRET } : {}),
  }),
};

function called(age: number): Payload {
  return {
    tool_name: "Edit",
    tool_input: { file_path: `/home/${SECRET}/a.ts`, old_string: SECRET, new_string: SECRET },
    ...(age >= 1 ? { tool_use_id: "toolu_01A8QUUC9zHWzhSReV8AuFmf" } : {}),
  };
}

function inSubagent(age: number): Payload {
  return age >= 2 ? { agent_id: "aa681c8e334271323", agent_type: "general-purpose" } : {};
}
