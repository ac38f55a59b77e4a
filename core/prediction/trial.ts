/**
 * Tries models of edits on sessions that they have not seen: how strongly weights are best held
 * to 0, and how well what they foretell fits.
 *
 * @module
 */

import { type Calibration, calibrationOf, type Foretold, lossOf } from "./calibration.ts";
import type { EditSums } from "./edit_sums.ts";
import type { LabelledRows, LogisticModel } from "./logistic.ts";
import { PatternTable } from "./pattern_table.ts";

/** What was found. */
export interface Trial {
  /** What it rests on. */
  readonly sessions: readonly EditSums[];
  /** How strongly weights are held to 0. */
  readonly ridge: number;
  /** On sessions in five parts, each foretold by the other four. */
  readonly heldOutSessions: Calibration;
  /** On the latest three in ten of the sessions, foretold by those before. */
  readonly laterSessions: Calibration;
}

/** Weights held so strongly, the weakest hold first. */
const RIDGES = [1, 4, 16, 64];
const FOLDS = 5;
const EARLIER_SHARE = 0.7;

/** Tries them on sessions in the order of time: dozens of models are fitted. */
export function tryModels(sessions: readonly EditSums[]): Trial {
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
  return { sessions, ridge: chooseRidge(table, all), heldOutSessions, laterSessions };
}

/** Whether that is better for sure on held-out sessions, and not for sure worse on later ones. */
export function isBetter({ heldOutSessions, laterSessions }: Trial): boolean {
  const { high } = heldOutSessions.difference, { low } = laterSessions.difference;
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
