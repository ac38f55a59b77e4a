/**
 * The kinds of insights: to add one, write a file and a line here. What is stored is derived anew
 * at the next start.
 *
 * @module
 */

import { repeatedCompactions } from "./insights/repeated_compactions.ts";
import { repeatedFailures } from "./insights/repeated_failures.ts";

/** Of what an insight speaks. */
export const INSIGHT_TYPES = ["errors", "context"] as const;

/** One kind: where it is found, and how it is told. */
export interface InsightKind {
  /** `<type>.<what>`, the same in every version. */
  readonly name: string;
  readonly type: typeof INSIGHT_TYPES[number];
  /**
   * A query over the facts of session ?1. Each row is a finding: the number of a word that it
   * speaks of (0 for none), its first and its last moment, how often it was found, in n of its
   * kind. The same facts give the same rows, in whatever order they came.
   */
  readonly sql: string;
  /** What `count` counts, as a name in JSON. */
  readonly counts: string;
  /** One sentence without full stop. */
  title(count: number, member: string | undefined): string;
  /** What to do. */
  readonly suggestion: string;
}

/** All kinds. */
export const INSIGHT_KINDS: readonly InsightKind[] = [repeatedFailures, repeatedCompactions];
