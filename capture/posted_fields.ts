/**
 * The fields that an event from elsewhere may have, and how each is made safe: what stands in no
 * list is not taken.
 *
 * @module
 */

import { DECIDERS, REVIEWS } from "../core/edit_verdict.ts";
import type { EventValue } from "../core/event.ts";
import { FILE_EXTENSIONS } from "../core/file_extensions.ts";
import {
  literal,
  type Privacy,
  safeKind,
  safeModel,
  type SafeText,
  safeVersion,
  safeWord,
} from "../core/privacy.ts";
import { OUTCOMES } from "../core/session_counts.ts";

/** What values are made safe with. */
export interface FieldContext {
  readonly privacy: Privacy;
  /** Words of the assistant itself, which are nobody's. */
  readonly words: ReadonlySet<string>;
}

/** The safe value; undefined for one of a kind that the field does not have. */
export type ReadField = (value: unknown, context: FieldContext) => EventValue | undefined;

/** Fields by name. */
export type Fields = Readonly<Record<string, ReadField>>;

const HASH = /^[0-9a-f]{16}$/;
const MCP_HASH = /^mcp:[0-9a-f]{8}$/;
const EXTENSIONS: ReadonlySet<string> = new Set([...FILE_EXTENSIONS, "none"]);
const CLOSED: ReadonlySet<string> = new Set([
  ...OUTCOMES,
  ...Object.keys(DECIDERS),
  ...Object.keys(REVIEWS),
  "edit",
  "not_kept",
]);

const isId = ofText((text, { privacy }) => privacy.id(text));
const isKind = ofText((text, { words }) => words.has(text) ? literal(text) : safeKind(text));
const isClosed = ofText((text, { words }) =>
  words.has(text) ? literal(text) : safeWord(text, CLOSED)
);
const isTool = ofText(toolOf);

/** What an event says besides what it is about. */
export const METADATA_FIELDS: Fields = {
  workspace_hash: isHash("workspace"),
  project_hash: isHash("project"),
  agent_id: isId,
  version: ofText(safeVersion),
  undated: isTruth,
  warmup: isTruth,
  hidden: isTruth,
};

/** What it is about, whichever type it has. */
export const PAYLOAD_FIELDS: Fields = {
  ...named(isId, ["tool_use_id", "message_id", "request_id", "prompt_id", "agent_id"]),
  ...named(isTruth, [
    "success",
    "interrupted",
    "sidechain",
    "synthetic",
    "fast",
    "final",
    "background",
    "user_modified",
  ]),
  ...named(isCount, [
    "characters",
    "words",
    "lines",
    "attachments",
    "calls",
    "duration_ms",
    "api_duration_ms",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_creation_tokens",
    "cache_creation_5m_tokens",
    "cache_creation_1h_tokens",
    "thinking_tokens",
    "web_searches",
    "lines_added",
    "lines_removed",
    "files_created",
    "created_file_lines",
    "git_commits",
    "git_pushes",
    "pull_requests",
    "tokens_before",
    "tokens_after",
    "attempt",
    "retry_in_ms",
    "rating",
  ]),
  ...named(isKind, [
    "stop_reason",
    "reason",
    "trigger",
    "source",
    "status",
    "mode",
    "kind",
    "service_tier",
    "effort",
  ]),
  ...named(isClosed, [
    "outcome",
    "decided_by",
    "reviewed",
    "error_class",
    "permission_mode",
    "form",
    "tool_kind",
    "tokens",
  ]),
  tool: isTool,
  mcp_server: isTool,
  model: ofText(safeModel),
  file_extension: ofText((text) => safeWord(text.toLowerCase(), EXTENSIONS)),
  file: isHash("file"),
  agent_type: isName("agent"),
  skill: isName("skill"),
  command: isName("command"),
};

/** The hook that told it: a name that the assistant has for one. */
export const readHookType: ReadField = isClosed;

function isCount(value: unknown): number | undefined {
  const isOne = typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
  return isOne ? Math.trunc(value) : undefined;
}

function isTruth(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function ofText(read: (text: string, context: FieldContext) => SafeText): ReadField {
  return (value, context) =>
    value === null ? null : typeof value === "string" ? read(value, context) : undefined;
}

/** A keyed hash as we make them; of anything else one is made. */
function isHash(kind: string): ReadField {
  return ofText((text, { privacy }) =>
    HASH.test(text) ? literal(text) : privacy.hash(`${kind} ${text}`)
  );
}

/** What people give names to: those of the assistant itself stand, of others the hash. */
function isName(kind: string): ReadField {
  const hash = isHash(kind);
  return (value, context) =>
    typeof value === "string" && context.words.has(value) ? literal(value) : hash(value, context);
}

function toolOf(text: string, { privacy }: FieldContext): SafeText {
  return MCP_HASH.test(text) ? literal(text) : privacy.tool(text);
}

function named(read: ReadField, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, read]));
}
