/**
 * What people typed: how often, how much, and how soon after each other; and all operations.
 *
 * @module
 */

import { PROMPTS, TURN_BEGINNINGS } from "../../../core/session_counts.ts";
import type { UsagePart, UsageParts } from "./usage_part.ts";

const PROMPT_TYPES: ReadonlySet<string> = new Set(PROMPTS);
const TYPED: ReadonlySet<string> = new Set(TURN_BEGINNINGS);
/** A prompt of fewer words is short, one of more is long. */
const SHORT_UNDER = 20;
const LONG_OVER = 100;

/** Counts prompts by size, and the time between two of them where both are timed. */
export function watchPrompts({ tally }: UsageParts): UsagePart {
  let before: number | undefined;
  return {
    input({ at, type, timed, words, characters }) {
      if (!PROMPT_TYPES.has(type)) return;
      tally.add(at, "prompts");
      if (words !== null && characters !== null) {
        const band = words < SHORT_UNDER ? "short" : words > LONG_OVER ? "long" : "middling";
        tally.add(at, "prompts_measured");
        tally.add(at, "prompt_words", words);
        tally.add(at, "prompt_characters", characters);
        tally.add(at, `prompts_${band}`);
      }
      if (!timed) return;
      if (before !== undefined) tally.add(at, `prompt_gaps_${gapOf(at - before)}`);
      before = at;
    },
  };
}

/** Counts operations: what people typed, responses and calls, of sub-agents too. */
export function watchOperations({ tally }: UsageParts): UsagePart {
  const count = ({ at }: { readonly at: number }) => tally.add(at, "operations");
  return {
    input: (input) => TYPED.has(input.type) && count(input),
    response: count,
    call: count,
    session: () => ({ operations: tally.sum("operations") }),
  };
}

function gapOf(ms: number): "under_10s" | "under_30s" | "over_30s" {
  if (ms < 10_000) return "under_10s";
  return ms <= 30_000 ? "under_30s" : "over_30s";
}
