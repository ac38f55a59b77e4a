/**
 * Features of edits as numbers: one for each value that is frequent enough to learn from.
 *
 * @module
 */

import {
  PREDICTION_FEATURES,
  type PredictionFeature,
  type PredictionFeatures,
} from "../prediction_features.ts";
import type { PatternSums } from "./edit_sums.ts";

/** A value of a feature. */
export interface CodedValue {
  readonly feature: PredictionFeature;
  readonly value: string;
  /** Edits that have it. */
  readonly n: number;
  /** Of these, the ones that went well. */
  readonly good: number;
}

const VALUE_EDITS_MIN = 5;
const VALUES_MAX = 15;

/** The code that some edits make; what is rare among them has no number. */
export class FeatureCode {
  readonly values: readonly CodedValue[];
  readonly #edits: number;
  /** By feature, the numbers of its values. */
  readonly #numbers: ReadonlyMap<PredictionFeature, ReadonlyMap<string, number>>;

  constructor(patterns: readonly PatternSums[]) {
    this.values = PREDICTION_FEATURES.flatMap((feature) => frequentValues(patterns, feature));
    this.#edits = patterns.reduce((sum, { n }) => sum + n, 0);
    this.#numbers = new Map(PREDICTION_FEATURES.map((name) => [
      name,
      new Map(
        this.values.flatMap(({ feature, value }, number) =>
          feature === name ? [[value, number]] : []
        ),
      ),
    ]));
  }

  /** The numbers of what an edit has, the lowest first. */
  encode(features: PredictionFeatures): number[] {
    const numbers: number[] = [];
    for (const [feature, values] of this.#numbers) {
      const value = features[feature];
      const number = value === null ? undefined : values.get(value);
      if (number !== undefined) numbers.push(number);
    }
    return numbers;
  }

  /** What an edit has, for each number; of what is not known, the share that has it. */
  expect(features: Partial<PredictionFeatures>): number[] {
    return this.values.map(({ feature, value, n }) => {
      const told = features[feature] ?? null;
      return told === null ? n / this.#edits : told === value ? 1 : 0;
    });
  }

  /** The number of the value that a feature has; undefined for a rare one. */
  numberOf(
    feature: PredictionFeature,
    features: Partial<PredictionFeatures>,
  ): number | undefined {
    return this.#numbers.get(feature)!.get(features[feature] ?? "");
  }
}

/** The most frequent first. A feature with one value alone tells nothing. */
function frequentValues(
  patterns: readonly PatternSums[],
  feature: PredictionFeature,
): CodedValue[] {
  const groups = Map.groupBy(patterns, ({ features }) => features[feature]);
  if (groups.size < 2) return [];
  return [...groups].flatMap(([value, some]): CodedValue[] => {
    const n = some.reduce((sum, one) => sum + one.n, 0);
    if (value === null || n < VALUE_EDITS_MIN) return [];
    return [{ feature, value, n, good: some.reduce((sum, one) => sum + one.good, 0) }];
  }).sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1)).slice(0, VALUES_MAX);
}
