/**
 * Foretells what becomes of an edit by what became of those before: a regularised logistic
 * regression, and the plain share of all where that is not shown to be better on sessions that it
 * has not seen.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import { type Calibration, calibrationOf, type Foretold, lossOf } from "./calibration.ts";
import type { EditSums } from "./edit_sums.ts";
import type { FeatureCode } from "./feature_code.ts";
import type { LabelledRows, LogisticModel } from "./logistic.ts";
import { PatternTable } from "./pattern_table.ts";

/** What has to be there before anything is foretold. */
export const PREDICTION_NEEDS = { edits: 50, good: 10, not_good: 10, sessions: 10 } as const;

/** As many as there are of each. */
export type PredictionNeeds = Record<keyof typeof PREDICTION_NEEDS, number>;

/** A trained predictor. */
export interface Predictor {
  readonly method: "logistic" | "base_rate";
  readonly code: FeatureCode;
  readonly model: LogisticModel;
  /** How strongly weights are held to 0. */
  readonly ridge: number;
  /** What it has learnt from. */
  readonly sessions: readonly EditSums[];
  /** On sessions in five parts, each foretold by the other four. */
  readonly heldOutSessions: Calibration;
  /** On the latest three in ten of the sessions, foretold by those before. */
  readonly laterSessions: Calibration;
}

/** Weights held so strongly, the weakest hold first. */
const RIDGES = [1, 4, 16, 64];
const FOLDS = 5;
const EARLIER_SHARE = 0.7;

/** How many there are of what {@linkcode PREDICTION_NEEDS} names. */
export function countNeeds(sessions: readonly EditSums[]): PredictionNeeds {
  const edits = sessions.reduce((sum, { n }) => sum + n, 0);
  const good = sessions.reduce((sum, one) => sum + one.good, 0);
  return { edits, good, not_good: edits - good, sessions: sessions.length };
}

/**
 * The predictor of some sessions with edits, in the order of time; undefined where there are too
 * few.
 *
 * @param known is given back where it has learnt from the same
 */
export function trainPredictor(
  sessions: readonly EditSums[],
  known?: Predictor,
): Predictor | undefined {
  if (known && areSame(known.sessions, sessions)) return known;
  const counts = countNeeds(sessions);
  const isEnough = Object.entries(PREDICTION_NEEDS)
    .every(([name, needed]) => counts[name as keyof typeof counts] >= needed);
  if (!isEnough) return undefined;
  const table = new PatternTable(sessions), all = [...sessions.keys()];
  const heldOutSessions = calibrationOf(
    Array.from({ length: FOLDS }, (_, fold) => {
      const [test, train] = parted(all, (i) => i % FOLDS === fold);
      return foretell(table, train, test);
    }).flat(),
  );
  const earlier = Math.ceil(all.length * EARLIER_SHARE);
  const [train, test] = parted(all, (i) => i < earlier);
  const laterSessions = calibrationOf(foretell(table, train, test));
  const ridge = chooseRidge(table, all);
  return {
    method: isBetter(heldOutSessions, laterSessions) ? "logistic" : "base_rate",
    code: table.code,
    model: table.modelOfAll(ridge),
    ridge,
    sessions,
    heldOutSessions,
    laterSessions,
  };
}

/** What was not read anew is the same object. */
function areSame(some: readonly EditSums[], others: readonly EditSums[]): boolean {
  return some.length === others.length &&
    some.every((one, i) => one === others[i] || isDeepStrictEqual(one, others[i]));
}

/** Better for sure on held-out sessions, and not for sure worse on later ones. */
function isBetter(heldOut: Calibration, later: Calibration): boolean {
  const { high } = heldOut.difference, { low } = later.difference;
  return high !== null && high < 0 && (low === null || low <= 0);
}

/** Those whose place passes, and the others. */
function parted(
  sessions: readonly number[],
  passes: (i: number) => boolean,
): [number[], number[]] {
  return [
    sessions.filter((_, i) => passes(i)),
    sessions.filter((_, i) => !passes(i)),
  ];
}

/** Foretells sessions by others; both are told by their places. */
function foretell(
  table: PatternTable,
  train: readonly number[],
  test: readonly number[],
): Foretold[] {
  const rows = table.rowsOf(train), model = table.modelOf(rows, chooseRidge(table, train));
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const good = rows.reduce((sum, row) => sum + row.good, 0);
  // As of one more of each: a share of all or none is no certainty.
  const baseRate = (good + 1) / (n + 2);
  return test.flatMap((session) =>
    table.rowsOf([session]).map(({ features, n, good }) => {
      return { session, probability: model.probabilityOf(features), baseRate, n, good };
    })
  );
}

/** The ridge whose predictions of one session in four, by the others, cost least. */
function chooseRidge(table: PatternTable, sessions: readonly number[]): number {
  const [tested, others] = parted(sessions, (i) => i % 4 === 3);
  if (tested.length === 0) return RIDGES.at(-1)!;
  const train = table.rowsOf(others), test = table.rowsOf(tested);
  const losses = RIDGES.map((ridge) => lossOn(test, table.modelOf(train, ridge)));
  return RIDGES[losses.lastIndexOf(Math.min(...losses))]!;
}

function lossOn(rows: readonly LabelledRows[], model: LogisticModel): number {
  return rows.reduce(
    (sum, { features, n, good }) =>
      sum + lossOf({ probability: model.probabilityOf(features), n, good }),
    0,
  );
}
