/**
 * Foretells what becomes of an edit by what became of those before: a regularised logistic
 * regression, and the plain share of all where that is not shown to be better on sessions that it
 * has not seen.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import type { EditSums } from "./edit_sums.ts";
import type { FeatureCode } from "./feature_code.ts";
import type { LogisticModel } from "./logistic.ts";
import { PatternTable } from "./pattern_table.ts";
import { isBetter, type Trial, tryModels } from "./trial.ts";

/** What has to be there before anything is foretold. */
export const PREDICTION_NEEDS = { edits: 50, good: 10, not_good: 10, sessions: 10 } as const;

/** As many as there are of each. */
export type PredictionNeeds = Record<keyof typeof PREDICTION_NEEDS, number>;

/** A trained predictor. */
export interface Predictor {
  readonly method: "logistic" | "base_rate";
  readonly code: FeatureCode;
  readonly model: LogisticModel;
  /** What it has learnt from. */
  readonly sessions: readonly EditSums[];
  /** How models of these did, but for sessions that may be going on. */
  readonly trial: Trial;
}

/** Before the latest edit of all: whether edits made since then stand is not yet settled. */
const SETTLED_MS = 3_600_000;

/** How many there are of what {@linkcode PREDICTION_NEEDS} names. */
export function countNeeds(sessions: readonly EditSums[]): PredictionNeeds {
  const edits = sessions.reduce((sum, { n }) => sum + n, 0);
  const good = sessions.reduce((sum, one) => sum + one.good, 0);
  return { edits, good, not_good: edits - good, sessions: sessions.length };
}

/**
 * The predictor of some sessions with edits, in the order of time; undefined where there are too
 * few. Models are tried on those that were over an hour before the latest edit, where these are
 * enough: to try them takes long, and an edit more is learnt from at once.
 *
 * @param known is given back where it has learnt from the same
 */
export function trainPredictor(
  sessions: readonly EditSums[],
  known?: Predictor,
): Predictor | undefined {
  if (known && areSame(known.sessions, sessions)) return known;
  if (!isEnough(sessions)) return undefined;
  const latest = Math.max(...sessions.map(({ to }) => to));
  const settled = sessions.filter(({ to }) => to < latest - SETTLED_MS);
  const tried = isEnough(settled) ? settled : sessions;
  const trial = known && areSame(known.trial.sessions, tried) ? known.trial : tryModels(tried);
  const table = new PatternTable(sessions);
  return {
    method: isBetter(trial) ? "logistic" : "base_rate",
    code: table.code,
    model: table.modelOfAll(trial.ridge),
    sessions,
    trial,
  };
}

function isEnough(sessions: readonly EditSums[]): boolean {
  const counts = countNeeds(sessions);
  return Object.entries(PREDICTION_NEEDS)
    .every(([name, needed]) => counts[name as keyof typeof counts] >= needed);
}

/** What was not read anew is the same object. */
function areSame(some: readonly EditSums[], others: readonly EditSums[]): boolean {
  return some.length === others.length &&
    some.every((one, i) => one === others[i] || isDeepStrictEqual(one, others[i]));
}
