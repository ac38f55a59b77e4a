/**
 * The names of what is counted: columns of the sum tables and keys of the reports alike.
 *
 * @module
 */

/** What is summed by model, in the order of the columns of `model_sums`. */
export const MODEL_COUNTS = [
  "messages",
  "messages_without_stop_reason",
  "input",
  "output",
  "cache_read",
  "cache_creation",
  "cache_creation_5m",
  "cache_creation_1h",
  "cache_creation_unsplit",
  "thinking",
  "web_searches",
  "fast_messages",
  "priced_tokens",
  "cost_micros",
  "messages_without_tokens",
  "estimated_input",
  "estimated_output",
  "cache_read_saved_micros",
  "cache_write_extra_micros",
] as const;

/** What of a response is summed by that on whose account it goes. */
export const ATTRIBUTION_COUNTS = [
  "messages",
  "messages_without_tokens",
  "input",
  "output",
  "cache_read",
  "cache_creation",
  "priced_tokens",
  "cost_micros",
  "tool_uses",
] as const;

/** What responses go on the account of; `side` stands alone, the others before a word. */
export const ATTRIBUTION_KINDS = ["side", "agent", "skill", "server", "effort"] as const;

/** How a tool call ended; its place here is its number in `tool_calls.outcome`. */
export const OUTCOMES = [
  "ok",
  "failed",
  "rejected",
  "interrupted",
  "permission_denied",
  "hook_blocked",
  "cancelled_sibling",
] as const;

/** Tools that propose a change of a file, where their call does not tell its kind. */
export const EDIT_TOOLS = ["Edit", "Write", "MultiEdit", "NotebookEdit"] as const;

/** What is counted of the code that a tool call changed. */
export const CODE_COUNTS = [
  "lines_added",
  "lines_removed",
  "files_created",
  "created_file_lines",
] as const;

/** What else a tool call did. */
export const DEED_COUNTS = [
  "web_searches",
  "git_commits",
  "git_pushes",
  "pull_requests",
] as const;

/** What became of a proposed edit, as CONTRACT defines it. */
export const VERDICTS = [
  "accepted",
  "rejected",
  "modified",
  "undone",
  "auto",
  "unknown",
] as const;

/** Permission that was asked for, and given: seen by hooks alone. */
export const PERMISSION_COUNTS = ["permission_asked", "permission_granted"] as const;

/** What is summed by tool, in the order of the columns of `tool_sums`. */
export const TOOL_COUNTS = [
  "uses",
  ...OUTCOMES,
  ...CODE_COUNTS,
  ...DEED_COUNTS,
  "edits_accepted",
  "edits_rejected",
  "edits_modified",
  "edits_undone",
  "edits_auto",
  "edits_unknown",
  "edits_accepted_by_permission",
  ...PERMISSION_COUNTS,
  "edits_accepted_by_review",
  "edits_accepted_by_commit",
  "edits_accepted_by_report",
] as const;

/** Numbers that a client shows of a session; none is ever summed over time. */
export const SESSION_GAUGES = [
  "context_tokens",
  "context_limit",
  "reported_lines_added",
  "reported_lines_removed",
  "reported_files_changed",
  "estimated_cost_micros",
  "reported_cost_micros",
] as const;

/** Pieces of differences that a person judged, and their lines. */
export const HUNK_COUNTS = [
  "hunks_accepted",
  "hunks_rejected",
  "accepted_lines_added",
  "accepted_lines_removed",
  "rejected_lines_added",
  "rejected_lines_removed",
] as const;

/** Lines that an assistant counts by day: those it suggested, and those that were accepted. */
export const DAILY_COUNTS = [
  "tab_suggested_lines",
  "tab_accepted_lines",
  "composer_suggested_lines",
  "composer_accepted_lines",
] as const;

/** Lines of commits by whom they are, as an assistant has it. */
export const COMMIT_COUNTS = [
  "lines_added",
  "lines_removed",
  "tab_lines_added",
  "tab_lines_removed",
  "composer_lines_added",
  "composer_lines_removed",
  "human_lines_added",
  "human_lines_removed",
  "blank_lines_added",
  "blank_lines_removed",
] as const;

/** What a search of the web costs, in millionths of a dollar: 10 dollars a thousand. */
export const WEB_SEARCH_MICROS = 10_000;

/** What is summed by kind of input, and by class of error. */
export const INPUT_COUNTS = ["count"] as const;

/** The event types that count as input, and the name each is reported under. */
export const INPUT_NAMES = {
  user_prompt: "user_prompts",
  queued_prompt: "queued_prompts",
  slash_command: "slash_commands",
  bash_input: "bash_inputs",
  subagent_prompt: "subagent_prompts",
  interruption: "interruptions",
  context_compact: "compactions",
  context_clear: "clears",
  api_error: "api_errors",
  inline_prompt: "inline_prompts",
} as const;

/** What a person types to set the assistant to work: each begins a turn. */
export const TURN_BEGINNINGS = [
  "user_prompt",
  "queued_prompt",
  "slash_command",
  "bash_input",
] as const;

/** What is summed of the time of sessions, in the order of the columns of `time_sums`. */
export const TIME_COUNTS = [
  "model_ms",
  "tool_ms",
  "permission_ms",
  "user_ms",
  "agent_ms",
  "agents_busy_ms",
  "calls",
  "timed_calls",
] as const;

/** The tier that is kept for good, of which every other sum can be made. */
export const QUARTER_SECONDS = 900;

/** Tools whose calls ask a person something: they take as long as the answer does. */
export const QUESTION_TOOLS = ["AskUserQuestion", "ExitPlanMode"] as const;

/** A call that took longer is taken for one that never ended, in milliseconds. */
export const CALL_MAX_MS = 86_400_000;
/** The longest time of turns: a clock that was set wrong makes no number that cannot be read. */
export const TURN_MAX_MS = 2 ** 50;
/** The longest pause that still counts as activity, in milliseconds. */
export const PAUSE_MAX_MS = 5 * 60_000;
/** What is typed to the model itself. */
export const PROMPTS = ["user_prompt", "queued_prompt"] as const;

/** What a walk along the facts of a session counts, in the order of the columns. */
export const USAGE_COUNTS = [
  "operations",
  "calls_ok",
  "calls_failed",
  "edits",
  "edits_again",
  "files_edited",
  "files_read_first",
  "retries",
  "retries_ok",
  "model_switches",
  "requests",
  "requests_with_limit",
  "requests_over_half",
  "requests_over_four_fifths",
  "compactions",
  "compactions_told",
  "tokens_freed",
  "compaction_gaps",
  "compaction_gap_ms",
  "operations_after_compaction",
  "prompts",
  "prompts_measured",
  "prompt_words",
  "prompt_characters",
  "prompts_short",
  "prompts_middling",
  "prompts_long",
  "prompt_gaps_under_10s",
  "prompt_gaps_under_30s",
  "prompt_gaps_over_30s",
  "phase_explore_ms",
  "phase_plan_ms",
  "phase_edit_ms",
  "phase_test_ms",
  "phase_run_ms",
  "phase_commit_ms",
  "phase_delegate_ms",
  "phase_other_ms",
  "phase_answer_ms",
  "phase_explore_calls",
  "phase_plan_calls",
  "phase_edit_calls",
  "phase_test_calls",
  "phase_run_calls",
  "phase_commit_calls",
  "phase_delegate_calls",
  "phase_other_calls",
] as const;

/** What of it is the greatest of a stretch of time, and no sum. */
export const USAGE_PEAKS = ["operations_a_minute", "largest_request", "largest_fill"] as const;

/** What of a session has no sum over time. */
export const SESSION_USAGE = [
  "operations",
  "files_edited",
  "files_churned",
  "request_last",
  "request_median",
  "request_largest",
  "fill_last",
  "fill_median",
  "fill_largest",
] as const;

/** What is counted of turns by their workflow, in the order of the columns of `workflows`. */
export const WORKFLOW_COUNTS = [
  "turns",
  "finished",
  "broken_off",
  "calls",
  "failed",
  "timed",
  "turn_ms",
] as const;

/** A name that inputs are reported under. */
export type InputName = typeof INPUT_NAMES[keyof typeof INPUT_NAMES];

/** How one tool call ended. */
export type Outcome = typeof OUTCOMES[number];

/** What became of one proposed edit. */
export type Verdict = typeof VERDICTS[number];

/**
 * The tiers of sums: length of a bucket in seconds, and for how long it is kept in milliseconds.
 * Tier 0 is the whole session. Time zones are multiples of 15 minutes, so the last tier serves
 * every one's hours and days.
 */
export const TIERS = [
  { seconds: 0, keepMs: Infinity },
  { seconds: 60, keepMs: 25 * 3_600_000 },
  { seconds: 300, keepMs: 8 * 86_400_000 },
  { seconds: 900, keepMs: Infinity },
] as const;

/** By what a client exported a fact; the numbers are stored. */
export const EXPORTED_VIA = { log: 0, span: 1 } as const;
