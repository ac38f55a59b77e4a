/**
 * What a hook is given, as events without content. Shapes by FACTS: every version has
 * `session_id`, `cwd` and `hook_event_name`; the rest came with time.
 *
 * @module
 */

import type { EventRecord, EventType, TelemetryEvent } from "../../core/event.ts";
import {
  literal,
  measureText,
  OTHER,
  type Privacy,
  readSafeText,
  safeExtension,
  safeModel,
  type SafeText,
  safeWord,
} from "../../core/privacy.ts";
import { effort, permissionMode, safeAgentType } from "./closed_lists.ts";
import { countOf, type Json, objectOf, textOf } from "../json_access.ts";
import type { HookContext } from "../platform.ts";
import { Projects } from "../project.ts";
import { codeCounts } from "./tool_result.ts";

/** What makes the payload of an event out of a hook's. */
type Project = (hook: Json, privacy: Privacy) => EventRecord;

const SOURCES: ReadonlySet<string> = new Set(["startup", "resume", "clear", "compact", "fork"]);
const END_REASONS: ReadonlySet<string> = new Set([
  "clear",
  "resume",
  "logout",
  "prompt_input_exit",
  "bypass_permissions_disabled",
]);
const TRIGGERS: ReadonlySet<string> = new Set(["manual", "auto"]);
const KINDS: Readonly<Record<string, readonly [EventType, Project]>> = {
  SessionStart: ["session_start", sessionStart],
  SessionEnd: ["session_end", ({ reason }) => ({ reason: wordOf(reason, END_REASONS) })],
  UserPromptSubmit: ["user_prompt", userPrompt],
  PermissionRequest: ["permission_request", tool],
  PermissionDenied: ["permission_denied", tool],
  PostToolUse: ["tool_use", (hook, privacy) => ({
    ...tool(hook, privacy),
    ...codeCounts(objectOf(hook.tool_response)),
    success: true,
  })],
  PostToolUseFailure: ["tool_use", (hook, privacy) => ({
    ...tool(hook, privacy),
    success: false,
    interrupted: hook.is_interrupt === true,
  })],
  SubagentStop: ["subagent_end", ({ agent_type }, privacy) => ({
    // An agent of the client's own, for compaction and the like, has no type.
    agent_type: textOf(agent_type) ? safeAgentType(String(agent_type), privacy) : null,
  })],
  PreCompact: ["context_compact", ({ trigger }) => ({ trigger: wordOf(trigger, TRIGGERS) })],
  Stop: ["turn_end", () => ({})],
};

/** The names of the hooks that are read. */
export const HOOK_NAMES: readonly string[] = Object.keys(KINDS);

/** The events of what a hook was given; none where its folder is left out. */
export function readHookPayload(
  payload: unknown,
  receivedAt: number,
  { environment, privacy, gate }: HookContext,
): readonly TelemetryEvent[] {
  const hook = objectOf(payload);
  const cwd = textOf(hook.cwd), session = textOf(hook.session_id)?.split("#")[0];
  if (cwd !== undefined && session) gate.noteFolder(privacy.id(session), cwd);
  if (cwd !== undefined && gate.excludes(cwd)) return [];
  return parseHookPayload(payload, receivedAt, privacy, new Projects(privacy, environment.home));
}

/**
 * The event of a payload; none for a hook that is not known, or without a session.
 *
 * @param receivedAt milliseconds; no payload tells a time of its own
 */
export function parseHookPayload(
  payload: unknown,
  receivedAt: number,
  privacy: Privacy,
  projects: Projects,
): readonly TelemetryEvent[] {
  const hook = objectOf(payload);
  const name = textOf(hook.hook_event_name) ?? "";
  const session = textOf(hook.session_id)?.split("#")[0];
  const [eventType, project] = Object.hasOwn(KINDS, name) ? KINDS[name]! : [];
  if (!eventType || !project || !session) return [];
  const cwd = textOf(hook.cwd), agent = textOf(hook.agent_id);
  const prompt = textOf(hook.prompt_id);
  const mode = permissionMode(hook.permission_mode);
  // Newer clients say {"level": "medium"}.
  const asked = effort(objectOf(hook.effort).level) ?? effort(hook.effort);
  return [{
    eventId: identityOf(hook, receivedAt, privacy),
    platform: literal("claude_code"),
    sessionId: privacy.id(session),
    eventType,
    hookType: literal(name),
    timestamp: receivedAt,
    metadata: {
      project_hash: cwd === undefined ? undefined : projects.of(cwd).hash,
      agent_id: agent === undefined ? undefined : privacy.id(agent),
    },
    payload: {
      ...project(hook, privacy),
      ...(prompt === undefined ? {} : { prompt_id: privacy.id(prompt) }),
      ...(mode === undefined ? {} : { permission_mode: mode }),
      ...(asked === undefined ? {} : { effort: asked }),
    },
  }];
}

/** A call of a tool is known by its id; all else by its words and the moment it came. */
function identityOf(hook: Json, receivedAt: number, privacy: Privacy): SafeText {
  const name = textOf(hook.hook_event_name)!;
  const call = textOf(hook.tool_use_id);
  const id = call && readSafeText(`hook:${name}:${privacy.id(call)}`);
  return id || privacy.hash(`hook ${receivedAt} ${JSON.stringify(hook)}`, 32);
}

function sessionStart({ source, model }: Json): EventRecord {
  // A long context is told in brackets: claude-opus-4-6[1m].
  const name = (textOf(model) ?? textOf(objectOf(model).id))?.replace(/\[\w{1,8}\]$/, "");
  return {
    source: wordOf(source, SOURCES),
    ...(name === undefined ? {} : { model: safeModel(name) }),
  };
}

function userPrompt({ prompt }: Json): EventRecord {
  const { characters, words, lines } = measureText(textOf(prompt) ?? "");
  return { characters, words, lines };
}

function tool(hook: Json, privacy: Privacy): EventRecord {
  const input = objectOf(hook.tool_input);
  const path = textOf(input.file_path) ?? textOf(input.notebook_path);
  const id = textOf(hook.tool_use_id);
  return {
    tool: privacy.tool(textOf(hook.tool_name) ?? OTHER),
    ...(id === undefined ? {} : { tool_use_id: privacy.id(id) }),
    ...(hook.duration_ms === undefined ? {} : { duration_ms: countOf(hook.duration_ms) }),
    ...(path === undefined ? {} : { file_extension: safeExtension(path) }),
  };
}

function wordOf(value: unknown, list: ReadonlySet<string>): SafeText {
  return safeWord(textOf(value) ?? OTHER, list);
}
