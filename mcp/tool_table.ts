/**
 * The tools that there are, by category.
 *
 * @module
 */

import {
  optimizeContext,
  predictAcceptance,
  recommendTools,
  suggestStrategy,
} from "./advice_tools.ts";
import {
  acceptancePatterns,
  contextualInsights,
  errorPatterns,
  productivity,
} from "./analysis_tools.ts";
import {
  currentMetrics,
  sessionMetrics,
  subscribeMetrics,
  toolPerformance,
} from "./metrics_tools.ts";
import { relatedConversations, similarTasks, successfulPatterns } from "./likeness_tools.ts";
import { findSessions } from "./search_tools.ts";
import type { Tool } from "./tool.ts";
import { logOutcome, recordTurn, submitFeedback, trackDecision } from "./tracking_tools.ts";

/** All tools, in the order in which they are listed. */
export const TOOLS: readonly Tool[] = [
  currentMetrics,
  sessionMetrics,
  toolPerformance,
  subscribeMetrics,
  acceptancePatterns,
  errorPatterns,
  productivity,
  contextualInsights,
  similarTasks,
  successfulPatterns,
  findSessions,
  relatedConversations,
  optimizeContext,
  suggestStrategy,
  predictAcceptance,
  recommendTools,
  trackDecision,
  logOutcome,
  recordTurn,
  submitFeedback,
];
