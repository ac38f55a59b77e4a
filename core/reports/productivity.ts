/**
 * An experimental score from 0 to 100, with all that it is made of.
 *
 * Each component is a share from 0 (bad) to 1 (good). The score is their mean, weighted:
 *
 * | component | weight | value |
 * | --- | --- | --- |
 * | `tool_success` | 30 | ok ÷ (ok + failed) calls |
 * | `edits_kept` | 25 | as `kept_rate` |
 * | `undisturbed` | 20 | 1 − (interruptions + refused calls) ÷ prompts, at least 0 |
 * | `few_failures` | 10 | 1 − failed calls ÷ (3 × prompts), at least 0; if a call finished |
 * | `outcome` | 15 | 1 − e^(−x), x = (changed lines ÷ 50 + 2 × commits) ÷ prompts |
 *
 * One that is not known is left out, and the weights of the others grow to 1 together.
 *
 * @module
 */

import { keptRate } from "./acceptance.ts";
import type { Totals } from "./totals.ts";

/** One part of the score; all is null where it is not known. */
export interface ProductivityComponent {
  readonly value: number | null;
  /** Its share of the score; what is left out has none. */
  readonly weight: number;
  /** How many calls, edits or prompts it rests on. */
  readonly n: number;
}

/** The components, by weight. */
export const PRODUCTIVITY_WEIGHTS = {
  tool_success: 30,
  edits_kept: 25,
  undisturbed: 20,
  few_failures: 10,
  outcome: 15,
} as const;

type ComponentName = keyof typeof PRODUCTIVITY_WEIGHTS;

/** The score and its components. */
export interface Productivity {
  readonly status: "experimental";
  /** From 0 to 100; null below {@linkcode CALLS_MIN} finished calls, or without a prompt. */
  readonly score: number | null;
  readonly components: Readonly<Record<ComponentName, ProductivityComponent>>;
}

/** Fewer finished calls say nothing. */
export const CALLS_MIN = 5;
const FAILURES_A_PROMPT = 3;
const LINES_A_PROMPT = 50;
const LINES_A_COMMIT = 100;

/** The score of totals. */
export function productivityOf(totals: Totals): Productivity {
  const parts = partsOf(totals);
  const whole = NAMES.reduce((sum, name) => sum + weightOf(name, parts), 0);
  const mean = NAMES.reduce(
    (sum, name) => sum + weightOf(name, parts) / whole * (parts[name].value ?? 0),
    0,
  );
  const isEnough = parts.tool_success.n >= CALLS_MIN && parts.undisturbed.n > 0;
  return {
    status: "experimental",
    score: isEnough ? Math.round(1000 * mean) / 10 : null,
    components: Object.fromEntries(NAMES.map((name) => {
      const { value, n } = parts[name];
      const weight = whole === 0 ? 0 : round(weightOf(name, parts) / whole);
      return [name, { value: value === null ? null : round(value), weight, n }];
    })) as Productivity["components"],
  };
}

type Parts = Readonly<
  Record<ComponentName, { readonly value: number | null; readonly n: number }>
>;

const NAMES = Object.keys(PRODUCTIVITY_WEIGHTS) as ComponentName[];

function partsOf(totals: Totals): Parts {
  const { tool_results_by_kind: kinds, interruptions, user_prompts, queued_prompts } = totals;
  const ok = kinds?.ok ?? 0, failed = kinds?.failed ?? 0, finished = ok + failed;
  const prompts = (user_prompts ?? 0) + (queued_prompts ?? 0);
  const kept = keptRate(totals.acceptance);
  const disturbed = (interruptions ?? 0) + (kinds?.rejected ?? 0);
  const failures = failed / (FAILURES_A_PROMPT * prompts);
  const lines = changedLines(totals);
  const known = (isKnown: boolean, value: number) => isKnown ? value : null;
  return {
    tool_success: { value: known(finished > 0, ok / finished), n: finished },
    edits_kept: { value: kept?.value ?? null, n: kept?.n ?? 0 },
    undisturbed: {
      value: known(prompts > 0, Math.max(0, 1 - disturbed / prompts)),
      n: prompts,
    },
    few_failures: {
      value: known(prompts > 0 && finished > 0, Math.max(0, 1 - failures)),
      n: prompts,
    },
    // More of it counts less and less.
    outcome: {
      value: lines === null
        ? null
        : known(prompts > 0, 1 - Math.exp(-lines / (LINES_A_PROMPT * prompts))),
      n: prompts,
    },
  };
}

/** A commit counts as so many lines; null where lines are not known. */
function changedLines(totals: Totals): number | null {
  const { lines_added, lines_removed, created_file_lines, git_commits } = totals;
  if (lines_added === null) return null;
  return lines_added + (lines_removed ?? 0) + (created_file_lines ?? 0) +
    LINES_A_COMMIT * (git_commits ?? 0);
}

function weightOf(name: ComponentName, parts: Parts): number {
  return parts[name].value === null ? 0 : PRODUCTIVITY_WEIGHTS[name];
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
