/**
 * A user line, which is mostly not a user's: tool results, injected text, command output, and
 * now and then something that a person typed.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { literal, measureText, type SafeText, safeWord } from "../../core/privacy.ts";
import { permissionMode, safeCommand } from "./closed_lists.ts";
import { contentText, type Json, objectOf, objectsOf, textOf } from "../json_access.ts";
import { interruptedResult, parseToolResults } from "./tool_result.ts";
import type { LineContext } from "./transcript_parser.ts";

type InputType =
  | "user_prompt"
  | "slash_command"
  | "bash_input"
  | "subagent_prompt"
  | "interruption"
  | "context_clear";

/** The command that begins anew: the session goes on under another id, in a file of its own. */
const CLEAR = literal("clear");

const INTERRUPTED = "[Request interrupted by user]";
const INTERRUPTED_TOOL = "[Request interrupted by user for tool use]";
const INJECTED_ELEMENT =
  /<(ide_opened_file|ide_selection|ide_diagnostics|system-reminder)>[\s\S]*?<\/\1>/g;
const HOOK_FEEDBACK = new RegExp(
  "^(?:Stop|SubagentStop|PreToolUse|PostToolUse|UserPromptSubmit|PreCompact)(?::\\S+)? " +
    "(?:hook|operation)\\b.{0,40}?(?:feedback|blocked)",
);
const COMMAND_OUTPUT = [
  "<session-start-hook>",
  "<user-prompt-submit-hook>",
  "<local-command-stdout>",
  "<local-command-stderr>",
  "<local-command-caveat>",
  "<bash-stdout>",
  "<bash-stderr>",
];
const TYPED: ReadonlySet<InputType> = new Set(["user_prompt", "slash_command", "bash_input"]);
const GRANTED_PLAN = "Implement the following plan:";
const COMMAND_NAME_WITHIN = 400;
const COMMAND_NAME = /<command-name>\/?([^<]{1,100})<\/command-name>/;
const PROMPT_SOURCES: ReadonlySet<string> = new Set(["typed", "queued", "sdk", "system"]);

/** The events of a line: its tool results, or the one thing that a person did. */
export function parseUserLine(context: LineContext, message: Json): readonly TelemetryEvent[] {
  const { line, memory } = context;
  memory.mode = permissionMode(line.permissionMode) ?? memory.mode;
  const results = parseToolResults(context, message);
  if (line.isCompactSummary === true) return results;
  const text = contentText(message.content).trim();
  const isMarker = text.startsWith(INTERRUPTED_TOOL) || text.startsWith(INTERRUPTED);
  if (isMarker && line.interruptedMessageId && memory.doubtful) {
    const corrected = interruptedResult(context, memory.doubtful);
    memory.lastResult = memory.doubtful = null;
    return [...results, corrected, input(context, "interruption", text)];
  }
  if (text.startsWith(INTERRUPTED_TOOL)) {
    const ofRejection = memory.lastResult === "rejected";
    memory.lastResult = null;
    return ofRejection ? results : [...results, input(context, "interruption", text)];
  }
  if (text.startsWith(INTERRUPTED)) return [...results, input(context, "interruption", text)];
  if (objectsOf(message.content).some(({ type }) => type === "tool_result")) return results;
  const type = inputType(context, message, text);
  if (type === undefined) return results;
  const told = input(context, type, text);
  if (told.payload.command !== CLEAR) return [...results, told];
  const id = identity(context, "context_clear", text);
  return [...results, told, context.event(id, "context_clear", {})];
}

function inputType(context: LineContext, message: Json, text: string): InputType | undefined {
  const { line } = context;
  if (line.isMeta || line.isVisibleInTranscriptOnly || HOOK_FEEDBACK.test(text)) return undefined;
  const origin = textOf(objectOf(line.origin).kind) ?? "human";
  if (text.startsWith("<task-notification>") || origin !== "human") return undefined;
  if (COMMAND_OUTPUT.some((tag) => text.startsWith(tag))) return undefined;
  if (text.slice(0, COMMAND_NAME_WITHIN).includes("<command-name>")) return "slash_command";
  if (text.startsWith("<bash-input>")) return "bash_input";
  if (context.sidechain) return "subagent_prompt";
  const typed = text.replace(INJECTED_ELEMENT, "").trim() !== "";
  return typed || hasImage(message) ? "user_prompt" : undefined;
}

/**
 * An input is known by its time and text: a history that is replayed into a file keeps both,
 * under new uuids. Its line is told, too: an old client kept that and dated it anew.
 */
function input(context: LineContext, type: InputType, text: string): TelemetryEvent {
  const { line, privacy } = context;
  const typed = text.replace(INJECTED_ELEMENT, "").trim();
  const size = measureText(typed);
  const command = type === "slash_command" ? COMMAND_NAME.exec(text)?.[1] : undefined;
  const source = textOf(line.promptSource);
  const follows = placesOf(context, type, text);
  const event = context.event(identity(context, type, typed), type, {
    characters: size.characters,
    words: size.words,
    lines: size.lines,
    ...(hasImage(objectOf(line.message)) ? { image: true } : {}),
    ...(textOf(line.promptId) ? { prompt_id: privacy.id(String(line.promptId)) } : {}),
    ...(type === "user_prompt" && text.startsWith("/") ? { slash: true } : {}),
    ...(follows.length > 0 ? { follows } : {}),
    ...(command ? { command: safeCommand(command, privacy) } : {}),
    ...(source ? { prompt_source: safeWord(source, PROMPT_SOURCES) } : {}),
  });
  return { ...event, metadata: { ...event.metadata, line: context.uuid } };
}

/**
 * Behind what a person typed it: in a side chain nobody types, and what is queued stands where the
 * model was. A plan that was granted begins anew without being typed.
 */
function placesOf(context: LineContext, type: InputType, text: string): readonly SafeText[] {
  const isTyped = TYPED.has(type) && !context.sidechain && !text.startsWith(GRANTED_PLAN);
  if (isTyped) context.memory.typed = context.uuid ?? null;
  return isTyped ? context.links.places(context.line) : [];
}

function identity(context: LineContext, type: InputType, typed: string): SafeText {
  const when = context.time ?? context.uuid ?? "";
  return context.privacy.hash(`input ${type} ${when} ${typed}`, 32);
}

function hasImage(message: Json): boolean {
  return objectsOf(message.content).some(({ type }) => type === "image" || type === "document");
}
