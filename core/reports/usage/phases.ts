/**
 * Into which phases of work the time of turns went.
 *
 * @module
 */

import { type Phase, PHASES } from "../../phases.ts";
import type { UsageSums } from "../usage_sums.ts";

/** One phase. */
export interface PhaseUse {
  /** From the prompt or the end of the call before it, to the end of the last of its calls. */
  readonly ms: number;
  /** Of the time of all phases; null where none took any. */
  readonly share: number | null;
  /** Of the main thread; an answer has none. */
  readonly calls: number;
}

/** The phases that came, by name. */
export type PhaseUses = Readonly<Partial<Record<Phase, PhaseUse>>>;

/** The phases of sums. */
export function phasesOf(sums: UsageSums): PhaseUses {
  const msOf = (phase: Phase) => sums[`phase_${phase}_ms`];
  const all = PHASES.reduce((sum, phase) => sum + msOf(phase), 0);
  return Object.fromEntries(PHASES.flatMap((phase): [Phase, PhaseUse][] => {
    const ms = msOf(phase), calls = phase === "answer" ? 0 : sums[`phase_${phase}_calls`];
    if (ms === 0 && calls === 0) return [];
    return [[phase, { ms, share: all === 0 ? null : Math.round(ms / all * 1e6) / 1e6, calls }]];
  }));
}
