/**
 * Edits summed by all that is known of them beforehand: what a model learns from, and small
 * enough to be kept of each session.
 *
 * @module
 */

import { PREDICTION_FEATURES, type PredictionFeatures } from "../prediction_features.ts";
import { type LabelledEdit, RECENT, recentOf } from "./labelled_edits.ts";

/** Edits that are alike in every feature. */
export interface PatternSums {
  /** All of them in one text. */
  readonly name: string;
  readonly features: PredictionFeatures;
  readonly n: number;
  /** Of these, the ones that went well. */
  readonly good: number;
}

/** The edits of one session of which is known whether they went well. */
export interface EditSums {
  /** In the order of their features, which is that of no arrival. */
  readonly patterns: readonly PatternSums[];
  readonly n: number;
  readonly good: number;
  /** Milliseconds: when the first was made, and the last; 0 without any. */
  readonly from: number;
  readonly to: number;
  /** How the latest of them went, as the next edit would have it. */
  readonly recent: string;
}

/** Sums edits that are in the order of time. */
export function sumEdits(edits: readonly LabelledEdit[]): EditSums {
  const labels = edits.map(({ label }) => label);
  return {
    patterns: addPatterns(edits.map(({ features, label }) => {
      return { name: nameOf(features), features, n: 1, good: label ? 1 : 0 };
    })),
    n: edits.length,
    good: labels.filter(Boolean).length,
    from: edits[0]?.at ?? 0,
    to: edits.at(-1)?.at ?? 0,
    recent: recentOf(labels.slice(-RECENT)),
  };
}

/** Adds up what is alike. */
export function addPatterns(patterns: readonly PatternSums[]): PatternSums[] {
  const sums = new Map<string, PatternSums>();
  for (const { name, features, n, good } of patterns) {
    const sum = sums.get(name);
    sums.set(name, { name, features, n: n + (sum?.n ?? 0), good: good + (sum?.good ?? 0) });
  }
  return [...sums.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

function nameOf(features: PredictionFeatures): string {
  return PREDICTION_FEATURES.map((name) => features[name] ?? "").join("\n");
}
