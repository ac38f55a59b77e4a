/**
 * Payloads of Cursor's hooks in the shapes that are documented; every text in them that a person,
 * a file or a program wrote is the secret.
 */

/** A payload of any kind. */
export type Payload = Record<string, unknown>;

/** A text that must be nowhere in an event: no shape of safe text lets it through. */
export const SECRET = "§ my secret §";

/** The conversation, the generation and the call of every payload that names no other. */
export const CONVERSATION = "6b1f7c52-3d7e-4a5b-9c3f-0000000000cc";
export const GENERATION = "7c2f8d63-4e8f-4b6c-8d40-0000000000dd";
export const CALL = "toolu_01A8QUUC9zHWzhSReV8AuFmf";

const CALLED = {
  tool_name: "Write",
  tool_input: {
    file_path: `/home/kim/${SECRET}/a.ts`,
    old_string: `${SECRET}\nb`,
    new_string: `${SECRET}\nc\nd`,
  },
  tool_use_id: CALL,
  cwd: `/home/kim/${SECRET}`,
  agent_message: SECRET,
};

const FIELDS: Readonly<Record<string, Payload>> = {
  sessionStart: {
    session_id: CONVERSATION,
    is_background_agent: false,
    composer_mode: "agent",
  },
  sessionEnd: {
    session_id: CONVERSATION,
    reason: "user_close",
    duration_ms: 45_000,
    is_background_agent: false,
    final_status: SECRET,
    error_message: SECRET,
  },
  beforeSubmitPrompt: {
    prompt: `${SECRET}\nand more`,
    attachments: [{ type: "file", filePath: `/home/kim/${SECRET}` }],
  },
  postToolUse: { ...CALLED, tool_output: `{"text":"${SECRET}"}`, duration: 812.6 },
  postToolUseFailure: {
    ...CALLED,
    error_message: SECRET,
    failure_type: "timeout",
    duration: 30_000,
    is_interrupt: false,
  },
  afterFileEdit: {
    file_path: `/home/kim/${SECRET}/a.py`,
    edits: [
      { old_string: SECRET, new_string: `${SECRET}\n${SECRET}` },
      { old_string: `${SECRET}\nx`, new_string: SECRET },
    ],
  },
  afterShellExecution: {
    command: `echo ${SECRET}`,
    cwd: `/home/kim/${SECRET}`,
    output: SECRET,
    duration: 150,
    sandbox: false,
  },
  afterMCPExecution: {
    tool_name: SECRET,
    tool_input: `{"query":"${SECRET}"}`,
    result_json: `{"rows":"${SECRET}"}`,
    url: `http://${SECRET}/`,
    duration: 250,
  },
  afterAgentThought: { text: SECRET, duration_ms: 1200 },
  afterAgentResponse: { text: `${SECRET}\n${SECRET}` },
  subagentStop: {
    subagent_type: "explore",
    status: "completed",
    duration_ms: 9000,
    message_count: 4,
    tool_call_count: 7,
    loop_count: 0,
    modified_files: [`/home/kim/${SECRET}`],
    summary: SECRET,
    task: SECRET,
    description: SECRET,
    agent_transcript_path: SECRET,
  },
  preCompact: {
    trigger: "auto",
    context_usage_percent: 91,
    context_tokens: 120_000,
    context_window_size: 128_000,
    message_count: 40,
    messages_to_compact: 30,
    is_first_compaction: true,
  },
  stop: { status: "completed", loop_count: 2 },
};

/** The hooks that a payload can be made for. */
export const EVENTS = Object.keys(FIELDS);

/** What a hook is given. */
export function cursorPayload(event: string, more: Payload = {}): Payload {
  return {
    conversation_id: CONVERSATION,
    generation_id: GENERATION,
    model: "claude-4.6-opus-high-thinking",
    model_id: "claude-4.6-opus",
    model_params: [{ id: SECRET, value: SECRET }],
    hook_event_name: event,
    cursor_version: "3.19.4",
    workspace_roots: [`/home/kim/${SECRET}`],
    user_email: `${SECRET}@example.org`,
    transcript_path: `/home/kim/.cursor/projects/${SECRET}.jsonl`,
    ...FIELDS[event],
    ...more,
  };
}
