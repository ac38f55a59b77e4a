/**
 * What a person does not want captured: all of it for a while, parts of every event, and folders.
 *
 * @module
 */

import type { EventRecord, EventType, TelemetryEvent } from "./event.ts";
import { literal } from "./privacy.ts";

/** What goes with a category. */
interface Category {
  /** Events that are not told at all. */
  readonly types?: readonly EventType[];
  /** Fields of payloads and metadata that are not told. */
  readonly fields?: readonly string[];
  /** Only in events of these types; in all where nothing is said. */
  readonly of?: readonly EventType[];
}

const TYPED: readonly EventType[] = [
  "user_prompt",
  "queued_prompt",
  "slash_command",
  "bash_input",
  "subagent_prompt",
  "inline_prompt",
  "feedback",
  "exported_prompt",
];

/** Everything that can be switched off by itself, and what that is in events. */
export const OFF_CATEGORIES = {
  prompts: { fields: ["characters", "words", "lines"], of: TYPED },
  commands: { fields: ["form", "command"] },
  files: {
    types: ["file_snapshot", "file_change", "tracked_lines"],
    fields: ["file", "file_extension", "files_modified"],
  },
  lines: {
    types: ["daily_lines", "tracked_lines", "scored_commit", "metric_point"],
    fields: [
      "lines_added",
      "lines_removed",
      "files_created",
      "created_file_lines",
      "noted_added",
      "noted_removed",
      "accepted_lines_added",
      "accepted_lines_removed",
      "rejected_lines_added",
      "rejected_lines_removed",
      "reported_lines_added",
      "reported_lines_removed",
      "reported_files_changed",
    ],
  },
  git: {
    types: ["scored_commit", "metric_point"],
    fields: ["git_commits", "git_pushes", "pull_requests"],
  },
  cost: {
    types: ["cost_state", "status_seen", "metric_point"],
    fields: [
      "input_tokens",
      "output_tokens",
      "cache_read_tokens",
      "cache_creation_tokens",
      "cache_creation_5m_tokens",
      "cache_creation_1h_tokens",
      "thinking_tokens",
      "context_tokens",
      "tokens_before",
      "tokens_after",
      "estimated_cost_micros",
      "reported_cost_micros",
      "cost_micros",
    ],
  },
  limits: { types: ["status_seen"] },
  projects: { fields: ["project_hash", "workspace_hash"] },
  tracking: {
    types: ["tracked_decision", "reported_outcome", "recorded_turn", "feedback"],
  },
} as const satisfies Readonly<Record<string, Category>>;

/** Name of a category. */
export type OffCategory = keyof typeof OFF_CATEGORIES;

/** What is chosen. */
export interface CaptureChoices {
  /** Nothing is captured. */
  readonly paused: boolean;
  readonly off: readonly OffCategory[];
  /** Folders, or patterns of them. */
  readonly exclude: readonly string[];
}

/** Whether a name is one of a category. */
export function isOffCategory(name: string): name is OffCategory {
  return Object.hasOwn(OFF_CATEGORIES, name);
}

/** What of an event is left without some categories; undefined where it is not told at all. */
export function withoutCategories(
  event: TelemetryEvent,
  off: readonly OffCategory[],
): TelemetryEvent | undefined {
  let told = event;
  for (const name of off) {
    const { types = [], fields = [], of }: Category = OFF_CATEGORIES[name];
    if (types.includes(event.eventType)) return undefined;
    if (of && !of.includes(event.eventType)) continue;
    told = {
      ...told,
      metadata: without(told.metadata, fields),
      payload: without(told.payload, fields),
    };
    // Tokens that nobody tells are unknown, as those of a client that keeps none.
    if (name === "cost" && event.eventType === "assistant_response") {
      told = { ...told, payload: { ...told.payload, tokens: literal("not_kept") } };
    }
  }
  return told;
}

function without(record: EventRecord, fields: readonly string[]): EventRecord {
  if (!fields.some((name) => name in record)) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));
}
