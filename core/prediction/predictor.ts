/**
 * Foretells what becomes of an edit by what became of those before: a regularised logistic
 * regression, and the plain share of all where that is not shown to be better on sessions that it
 * has not seen.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import { type Calibration, calibrationOf, type Foretold } from "./calibration.ts";
import { FeatureCode } from "./feature_code.ts";
import type { LabelledEdit } from "./labelled_edits.ts";
import { type LabelledRow, LogisticModel } from "./logistic.ts";

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
  readonly edits: readonly LabelledEdit[];
  /** On sessions in five parts, each foretold by the other four. */
  readonly heldOutSessions: Calibration;
  /** On the latest three in ten of the sessions, foretold by those before. */
  readonly laterSessions: Calibration;
}

/** Weights held so strongly, the weakest hold first. */
const RIDGES = [1, 4, 16, 64];
const FOLDS = 5;
const EARLIER_SHARE = 0.7;
/** What is older is forgotten: habits and models change. */
const LATEST_EDITS = 5000;
/** Learning anew from one edit more in so many would change next to nothing. */
const STEPS = 50;

/** How many there are of what {@linkcode PREDICTION_NEEDS} names, in the edits to learn from. */
export function countNeeds(all: readonly LabelledEdit[]): PredictionNeeds {
  return countLatest(latestEdits(all));
}

function countLatest(edits: readonly LabelledEdit[]): PredictionNeeds {
  const good = edits.filter(({ label }) => label).length;
  return {
    edits: edits.length,
    good,
    not_good: edits.length - good,
    sessions: new Set(edits.map(({ session }) => session)).size,
  };
}

/**
 * The predictor of the latest edits, less the last ones that make no fiftieth of all; undefined
 * where there are too few.
 *
 * @param known is given back where it has learnt from the same edits
 */
export function trainPredictor(
  all: readonly LabelledEdit[],
  known?: Predictor,
): Predictor | undefined {
  const edits = latestEdits(all);
  if (known && isDeepStrictEqual(known.edits, edits)) return known;
  const counts = countLatest(edits);
  const isEnough = Object.entries(PREDICTION_NEEDS)
    .every(([name, needed]) => counts[name as keyof typeof counts] >= needed);
  if (!isEnough) return undefined;
  // By their first edit, the earliest first.
  const sessions = [...Map.groupBy(edits, ({ session }) => session).values()];
  const heldOutSessions = calibrationOf(
    Array.from({ length: FOLDS }, (_, fold) => {
      const [train, test] = parted(sessions, (i) => i % FOLDS !== fold);
      return foretell(train, test);
    }).flat(),
  );
  const earlier = Math.ceil(sessions.length * EARLIER_SHARE);
  const [train, test] = parted(sessions, (i) => i < earlier);
  const laterSessions = calibrationOf(foretell(train, test));
  const ridge = chooseRidge(sessions);
  const code = new FeatureCode(edits);
  return {
    method: isBetter(heldOutSessions, laterSessions) ? "logistic" : "base_rate",
    code,
    model: new LogisticModel(rowsOf(edits, code), code.values.length, ridge),
    ridge,
    edits,
    heldOutSessions,
    laterSessions,
  };
}

/** In the order of time. */
function latestEdits(all: readonly LabelledEdit[]): LabelledEdit[] {
  const step = Math.max(1, Math.floor(all.length / STEPS));
  const until = all.length - all.length % step;
  return all.toSorted((a, b) => a.at - b.at || a.session - b.session)
    .slice(Math.max(0, until - LATEST_EDITS), until);
}

/** Better for sure on held-out sessions, and not for sure worse on later ones. */
function isBetter(heldOut: Calibration, later: Calibration): boolean {
  const { high } = heldOut.difference, { low } = later.difference;
  return high !== null && high < 0 && (low === null || low <= 0);
}

/** The sessions that pass, and the others. */
function parted<T>(sessions: readonly T[], isTraining: (i: number) => boolean): [T[], T[]] {
  return [
    sessions.filter((_, i) => isTraining(i)),
    sessions.filter((_, i) => !isTraining(i)),
  ];
}

/** Foretells sessions by others. */
function foretell(
  train: readonly (readonly LabelledEdit[])[],
  test: readonly (readonly LabelledEdit[])[],
): Foretold[] {
  return foretellWith(train, test, [chooseRidge(train)])[0]!;
}

/** What is foretold with each ridge. */
function foretellWith(
  train: readonly (readonly LabelledEdit[])[],
  test: readonly (readonly LabelledEdit[])[],
  ridges: readonly number[],
): Foretold[][] {
  const edits = train.flat(), code = new FeatureCode(edits), rows = rowsOf(edits, code);
  const good = edits.filter(({ label }) => label).length;
  // As of one more of each: a share of all or none is no certainty.
  const baseRate = (good + 1) / (edits.length + 2);
  const cases = test.flat().map(({ session, features, label }) => ({
    session,
    label,
    numbers: code.encode(features),
  }));
  return ridges.map((ridge) => {
    const model = new LogisticModel(rows, code.values.length, ridge);
    return cases.map(({ session, label, numbers }) => ({
      session,
      probability: model.probabilityOf(numbers),
      baseRate,
      label,
    }));
  });
}

/** The ridge whose predictions of one session in four, by the others, cost least. */
function chooseRidge(sessions: readonly (readonly LabelledEdit[])[]): number {
  const [train, test] = parted(sessions, (i) => i % 4 !== 3);
  if (test.length === 0) return RIDGES.at(-1)!;
  const losses = foretellWith(train, test, RIDGES).map((cases) => calibrationOf(cases).logLoss);
  return RIDGES[losses.lastIndexOf(Math.min(...losses))]!;
}

function rowsOf(edits: readonly LabelledEdit[], code: FeatureCode): LabelledRow[] {
  return edits.map(({ features, label }) => ({ features: code.encode(features), label }));
}
