/**
 * What each part of the usage of a session is.
 *
 * @module
 */

import type { FactWatcher } from "../../../core/insight_rule.ts";
import type { SessionUsage, UsageTally } from "./tally.ts";

/** Sees all facts of a session in the order of time, and counts some of them. */
export interface UsagePart extends FactWatcher {
  /** What it knows of the session as a whole. */
  session?(): SessionUsage;
}

/** What a part works with. */
export interface UsageParts {
  readonly tally: UsageTally;
  /** How many tokens fit into a model's context; null where that is not known. */
  contextOf(model: string): number | null;
}
