/**
 * The kinds of insights: to add one, write a file and a line here. What is stored is derived anew
 * at the next start.
 *
 * @module
 */

import type { InsightKind, SessionKind, WideKind } from "./insight_rule.ts";
import { alwaysGranted } from "./insights/always_granted.ts";
import { apiErrors } from "./insights/api_errors.ts";
import { blindEdits } from "./insights/blind_edits.ts";
import { brokenCache } from "./insights/broken_cache.ts";
import { churn } from "./insights/churn.ts";
import { costOutliers } from "./insights/cost_outliers.ts";
import { dearLines } from "./insights/dear_lines.ts";
import { dearModel } from "./insights/dear_model.ts";
import { deniedCalls } from "./insights/denied_calls.ts";
import { editMismatches } from "./insights/edit_mismatches.ts";
import { failedWork } from "./insights/failed_work.ts";
import { failingTools } from "./insights/failing_tools.ts";
import { fastMode } from "./insights/fast_mode.ts";
import { heavyStart } from "./insights/heavy_start.ts";
import { hookBlocks } from "./insights/hook_blocks.ts";
import { idleSessions } from "./insights/idle_sessions.ts";
import { interruptions } from "./insights/interruptions.ts";
import { lapsedCache } from "./insights/lapsed_cache.ts";
import { largeContext } from "./insights/large_context.ts";
import { largeResults } from "./insights/large_results.ts";
import { longSession } from "./insights/long_session.ts";
import { missingPrograms } from "./insights/missing_programs.ts";
import { permissionWaits } from "./insights/permission_waits.ts";
import { rejectedCalls } from "./insights/rejected_calls.ts";
import { rejectedWork } from "./insights/rejected_work.ts";
import { repeatedCompactions } from "./insights/repeated_compactions.ts";
import { repeatedFailures } from "./insights/repeated_failures.ts";
import { rereads } from "./insights/rereads.ts";
import { retryStorm } from "./insights/retry_storm.ts";
import { risingFailures } from "./insights/rising_failures.ts";
import { slowTools } from "./insights/slow_tools.ts";
import { timeouts } from "./insights/timeouts.ts";
import { toolsOverModel } from "./insights/tools_over_model.ts";
import { unreadEdits } from "./insights/unread_edits.ts";
import { untestedEdits } from "./insights/untested_edits.ts";
import { unusedServers } from "./insights/unused_servers.ts";
import { wrongPaths } from "./insights/wrong_paths.ts";

/** To be raised when a kind finds something else in the same facts. */
export const INSIGHT_RULES = 3;

/** Kinds that are found in one session, and stored. */
export const SESSION_KINDS: readonly SessionKind[] = [
  alwaysGranted,
  idleSessions,
  longSession,
  permissionWaits,
  slowTools,
  toolsOverModel,
  apiErrors,
  editMismatches,
  missingPrograms,
  repeatedFailures,
  retryStorm,
  risingFailures,
  timeouts,
  unreadEdits,
  wrongPaths,
  blindEdits,
  churn,
  deniedCalls,
  hookBlocks,
  interruptions,
  rejectedCalls,
  untestedEdits,
  brokenCache,
  fastMode,
  lapsedCache,
  heavyStart,
  largeContext,
  largeResults,
  repeatedCompactions,
  rereads,
];

/**
 * Kinds that set sessions beside each other. They are found when they are asked for: each new
 * session would change what is found in all others.
 */
export const WIDE_KINDS: readonly WideKind[] = [
  costOutliers,
  dearLines,
  dearModel,
  failedWork,
  failingTools,
  rejectedWork,
  unusedServers,
];

/** All kinds. */
export const INSIGHT_KINDS: readonly InsightKind[] = [...SESSION_KINDS, ...WIDE_KINDS];
