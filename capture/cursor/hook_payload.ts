/**
 * What a hook of Cursor is given, as events without content. Shapes by FACTS: a payload has
 * `conversation_id`, `hook_event_name` and `workspace_roots`; the rest came with time. Cursor
 * also runs the hooks of other assistants' settings, under their names: the same fact then comes
 * twice, and has the same id.
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
  safeModel,
  type SafeText,
  safeVersion,
  safeWord,
} from "../../core/privacy.ts";
import { countOf, type Json, objectOf, textOf } from "../json_access.ts";
import type { HookContext } from "../platform.ts";
import { Projects } from "../project.ts";
import { agentType } from "./agent_call.ts";
import { callFacts, deedFacts } from "./hook_tool.ts";
import { ownFolder } from "./locate.ts";
import { parentConversation } from "./subagent_parent.ts";

/** What payloads are read with. */
export interface HookReader {
  readonly privacy: Privacy;
  readonly projects: Projects;
  /** The conversation that a sub-agent works for; undefined for one that is none. */
  readonly parentOf: (conversation: string) => string | undefined;
}

interface Kind {
  readonly type: EventType;
  readonly project: (hook: Json, privacy: Privacy) => EventRecord;
  /** Fields by which two tellings are one, within a generation; none: each is one of its own. */
  readonly same?: readonly string[];
  /** Whether it happens once to a conversation and not in a generation. */
  readonly ofSession?: boolean;
  /** Whether it names the conversation itself, never a sub-agent's. */
  readonly ofParent?: boolean;
}

/** How much the assistant may do by itself. */
export const MODES: ReadonlySet<string> = new Set([
  "agent",
  "ask",
  "edit",
  "chat",
  "plan",
  "debug",
]);
const END_REASONS = new Set(["completed", "aborted", "error", "window_close", "user_close"]);
const STATUSES = new Set(["completed", "aborted", "error"]);
const TRIGGERS = new Set(["auto", "manual"]);

const KINDS: Readonly<Record<string, Kind>> = {
  sessionStart: {
    type: "session_start",
    project: ({ composer_mode, is_background_agent }) => ({
      mode: wordOf(composer_mode, MODES),
      background: is_background_agent === true,
    }),
    same: [],
    ofSession: true,
    ofParent: true,
  },
  sessionEnd: {
    type: "session_end",
    project: (hook) => ({
      reason: wordOf(hook.reason, END_REASONS),
      background: hook.is_background_agent === true,
      ...numbers(hook, { duration_ms: "duration_ms" }),
    }),
    same: ["reason", "duration_ms"],
    ofSession: true,
    ofParent: true,
  },
  beforeSubmitPrompt: {
    type: "user_prompt",
    project: ({ prompt, attachments }) => ({
      ...sizeOf(prompt),
      attachments: Array.isArray(attachments) ? attachments.length : 0,
    }),
    same: [],
  },
  postToolUse: { type: "tool_use", project: callFacts },
  postToolUseFailure: { type: "tool_use", project: callFacts },
  // These three tell of a call without its id, and so count nothing: another hook and the
  // database tell of the same call with it.
  afterFileEdit: { type: "tool_use", project: deedFacts },
  afterShellExecution: { type: "tool_use", project: deedFacts },
  afterMCPExecution: { type: "tool_use", project: deedFacts },
  afterAgentResponse: { type: "assistant_response", project: ({ text }) => sizeOf(text) },
  afterAgentThought: {
    type: "assistant_response",
    project: (hook) => ({
      thinking: true,
      ...sizeOf(hook.text),
      ...numbers(hook, { duration_ms: "duration_ms" }),
    }),
  },
  subagentStop: {
    type: "subagent_end",
    project: (hook, privacy) => ({
      agent_type: agentType(hook.subagent_type, privacy),
      status: wordOf(hook.status, STATUSES),
      files_modified: Array.isArray(hook.modified_files) ? hook.modified_files.length : 0,
      ...numbers(hook, {
        duration_ms: "duration_ms",
        messages: "message_count",
        tool_uses: "tool_call_count",
      }),
    }),
    same: ["subagent_id", "subagent_type", "status", "duration_ms", "message_count"],
    ofParent: true,
  },
  preCompact: {
    type: "context_compact",
    project: (hook) => ({
      trigger: wordOf(hook.trigger, TRIGGERS),
      first: hook.is_first_compaction === true,
      ...numbers(hook, {
        tokens_before: "context_tokens",
        context_limit: "context_window_size",
        messages: "message_count",
        messages_compacted: "messages_to_compact",
      }),
    }),
    same: ["trigger", "context_tokens", "message_count"],
  },
  stop: {
    type: "turn_end",
    project: (hook) => ({
      status: wordOf(hook.status, STATUSES),
      ...numbers(hook, { loops: "loop_count" }),
    }),
    same: ["status", "loop_count"],
  },
};

/** The names of the hooks that are read. */
export const HOOK_NAMES: readonly string[] = Object.keys(KINDS);

/** The events of what a hook was given. */
export function readCursorHook(
  payload: unknown,
  receivedAt: number,
  { environment, privacy, gate }: HookContext,
): readonly TelemetryEvent[] {
  if (hookFolders(payload).some((folder) => gate.excludes(folder))) return [];
  return parseCursorHook(payload, receivedAt, {
    privacy,
    projects: new Projects(privacy, environment.home),
    parentOf: (conversation) => parentConversation(ownFolder(environment), conversation),
  });
}

/**
 * The event of a payload; none for a hook that is not known, or without a conversation.
 *
 * @param receivedAt milliseconds; no payload tells a time of its own
 */
export function parseCursorHook(
  payload: unknown,
  receivedAt: number,
  { privacy, projects, parentOf }: HookReader,
): readonly TelemetryEvent[] {
  const hook = objectOf(payload);
  const name = nameOf(hook);
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  const conversation = textOf(hook.conversation_id) ?? textOf(hook.session_id);
  if (!kind || conversation === undefined) return [];
  const told = textOf(hook.parent_conversation_id);
  const parent = told ?? (kind.ofParent ? undefined : parentOf(conversation));
  const agent = textOf(hook.subagent_id) ?? (parent === undefined ? undefined : conversation);
  const generation = textOf(hook.generation_id), version = textOf(hook.cursor_version);
  const model = textOf(hook.model);
  return [{
    eventId: identityOf(hook, name, kind, receivedAt, privacy),
    platform: literal("cursor"),
    sessionId: privacy.id(parent ?? conversation),
    eventType: kind.type,
    hookType: literal(name),
    timestamp: receivedAt,
    metadata: {
      project_hash: projectOf(hook, projects),
      agent_id: agent === undefined ? undefined : privacy.id(agent),
      ...(version === undefined ? {} : { version: safeVersion(version) }),
    },
    payload: {
      ...kind.project(hook, privacy),
      ...(model === undefined ? {} : { model: safeModel(model) }),
      ...(generation === undefined ? {} : { generation_id: privacy.id(generation) }),
      tokens: literal("not_kept"),
    },
  }];
}

/** Cursor's own name, also of a hook that it found under another assistant's. */
function nameOf({ hook_event_name }: Json): string {
  const name = textOf(hook_event_name) ?? "";
  if (name === "UserPromptSubmit") return "beforeSubmitPrompt";
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/**
 * A call is known by its id, what happens once by its conversation and generation. All else is
 * known by its words and the moment it came.
 */
function identityOf(
  hook: Json,
  name: string,
  { same, ofSession }: Kind,
  receivedAt: number,
  privacy: Privacy,
): SafeText {
  const call = textOf(hook.tool_use_id);
  const id = call && readSafeText(`hook:${name}:${privacy.id(call)}`);
  if (id) return id;
  const owner = ofSession ? "session" : textOf(hook.generation_id);
  if (!same || owner === undefined) {
    return privacy.hash(`hook ${receivedAt} ${JSON.stringify(hook)}`, 32);
  }
  const conversation = hook.conversation_id ?? hook.session_id;
  const words = [name, conversation, owner, ...same.map((field) => hook[field] ?? null)];
  return privacy.hash(`hook ${JSON.stringify(words)}`, 32);
}

/** Of several folders the first. */
function projectOf(hook: Json, projects: Projects): SafeText | undefined {
  const [path] = hookFolders(hook);
  return path === undefined ? undefined : projects.of(path).hash;
}

/** The folders of the window that a payload names; Cursor on Windows writes `/c:/…`. */
export function hookFolders(payload: unknown): string[] {
  const { workspace_roots } = objectOf(payload);
  const roots = Array.isArray(workspace_roots) ? workspace_roots : [];
  return roots.flatMap((root) => textOf(root)?.replace(/^\/(?=[A-Za-z]:)/, "") ?? []);
}

function sizeOf(text: unknown): EventRecord {
  return { ...measureText(textOf(text) ?? "") };
}

/** Counts by our name, of those fields that are there. */
function numbers(hook: Json, names: Readonly<Record<string, string>>): EventRecord {
  return Object.fromEntries(
    Object.entries(names).filter(([, field]) => hook[field] != null)
      .map(([name, field]) => [name, countOf(hook[field])]),
  );
}

function wordOf(value: unknown, list: ReadonlySet<string>): SafeText {
  return safeWord(textOf(value) ?? OTHER, list);
}
