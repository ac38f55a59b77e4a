/**
 * What a tool call adds to the sums of its tool: how it ended, what it changed, and what became of
 * it where it was an edit.
 *
 * @module
 */

import {
  CODE_COUNTS,
  DEED_COUNTS,
  OUTCOMES,
  type TOOL_COUNTS,
  type Verdict,
  VERDICTS,
} from "../../core/session_counts.ts";
import type { Words } from "../../core/words.ts";
import type { ToolCallFact } from "./tool_call_fact.ts";

/** Counts of one call by name. */
export type ToolCounts = Record<typeof TOOL_COUNTS[number], number>;

/** Tools that propose a change of a file. */
const EDIT_TOOLS: ReadonlySet<string> = new Set(["Edit", "Write", "MultiEdit", "NotebookEdit"]);
/** Modes in which an edit is made without asking anybody. */
const UNASKED_MODES: ReadonlySet<string> = new Set([
  "acceptEdits",
  "auto",
  "bypassPermissions",
  "dontAsk",
]);

/** What a call adds; `fact.tool` must be known. */
export function toolCounts(fact: ToolCallFact, words: Words): ToolCounts {
  const outcome = fact.outcome === null ? undefined : OUTCOMES[fact.outcome];
  const isEdit = fact.tool !== null && EDIT_TOOLS.has(words.text(fact.tool));
  const verdict = isEdit ? verdictOf(fact, words) : undefined;
  const granted = fact.asked === 1 && outcome !== undefined && RAN.has(outcome);
  return {
    uses: 1,
    ...ones(OUTCOMES, outcome, ""),
    ...pick(fact, CODE_COUNTS),
    ...pick(fact, DEED_COUNTS),
    ...ones(VERDICTS, verdict, "edits_"),
    edits_accepted_by_permission: verdict === "accepted" ? fact.asked : 0,
    permission_asked: fact.asked,
    permission_granted: granted ? 1 : 0,
  };
}

/** Outcomes of a call that was let run. */
const RAN: ReadonlySet<string> = new Set(["ok", "failed", "interrupted"]);

/**
 * What became of a proposed edit, as CONTRACT defines it. A mode that no source told counts as
 * the default one, in which the client asks.
 */
function verdictOf(fact: ToolCallFact, words: Words): Verdict {
  if (fact.outcome === OUTCOMES.indexOf("rejected")) return "rejected";
  if (fact.outcome !== OUTCOMES.indexOf("ok")) return "unknown";
  if (fact.user_modified === 1) return "modified";
  if (fact.asked === 1) return "accepted";
  const unasked = fact.mode !== null && UNASKED_MODES.has(words.text(fact.mode));
  return unasked || fact.headless === 1 ? "auto" : "accepted";
}

/** 1 under the name that is meant, 0 under every other. */
function ones<N extends string, P extends string>(
  names: readonly N[],
  meant: N | undefined,
  prefix: P,
): Record<`${P}${N}`, number> {
  return Object.fromEntries(
    names.map((name) => [`${prefix}${name}`, name === meant ? 1 : 0]),
  ) as Record<`${P}${N}`, number>;
}

function pick<N extends keyof ToolCallFact>(fact: ToolCallFact, names: readonly N[]) {
  return Object.fromEntries(names.map((name) => [name, fact[name]])) as Record<N, number>;
}
