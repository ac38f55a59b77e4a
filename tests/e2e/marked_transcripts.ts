/**
 * Transcripts in which every field that can hold content holds a marker: a word with a blank and
 * an @, so that no shape of an id, tool, model or kind lets it pass.
 */

import { Transcript } from "../helpers/transcripts.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Matches a marker, also where a path or an address was made of it. */
export const MARKER = /qz(@|-|_|%40|\\u0040)7x/gi;

const LONG_BYTES = 17 * 1024 * 1024;
let count = 0;

/** A marker that is used once. */
function mark(): string {
  return `QZ@7X${count++} canary`;
}

/** Tools with inputs that people's content is in. */
function toolInputs(): Readonly<Record<string, Fields>> {
  return {
    Bash: { command: `echo ${mark()}`, description: mark() },
    Read: { file_path: `/home/${mark()}/${mark()}.ts`, offset: 1 },
    Edit: { file_path: `/${mark()}.${mark()}`, old_string: mark(), new_string: mark() },
    MultiEdit: { file_path: mark(), edits: [{ old_string: mark(), new_string: mark() }] },
    Write: { file_path: `/home/x.${mark()}`, content: mark() },
    NotebookEdit: { notebook_path: mark(), cell_id: mark(), new_source: mark() },
    Grep: { pattern: mark(), path: mark(), glob: mark() },
    Glob: { pattern: mark(), path: mark() },
    WebFetch: { url: `https://${mark()}`, prompt: mark() },
    WebSearch: { query: mark(), allowed_domains: [mark()] },
    TodoWrite: { todos: [{ content: mark(), status: "pending", activeForm: mark() }] },
    Task: { description: mark(), prompt: mark(), subagent_type: mark(), model: mark() },
    AskUserQuestion: { questions: [{ question: mark(), options: [{ label: mark() }] }] },
    ExitPlanMode: { plan: mark(), allowedPrompts: [{ prompt: mark() }] },
    Skill: { skill: mark(), args: mark() },
    ToolSearch: { query: mark() },
    [`mcp__${mark()}__${mark()}`]: { [mark()]: mark() },
    [mark()]: { [mark()]: { [mark()]: [mark()] } },
  };
}

/** What `toolUseResult` may be. */
function toolResults(): readonly unknown[] {
  return [
    mark(),
    [{ type: "text", text: mark() }],
    { stdout: mark(), stderr: mark(), interrupted: false, returnCodeInterpretation: mark() },
    {
      filePath: mark(),
      oldString: mark(),
      newString: mark(),
      originalFile: mark(),
      structuredPatch: [{ oldStart: 1, lines: [`+${mark()}`, `-${mark()}`, ` ${mark()}`] }],
      userModified: true,
    },
    { type: "create", filePath: mark(), content: `${mark()}\n${mark()}\n`, structuredPatch: [] },
    { type: mark(), file: { filePath: mark(), content: mark(), numLines: 1 } },
    { mode: mark(), filenames: [mark()], content: mark(), numFiles: mark() },
    { url: mark(), result: mark(), codeText: mark(), bytes: 1 },
    { query: mark(), results: [{ title: mark(), url: mark() }, mark()] },
    { oldTodos: [{ content: mark() }], newTodos: [{ content: mark() }] },
    {
      status: mark(),
      agentId: mark(),
      agentType: mark(),
      prompt: mark(),
      content: [{ text: mark() }],
      usage: {},
    },
    { questions: [{ question: mark() }], answers: { [mark()]: mark() } },
    {
      plan: mark(),
      filePath: mark(),
      gitOperation: {
        commit: { sha: mark(), branch: mark(), kind: mark() },
        push: { branch: mark() },
        pr: { action: "created", url: mark() },
      },
    },
    { matches: [mark()], task: { output: mark(), id: mark() } },
  ];
}

/** Beginnings of errors, each with something of the user's behind. */
function errorTexts(): readonly string[] {
  return [
    `The user doesn't want to proceed with this tool use. the user said:\n${mark()}`,
    `Exit code 1\n${mark()}`,
    `Claude requested permissions to write to ${mark()}, but you haven't granted it yet.`,
    `PreToolUse:Edit hook error: [${mark()}]: ${mark()}`,
    `<tool_use_error>${mark()}</tool_use_error>`,
    mark(),
  ];
}

/** What a person typed, in all its forms. */
function inputContents(): readonly unknown[] {
  return [
    mark(),
    [{ type: "text", text: mark() }, { type: "image", source: { data: mark() } }],
    [{ type: "text", text: `<ide_selection>${mark()}</ide_selection>` }, {
      type: "text",
      text: mark(),
    }],
    `<command-name>/${mark()}</command-name><command-args>${mark()}</command-args>`,
    `<bash-input>${mark()}</bash-input>`,
    `<bash-stdout>${mark()}</bash-stdout><bash-stderr>${mark()}</bash-stderr>`,
    `<local-command-stdout>${mark()}</local-command-stdout>`,
    `<task-notification>${mark()}</task-notification>`,
    `[Request interrupted by user] ${mark()}`,
    [{ type: mark(), [mark()]: mark() }],
  ];
}

/** A copy of a file, as the client keeps it. */
function backup(): Fields {
  return { backupFileName: mark(), version: 1, backupTime: "2026-03-01T12:00:00.000Z" };
}

/** What the client found of the files that it keeps copies of. */
function snapshot(): Fields {
  const messageId = mark(), timestamp = "2026-03-01T12:00:00.000Z";
  const trackedFileBackups = {
    [mark()]: { ...backup(), realParentDir: `/home/${mark()}` },
    [`/home/${mark()}`]: backup(),
    [`/${mark()}`]: { ...backup(), backupFileName: null },
  };
  return {
    messageId,
    snapshot: { messageId, timestamp, trackedFileBackups },
    isSnapshotUpdate: false,
  };
}

/** Lines of the other types, with their fields. */
function otherLines(): readonly (readonly [string, Fields])[] {
  return [
    ["summary", { summary: mark(), leafUuid: mark() }],
    ["ai-title", { aiTitle: mark() }],
    ["custom-title", { customTitle: mark() }],
    ["agent-name", { agentName: mark() }],
    ["last-prompt", { lastPrompt: mark(), leafUuid: mark() }],
    ["queue-operation", { operation: "enqueue", content: mark() }],
    ["pr-link", { prUrl: `https://${mark()}`, prRepository: mark(), prNumber: 7 }],
    ["frame-link", { path: mark(), frameUrl: mark() }],
    ["bridge-session", { bridgeSessionId: mark() }],
    ["mode", { mode: mark() }],
    ["file-history-snapshot", snapshot()],
    ["file-history-snapshot", { snapshot: { trackedFileBackups: { [mark()]: { a: mark() } } } }],
    ["file-history-delta", { trackingPath: mark(), backup: { backupFileName: mark() } }],
    ["progress", { data: { type: "hook_progress", command: mark(), hookName: mark() } }],
    ["progress", { data: { type: "bash_progress", output: mark(), fullOutput: mark() } }],
    ["progress", { data: { type: "mcp_progress", serverName: mark(), toolName: mark() } }],
    ["progress", {
      data: {
        type: "agent_progress",
        prompt: mark(),
        message: {
          type: "user",
          message: { role: "user", content: [{ type: "text", text: mark() }] },
        },
      },
    }],
    ["system", {
      subtype: "stop_hook_summary",
      hookInfos: [{ command: mark() }],
      hookErrors: [mark()],
    }],
    ["system", {
      subtype: "api_error",
      error: { message: mark() },
      cause: mark(),
      retryAttempt: mark(),
    }],
    ["system", {
      subtype: "compact_boundary",
      content: mark(),
      compactMetadata: { trigger: mark() },
    }],
    ["system", { subtype: "local_command", content: mark(), level: mark() }],
    ["system", { subtype: "away_summary", content: mark() }],
    ["system", { subtype: "turn_duration", durationMs: mark() }],
    ["system", { subtype: mark(), content: mark(), url: mark() }],
    ["attachment", {
      attachment: { type: "queued_command", commandMode: "prompt", prompt: mark() },
    }],
    ["attachment", { attachment: { type: "hook_success", stdout: mark(), content: mark() } }],
    ["attachment", {
      attachment: { type: "edited_text_file", filename: mark(), snippet: mark() },
    }],
    ["attachment", {
      attachment: { type: "diagnostics", files: [{ uri: mark(), message: mark() }] },
    }],
    ["attachment", { attachment: { type: mark(), [mark()]: mark() } }],
    ["user", {
      isCompactSummary: true,
      isVisibleInTranscriptOnly: true,
      message: { role: "user", content: mark() },
    }],
    ["user", { isMeta: true, planContent: mark(), message: { role: "user", content: mark() } }],
    [mark(), { [mark()]: mark() }],
    ...unknownLines(),
  ];
}

/** Lines with kinds and fields that no list has. */
function unknownLines(): readonly (readonly [string, Fields])[] {
  return [
    ["brand-new", { [mark()]: mark() }],
    ["mode", { mode: mark(), [mark()]: mark(), brandNew: mark() }],
    ["attachment", { attachment: mark(), [mark()]: mark() }],
    ["progress", { data: { type: mark(), [mark()]: mark() } }],
    ["progress", { data: mark() }],
    ["system", { [mark()]: mark() }],
    ["user", { message: { role: "user", content: [mark(), { type: mark() }] } }],
    ["cost-state", costState()],
  ];
}

/** The client's totals, of models that no list has. */
function costState(): Fields {
  const usage = { inputTokens: mark(), outputTokens: 7, costUSD: mark(), [mark()]: mark() };
  return {
    totalCostUSD: mark(),
    totalDuration: 5,
    startTime: mark(),
    modelUsage: { [mark()]: usage, "claude-opus-5-5": usage },
    [mark()]: mark(),
  };
}

/** Fields that stand on lines of every type. */
function everywhere(): Fields {
  return {
    gitBranch: mark(),
    slug: mark(),
    userType: mark(),
    entrypoint: mark(),
    userEmail: `${mark()}.example`,
    version: mark(),
    agentId: mark(),
    promptId: mark(),
    promptSource: mark(),
    requestId: mark(),
    permissionMode: mark(),
    todos: [{ content: mark() }],
    thinkingMetadata: { triggers: [mark()] },
    permissionDecision: { decision: mark(), source: mark(), reason: mark() },
    userFeedback: mark(),
    parentUuid: mark(),
    toolDenialKind: mark(),
    origin: { kind: "human", detail: mark() },
  };
}

/**
 * Writes a session in which everything is marked, the working folder but for its last part too.
 *
 * @returns the transcript, to be added to
 */
export function writeMarked(claude: string, session: number): Transcript {
  const cwd = `/home/${mark()}/engine`;
  const transcript = new Transcript(claude, { session, cwd });
  for (const content of inputContents()) {
    transcript.add("user", { ...everywhere(), message: { role: "user", content } });
  }
  for (const [tool, input] of Object.entries(toolInputs())) transcript.response({ tool, input });
  for (const toolUseResult of toolResults()) {
    transcript.response({ tool: "Edit", input: { file_path: mark() } });
    transcript.result({ content: [{ type: "text", text: mark() }], toolUseResult });
  }
  for (const content of errorTexts()) {
    transcript.response({ tool: "Bash" });
    transcript.result({ content, isError: true, toolUseResult: `Error: ${mark()}` });
  }
  writeResponses(transcript);
  writeAgent(transcript);
  for (const [type, fields] of otherLines()) {
    transcript.add(type, { ...everywhere(), ...fields });
  }
  return writeBroken(transcript);
}

/** A sub-agent's own transcript, and what the client notes of it beside. */
function writeAgent(transcript: Transcript): void {
  const folder = transcript.path.replace(/\.jsonl$/, "/subagents"), name = `agent-${mark()}`;
  Deno.mkdirSync(folder, { recursive: true });
  const meta = { agentType: mark(), description: mark(), toolUseId: mark(), model: mark() };
  Deno.writeTextFileSync(`${folder}/${name}.meta.json`, JSON.stringify(meta));
  const message = { role: "user", content: mark() };
  const line = transcript.line("user", { ...everywhere(), isSidechain: true, message });
  Deno.writeTextFileSync(`${folder}/${name}.jsonl`, `${line}\n`);
}

/** Responses with a marker in every field of their own. */
function writeResponses(transcript: Transcript): void {
  transcript.add("assistant", {
    ...everywhere(),
    uuid: mark(),
    error: mark(),
    effort: mark(),
    attributionAgent: mark(),
    attributionMcpServer: mark(),
    attributionPlugin: mark(),
    attributionSkill: mark(),
    message: {
      id: mark(),
      model: `claude ${mark()}`,
      stop_reason: mark(),
      stop_sequence: mark(),
      container: { id: mark() },
      content: [
        { type: "thinking", thinking: mark(), signature: mark() },
        { type: "text", text: mark(), citations: [mark()] },
        { type: "tool_use", id: mark(), name: "Edit", input: { file_path: mark() } },
        { type: "tool_use", id: mark(), name: `mcp__${mark()}__${mark()}`, input: {} },
        { type: mark(), [mark()]: mark() },
      ],
      usage: { output_tokens: mark(), service_tier: mark(), speed: mark(), [mark()]: 7 },
    },
  });
  transcript.add("assistant", {
    isApiErrorMessage: true,
    error: mark(),
    apiErrorStatus: mark(),
    errorDetails: mark(),
    message: { id: mark(), model: "<synthetic>", content: [{ type: "text", text: mark() }] },
  });
}

/** What is no whole line: broken, glued, half-written and far too long. */
function writeBroken(transcript: Transcript): Transcript {
  transcript.write(`${mark()}\n{"cwd":"${mark()}\n{"type":"user","${mark()}\n"${mark()}"\n`);
  const line = transcript.line("user", { message: { role: "user", content: mark() } });
  transcript.write(`${line}{"type":"summary","summary":"${mark()}"}\n`);
  const long = `${mark()} `.repeat(LONG_BYTES / 16);
  transcript.add("user", { message: { role: "user", content: long } });
  transcript.add("user", { message: { role: "user", content: mark() } });
  return transcript;
}
