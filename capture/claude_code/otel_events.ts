/**
 * What Claude Code exports over OTLP, as events without content. Names and attributes as recorded
 * of 1.0.128, 2.0.77, 2.1.112 and 2.1.330: numbers are texts in the older ones.
 *
 * @module
 */

import type { EventRecord, EventType, TelemetryEvent } from "../../core/event.ts";
import {
  literal,
  OTHER,
  type Privacy,
  safeKind,
  safeModel,
  type SafeText,
  safeWord,
} from "../../core/privacy.ts";
import { numberOf, type OtlpRecord } from "../otlp_record.ts";
import type { ExportReading } from "../platform.ts";
import { apiErrorFacts } from "./api_error.ts";
import { effort, permissionMode, safeAgentType, safeSkill } from "./closed_lists.ts";
import { EXPORT_PREFIX } from "./names.ts";

/** Attributes of one record. */
type Told = OtlpRecord["attributes"];

/** What makes an event's payload; undefined where a record says nothing of its own. */
type Project = (told: Told, privacy: Privacy) => EventRecord | undefined;

const DECISIONS: ReadonlySet<string> = new Set(["accept", "reject"]);
const DECISION_SOURCES: ReadonlySet<string> = new Set([
  "config",
  "hook",
  "user_permanent",
  "user_temporary",
  "user_abort",
  "user_reject",
]);
const KINDS: Readonly<Record<string, readonly [EventType, Project]>> = {
  api_request: ["api_request", apiRequest],
  api_error: ["failed_request", failedRequest],
  api_refusal: ["refused_request", refusedRequest],
  tool_decision: ["tool_decision", toolDecision],
  tool_result: ["tool_run", toolRun],
  "tool.execution": ["tool_run", toolRun],
  user_prompt: ["exported_prompt", exportedPrompt],
  compaction: ["exported_compaction", exportedCompaction],
};

/** What stands for a name that a user made up. */
const CUSTOM: ReadonlySet<string> = new Set(["custom", "custom_skill"]);

/** What is known and tells nothing that is not told elsewhere, better. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  "api_request_body",
  "api_response_body",
  "api_retries_exhausted",
  "assistant_response",
  "at_mention",
  "auth",
  "feedback_survey",
  "hook_execution_complete",
  "hook_execution_start",
  "hook_plugin_metrics",
  "hook_registered",
  "interaction",
  "internal_error",
  "managed_settings_resolved",
  "mcp_server_connection",
  "permission_mode_changed",
  "plugin_installed",
  "plugin_loaded",
  "retention_sweep",
  "skill_activated",
  "subagent_completed",
  "tool",
  "tool.blocked_on_user",
]);

const SIGNALS = {
  logs: literal("log"),
  metrics: literal("metric"),
  traces: literal("span"),
} as const;

/** Metrics by what they count, and by what their numbers are to be multiplied. */
const METRICS: Readonly<Record<string, readonly [metric: SafeText, scale: number]>> = {
  "token.usage": [literal("tokens"), 1],
  "cost.usage": [literal("cost_micros"), 1e6],
  "lines_of_code.count": [literal("lines"), 1],
  "code_edit_tool.decision": [literal("edit_decisions"), 1],
  "active_time.total": [literal("active_ms"), 1000],
  "session.count": [literal("starts"), 1],
  "commit.count": [literal("commits"), 1],
  "pull_request.count": [literal("pull_requests"), 1],
};

/** The kinds that metrics tell apart, by our names. */
const POINT_KINDS: Readonly<Record<string, SafeText>> = {
  input: literal("input"),
  output: literal("output"),
  cacheRead: literal("cache_read"),
  cacheCreation: literal("cache_creation"),
  added: literal("added"),
  removed: literal("removed"),
  user: literal("user"),
  cli: literal("cli"),
  accept: literal("accept"),
  reject: literal("reject"),
  fresh: literal("fresh"),
  resume: literal("resume"),
  continue: literal("continue"),
};

/** The events of records of Claude Code. */
export function readOtel(records: readonly OtlpRecord[], privacy: Privacy): ExportReading {
  const events: TelemetryEvent[] = [];
  let rejected = 0;
  for (const record of records) {
    const name = record.name.replace(EXPORT_PREFIX, "");
    const session = textIn(record.attributes, "session.id")?.split("#")[0];
    if (!session) rejected++;
    else if (record.signal === "metrics" || !PASSED_OVER.has(name)) {
      events.push(eventOf(record, name, session, privacy));
    }
  }
  return { events, rejected };
}

function eventOf(
  record: OtlpRecord,
  name: string,
  session: string,
  privacy: Privacy,
): TelemetryEvent {
  const [eventType, payload] = told(record, name, privacy) ?? unknown(name);
  const agent = textIn(record.attributes, "agent_id");
  const prompt = textIn(record.attributes, "prompt.id");
  return {
    eventId: identityOf(record, privacy),
    platform: literal("claude_code"),
    sessionId: privacy.id(session),
    eventType,
    timestamp: record.at,
    metadata: {
      exported: SIGNALS[record.signal],
      agent_id: agent === undefined ? undefined : privacy.id(agent),
    },
    payload: {
      ...payload,
      ...(prompt === undefined ? {} : { prompt_id: privacy.id(prompt) }),
    },
  };
}

/** Undefined for what no version that was seen exports, or that lacks what it must have. */
function told(
  record: OtlpRecord,
  name: string,
  privacy: Privacy,
): readonly [EventType, EventRecord] | undefined {
  if (record.signal === "metrics") {
    const point = metricPoint(record, name);
    return point && ["metric_point", point];
  }
  const [eventType, project] = kindOf(record, name) ?? [];
  const payload = project?.(record.attributes, privacy);
  return eventType && payload && [eventType, payload];
}

/** A span is of a request that was answered, or of one that failed. */
function kindOf({ attributes: told }: OtlpRecord, name: string) {
  if (name === "llm_request") {
    return KINDS[isFalse(told.get("success")) ? "api_error" : "api_request"];
  }
  return Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
}

/** Counted by name, so that a new version of the client is noticed. */
function unknown(name: string): readonly [EventType, EventRecord] {
  return ["unknown_export", { kind: safeKind(name) }];
}

/** A record is what it says: sent again, it has the same words and times. */
function identityOf(record: OtlpRecord, privacy: Privacy): SafeText {
  const { signal, name, at, startedAt, value, attributes } = record;
  const told = [...attributes].sort(([a], [b]) => a < b ? -1 : 1);
  return privacy.hash(`otlp ${JSON.stringify([signal, name, at, startedAt, value, told])}`, 32);
}

function apiRequest(told: Told, privacy: Privacy): EventRecord {
  const cost = numberIn(told, "cost_usd_micros") ?? scaled(numberIn(told, "cost_usd"), 1e6);
  const asked = effort(told.get("effort"));
  const agent = namedIn(told, "agent.name"), skill = namedIn(told, "skill.name");
  const server = namedIn(told, "mcp_server.name");
  return {
    ...idIn(told, "request_id", privacy),
    model: safeModel(textIn(told, "model")?.replace(/\[\w{1,8}\]$/, "") ?? OTHER),
    ...countsIn(told, [
      "input_tokens",
      "output_tokens",
      "cache_read_tokens",
      "cache_creation_tokens",
      "duration_ms",
      "ttft_ms",
      "attempt",
    ]),
    ...(cost === undefined ? {} : { cost_micros: Math.round(cost) }),
    purpose: purposeOf(textIn(told, "query_source") ?? textIn(told, "query_source_safe")),
    ...(told.get("speed") === "fast" ? { fast: true } : {}),
    ...(asked ? { effort: asked } : {}),
    ...(agent ? { agent_type: safeAgentType(agent, privacy) } : {}),
    ...(skill ? { skill: safeSkill(skill, privacy) } : {}),
    ...(server ? { mcp_server: serverOf(server, privacy) } : {}),
  };
}

/** What a request was made for; `unknown` where the client does not say. */
function purposeOf(source: string | undefined): SafeText {
  if (source === undefined) return literal("unknown");
  if (/^(repl_main_thread|sdk)\b/.test(source)) return literal("main");
  // The rest is the type of the agent, or the name that a user gave it.
  if (source.startsWith("agent:")) return literal("agent");
  return safeKind(source);
}

function serverOf(name: string, privacy: Privacy): SafeText {
  return privacy.mcpServer(`mcp__${name.replace(/[^A-Za-z0-9_-]/g, "_")}__`)!;
}

function failedRequest(told: Told, privacy: Privacy): EventRecord {
  return {
    ...idIn(told, "request_id", privacy),
    model: safeModel(textIn(told, "model") ?? OTHER),
    ...apiErrorFacts(undefined, told.get("status_code")),
    ...countsIn(told, ["duration_ms", "attempt"]),
  };
}

function refusedRequest(told: Told, privacy: Privacy): EventRecord {
  return {
    ...idIn(told, "request_id", privacy),
    model: safeModel(textIn(told, "model") ?? OTHER),
  };
}

function toolDecision(told: Told, privacy: Privacy): EventRecord | undefined {
  const mode = permissionMode(told.get("permission_mode"));
  const decision = textIn(told, "decision"), source = textIn(told, "source");
  if (!decision || !source) return undefined;
  return {
    ...callOf(told, privacy),
    decision: safeWord(decision, DECISIONS),
    source: safeWord(source, DECISION_SOURCES),
    ...(mode === undefined ? {} : { permission_mode: mode }),
  };
}

function toolRun(told: Told, privacy: Privacy): EventRecord {
  const { success, "error_class": error } = Object.fromEntries(told);
  return {
    ...callOf(told, privacy),
    success: isTrue(success),
    ...countsIn(told, ["duration_ms"]),
    ...(typeof error === "string" ? { error_kind: safeKind(error.toLowerCase()) } : {}),
  };
}

/** An MCP tool is called what it is called in transcripts, or not at all. */
function callOf(told: Told, privacy: Privacy): EventRecord {
  const id = textIn(told, "tool_use_id") ?? textIn(told, "use_id");
  const tool = textIn(told, "tool_name");
  return {
    ...(id === undefined ? {} : { tool_use_id: privacy.id(id) }),
    ...(tool === undefined || tool === "mcp_tool" ? {} : { tool: privacy.tool(tool) }),
  };
}

/** Commands are told as prompts, too; their names are not kept here. */
function exportedPrompt(told: Told, privacy: Privacy): EventRecord {
  const uuid = textIn(told, "message.uuid");
  return {
    ...(uuid === undefined ? {} : { message_uuid: privacy.id(uuid) }),
    ...(told.has("command_name") ? { is_command: true } : {}),
    ...(numberIn(told, "prompt_length") === undefined
      ? {}
      : { characters: countIn(told, "prompt_length") }),
  };
}

/** How large the context was before and after it, and whether it came to its end. */
function exportedCompaction(told: Told): EventRecord {
  const trigger = textIn(told, "trigger");
  const size = (name: string) => numberIn(told, name) === undefined ? null : countIn(told, name);
  return {
    trigger: trigger === undefined ? OTHER : safeKind(trigger),
    success: isTrue(told.get("success")),
    ...countsIn(told, ["duration_ms"]),
    tokens_before: size("pre_tokens"),
    tokens_after: size("post_tokens"),
  };
}

function metricPoint(record: OtlpRecord, name: string): EventRecord | undefined {
  if (!Object.hasOwn(METRICS, name)) return undefined;
  const { attributes: told, value = 0, startedAt, isCumulative } = record;
  const [metric, scale] = METRICS[name]!;
  const kind = textIn(told, "type") ?? textIn(told, "decision") ?? textIn(told, "start_type");
  const model = textIn(told, "model"), source = textIn(told, "query_source");
  return {
    metric,
    value: Math.round(value * scale),
    ...(kind === undefined ? {} : { kind: POINT_KINDS[kind] ?? OTHER }),
    ...(model === undefined ? {} : { model: safeModel(model) }),
    ...(source === undefined ? {} : { purpose: safeKind(source) }),
    ...(startedAt === undefined ? {} : { started_at: startedAt }),
    ...(isCumulative ? { cumulative: true } : {}),
  };
}

function isFalse(value: unknown): boolean {
  return value === false || value === "false";
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function textIn(told: Told, name: string): string | undefined {
  const value = told.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What users name themselves is called custom, as if that were its name. */
function namedIn(told: Told, name: string): string | undefined {
  const text = textIn(told, name);
  return text !== undefined && CUSTOM.has(text) ? undefined : text;
}

function numberIn(told: Told, name: string): number | undefined {
  return numberOf(told.get(name));
}

function countIn(told: Told, name: string): number {
  return Math.max(0, Math.round(numberIn(told, name) ?? 0));
}

function countsIn(told: Told, names: readonly string[]): EventRecord {
  return Object.fromEntries(
    names.filter((name) => numberIn(told, name) !== undefined)
      .map((name) => [name, countIn(told, name)]),
  );
}

function idIn(told: Told, name: string, privacy: Privacy): EventRecord {
  const id = textIn(told, name);
  return id === undefined ? {} : { [name]: privacy.id(id) };
}

function scaled(number: number | undefined, by: number): number | undefined {
  return number === undefined ? undefined : number * by;
}
