/**
 * What the assistant's transcripts are known to hold, over all versions that were looked at: kinds
 * of lines and their fields. What is on no list here is counted as drift, and never harms.
 *
 * @module
 */

/** Subtypes of `system` lines. */
export const SYSTEM_SUBTYPES = words(`
  agents_killed api_error away_summary bridge_status compact_boundary informational local_command
  microcompact_boundary model_refusal_fallback scheduled_task_fire stop_hook_summary turn_duration
`);

/** Types of attachments. */
export const ATTACHMENT_TYPES = words(`
  agent_listing_delta agent_mention auto_mode auto_mode_exit budget_usd command_permissions
  compact_file_reference date date_change deferred_tools_delta deferred_tools_record diagnostics
  directory dynamic_skill edited_text_file environment file goal_status hook_additional_context
  hook_blocking_error hook_cancelled hook_deferred_tool hook_error_during_execution
  hook_non_blocking_error hook_permission_decision hook_stopped_continuation hook_success
  hook_system_message invoked_skills max_turns_reached mcp_instructions_delta model nested_memory
  opened_file_in_ide output_style plan_file_reference plan_mode plan_mode_exit plan_mode_reentry
  prompt_snapshot queued_command read_truncation_notice relevant_memories remote_session_change
  selected_lines_in_ide session_context skill_listing structured_output task_reminder task_status
  todo_reminder total_tokens_reminder ultra_effort_enter
`);

/** Types of progress. */
export const PROGRESS_TYPES = words(`
  agent_progress bash_progress hook_progress mcp_progress query_update search_results_received
  waiting_for_task
`);

/** Types of content blocks. */
export const BLOCK_TYPES = words(`
  advisor_tool_result document image redacted_thinking server_tool_use text thinking
  tool_reference tool_result tool_use web_fetch_tool_result web_search_tool_result
`);

/** Fields that a line of any type may have. */
const ENVELOPE = `
  type uuid parentUuid sidechainParentUuid logicalParentUuid timestamp sessionId session_id
  sessionKind version cwd gitBranch isSidechain userType entrypoint agentId slug teamName isMeta
`;
const STATE_FIELDS = {
  "agent-color": "agentColor",
  "agent-name": "agentName",
  "agent-setting": "agentSetting",
  "ai-title": "aiTitle",
  "api-request": "id querySource shapeHash params keep tail cacheControl requestDigest base",
  "api-request-blob": "hash message",
  "api-request-shape": "shapeHash shape",
  "artifact-autoreact-ledger": "",
  "artifact-comment-monitor": "",
  "atis-latch": "atis",
  "attribution-snapshot": "",
  "bridge-session": "bridgeSessionId lastSequenceNum ownerAccountUuid ownerOrganizationUuid",
  "content-replacement": "",
  "continued-in": "",
  "cost-state": `totalCostUSD totalAPIDuration totalAPIDurationWithoutRetries totalToolDuration
    totalLinesAdded totalLinesRemoved totalDuration startTime modelUsage hasUnknownModelCost`,
  "custom-title": "customTitle",
  "ended-by-model": "",
  "file-history-delta": "messageId snapshotMessageId trackingPath backup",
  "file-history-snapshot": "messageId snapshot isSnapshotUpdate",
  "fork-context-ref": "",
  "frame-link": "path frameUrl",
  "history-suppression": "",
  "last-prompt": "lastPrompt leafUuid",
  "launched": "key label phase",
  "mode": "mode",
  "permission-mode": "permissionMode",
  "pr-link": "prNumber prUrl prRepository",
  "queue-operation": "operation content reason",
  "relocated": "relocatedCwd",
  "result": "key result",
  "started": "key label phase",
  "summary": "summary leafUuid",
  "tag": "tag",
  "tools-used": "tools",
  "worktree-state": "worktreeSession",
};
/** Kinds of lines of which only the binary's own words are known, and no field. */
const UNSEEN = new Set(Object.entries(STATE_FIELDS).flatMap(([type, own]) => own ? [] : [type]));

/** Fields of a line by its type, those of a line without type among them. */
export const LINE_FIELDS: ReadonlyMap<unknown, ReadonlySet<string> | undefined> = new Map(
  Object.entries({
    ...STATE_FIELDS,
    assistant: `message requestId requestRef requestSessionId requestedModel promptCacheRequested
      apiBlockIndex effort perTurnEffort madeBy isAbortedMidStream isApiErrorMessage error
      apiErrorStatus errorDetails attributionAgent attributionSkill attributionPlugin
      attributionMcpServer attributionMcpTool advisorModel wireToolInputs toolInputStreamMs
      thinkingDurationMs thinkingDisplay costUSD durationMs`,
    attachment: "attachment rendered renderedRole renderedBesideToolResult",
    progress: "data toolUseID parentToolUseID",
    system: `subtype level content url commandRun hookCount hookInfos hookErrors
      failedHookErrorIndexes hookAdditionalContext preventedContinuation stopReason hasOutput
      toolUseID durationMs messageCount pendingBackgroundAgentCount pendingWorkflowCount
      compactMetadata microcompactMetadata error cause source retryInMs retryAttempt maxRetries
      cronKind originalModel fallbackModel trigger direction apiRefusalCategory
      refusedUserMessageUuid retractedMessageUuids retracted_message_uuids`,
    user: `message promptId promptSource origin turnOrigin turnPosition permissionMode
      permissionDecision sandboxed isCompactSummary repeatsCompactSummary
      isVisibleInTranscriptOnly toolUseResult toolDenialKind toolDenialBeforeRun
      sourceToolAssistantUUID sourceToolUseID interruptedMessageId interruptedByShutdown
      toolEndsTurn turnCompanion queuePriority userFeedback classifierMetaLines mcpMeta
      mcpCallNotReadOnly thinkingMetadata todos imagePasteIds planContent`,
  }).map(([type, own]) => [type, UNSEEN.has(type) ? undefined : words(ENVELOPE + own)]),
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}
