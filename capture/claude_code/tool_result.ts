/**
 * Tool results: how a call ended and how many lines it changed. Only fixed beginnings of an
 * error's text tell a refusal from a failure; the text itself is dropped.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import { literal, measureText, type SafeText } from "../../core/privacy.ts";
import type { Outcome } from "../../core/session_counts.ts";
import { safeAgentType } from "./closed_lists.ts";
import { errorClass } from "./error_class.ts";
import { contentText, countOf, type Json, objectOf, objectsOf, textOf } from "../json_access.ts";
import type { LineContext } from "./transcript_parser.ts";

const ID_CHARACTERS_MAX = 96;
const REJECTIONS_MAX = 500;

/** Beginnings of an error's text, and what they mean. */
const BEGINNINGS: readonly (readonly [RegExp, Outcome])[] = [
  [/^The user doesn't want to proceed with this tool use\./, "rejected"],
  [/^The user doesn't want to take this action right now\./, "rejected"],
  [/^User chose to stay in plan mode/, "rejected"],
  [/^\[Request interrupted by user for tool use\]/, "interrupted"],
  [/^\[Tool call interrupted/, "interrupted"],
  [/^Exit code \d+\n\[Request interrupted by user/, "interrupted"],
  [/^Permission for this action was denied/, "permission_denied"],
  [/^Permission to /, "permission_denied"],
  [/haven't granted it yet/, "permission_denied"],
  [/^[\s\S]{0,85}The following parts require approval/, "permission_denied"],
  [/^[\s\S]{0,89}denied by your permission settings/, "permission_denied"],
  [/^(Pre|Post)ToolUse:\S+ hook error/, "hook_blocked"],
  [/^[\s\S]{0,68}hook blocked/, "hook_blocked"],
  [/^\S+ operation blocked by hook/, "hook_blocked"],
  [/^[\s\S]{0,37}Sibling tool call errored/, "cancelled_sibling"],
  [/^<tool_use_error>Cancelled: parallel tool call/, "cancelled_sibling"],
];

/** Where a result tells how long its tool ran, and the milliseconds of its unit. */
const DURATIONS = [["totalDurationMs", 1], ["durationMs", 1], ["durationSeconds", 1000]] as const;

const DENIAL_KINDS: Readonly<Record<string, Outcome>> = {
  "interrupted": "interrupted",
  "permission-rule": "permission_denied",
  "automode-blocked": "permission_denied",
  "automode-unavailable": "permission_denied",
  "cancelled": "cancelled_sibling",
};

/** An event for each result on a user line; code counts go to the first of them. */
export function parseToolResults(context: LineContext, message: Json): TelemetryEvent[] {
  const blocks = objectsOf(message.content).filter(({ type }) => type === "tool_result");
  return blocks.flatMap((block, i) => {
    const id = textOf(block.tool_use_id);
    if (id === undefined) return [];
    const outcome = outcomeOf(context.line, block);
    const text = contentText(block.content);
    const safeId = context.privacy.id(id);
    remember(context, safeId, outcome);
    return [context.event(resultId(context, safeId), "tool_result", {
      tool_use_id: safeId,
      outcome: literal(outcome),
      ...deciderOf(context.line),
      ...(outcome === "failed" ? { error_class: errorClass(text) } : {}),
      characters: text.length,
      ...(context.sidechain ? { sidechain: true } : {}),
      ...(i === 0 ? agentOf(context) : {}),
      ...(i === 0 ? resultFacts(context.line.toolUseResult) : {}),
    })];
  });
}

/**
 * Remembers a result for the marker that may follow. One that is told again, as a resumed client
 * replays a history, is not the result that a marker behind it speaks of.
 */
function remember({ memory, line }: LineContext, toolUseId: SafeText, outcome: Outcome): void {
  if (outcome === "rejected") {
    if (memory.rejections.includes(toolUseId)) return;
    memory.rejections = [...memory.rejections.slice(1 - REJECTIONS_MAX), toolUseId];
  }
  memory.lastResult = outcome === "rejected" ? "rejected" : "other";
  memory.doubtful = outcome === "rejected" && isDoubtful(line) ? toolUseId : null;
}

/** A newer client writes a rejection's text for a call that was interrupted, too. */
function isDoubtful(line: Json): boolean {
  return line.toolDenialKind === "user-rejected" && !line.toolDenialBeforeRun &&
    !line.userFeedback;
}

/** What turns a doubtful rejection into the interruption that it was. */
export function interruptedResult(context: LineContext, toolUseId: SafeText): TelemetryEvent {
  return context.event(resultId(context, toolUseId), "tool_result", {
    tool_use_id: toolUseId,
    outcome: literal("interrupted"),
    corrects: true,
  });
}

/** A line's uuid makes a result, not the tool's id alone: a call may be answered twice. */
function resultId({ uuid, privacy }: LineContext, toolUseId: SafeText): SafeText {
  const id = `${uuid ?? "result"}:${toolUseId}`;
  return id.length <= ID_CHARACTERS_MAX ? id as SafeText : privacy.hash(id, 32);
}

function outcomeOf(line: Json, block: Json): Outcome {
  if (block.is_error !== true) return "ok";
  const denied = denialOf(line);
  if (denied) return denied;
  const text = contentText(block.content).trim();
  return BEGINNINGS.find(([beginning]) => beginning.test(text))?.[1] ?? "failed";
}

/** Who let a call run, where a newer client says it. */
function deciderOf({ permissionDecision }: Json): EventRecord {
  const { decision, source, reasonType } = objectOf(permissionDecision);
  if (decision !== "accept" || typeof source !== "string") return {};
  if (source === "user_temporary" || source === "user_permanent") {
    return { decided_by: literal("person") };
  }
  if (source === "hook") return { decided_by: literal("hook") };
  if (source !== "config") return {};
  const isRule = reasonType === "rule", isMode = reasonType === "mode";
  return { decided_by: literal(isRule ? "rule" : isMode ? "mode" : "policy") };
}

/** What newer clients say in fields of their own. */
function denialOf(line: Json): Outcome | undefined {
  const decision = objectOf(line.permissionDecision);
  if (decision.decision === "reject") {
    if (decision.source === "hook") return "hook_blocked";
    const byRule = decision.source === "config" || decision.reasonType === "rule";
    return byRule ? "permission_denied" : "rejected";
  }
  const kind = textOf(line.toolDenialKind);
  if (kind === "user-rejected") {
    return line.toolDenialBeforeRun || line.userFeedback ? "rejected" : undefined;
  }
  return kind !== undefined && Object.hasOwn(DENIAL_KINDS, kind) ? DENIAL_KINDS[kind] : undefined;
}

/** The sub-agent that a call started. */
function agentOf({ line, privacy }: LineContext): EventRecord {
  const { agentId, agentType } = objectOf(line.toolUseResult);
  const agent = textOf(agentId), type = textOf(agentType);
  if (agent === undefined) return {};
  return {
    agent_id: privacy.id(agent),
    ...(type === undefined ? {} : { agent_type: safeAgentType(type, privacy) }),
  };
}

/** What the client's own account of a result tells: changed lines, git, searches, duration. */
function resultFacts(result: unknown): EventRecord {
  const json = objectOf(result);
  const durationMs = durationOf(json);
  const searches = searchesOf(json);
  return {
    ...codeCounts(json),
    ...gitFacts(objectOf(json.gitOperation)),
    ...(searches > 0 ? { web_searches: searches } : {}),
    ...(durationMs === undefined ? {} : { duration_ms: durationMs }),
  };
}

/** A client tells how many, or what each found: of one that failed, which costs none, a text. */
function searchesOf({ searchCount, results }: Json): number {
  if (searchCount !== undefined) return countOf(searchCount);
  return objectsOf(results).filter(({ tool_use_id }) => textOf(tool_use_id)).length;
}

function durationOf(result: Json): number | undefined {
  for (const [name, factor] of DURATIONS) {
    const value = result[name];
    if (typeof value === "number" && value >= 0) return Math.round(value * factor);
  }
  return undefined;
}

function gitFacts({ commit, push, pr }: Json): EventRecord {
  const created = textOf(objectOf(pr).action) === "created";
  return {
    ...(textOf(objectOf(commit).sha) ? { git_commits: 1 } : {}),
    ...(textOf(objectOf(push).branch) ? { git_pushes: 1 } : {}),
    ...(created ? { pull_requests: 1 } : {}),
  };
}

/** What a client's account of an edit tells of lines and files, as counts. */
export function codeCounts({ structuredPatch, type, content, userModified }: Json): EventRecord {
  if (!Array.isArray(structuredPatch)) return {};
  let added = 0, removed = 0;
  for (const hunk of objectsOf(structuredPatch)) {
    for (const line of Array.isArray(hunk.lines) ? hunk.lines : []) {
      if (typeof line !== "string") continue;
      if (line.startsWith("+")) added++;
      else if (line.startsWith("-")) removed++;
    }
  }
  const created = type === "create" && structuredPatch.length === 0 &&
    typeof content === "string";
  return {
    lines_added: added,
    lines_removed: removed,
    ...(created ? { files_created: 1, created_file_lines: measureText(content).lines } : {}),
    ...(userModified === true ? { user_modified: true } : {}),
  };
}
