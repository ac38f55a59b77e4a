/**
 * What is likely to become of an edit, by what became of those before: a probability with its
 * interval, what moved it, and how well such predictions fitted sessions that were held out.
 *
 * @module
 */

import type { Calibration } from "../prediction/calibration.ts";
import { partOfDay } from "../prediction/edit_history.ts";
import { sigmoid } from "../prediction/logistic.ts";
import {
  PREDICTION_NEEDS,
  type PredictionNeeds,
  type Predictor,
} from "../prediction/predictor.ts";
import { readSessionEdits } from "../prediction/session_edits.ts";
import {
  PREDICTION_FEATURES,
  type PredictionFeature,
  type PredictionFeatures,
  type PredictionTarget,
} from "../prediction_features.ts";
import { type Database, prepareArrays } from "../database.ts";
import { type ToolClass, toolClass } from "../tool_classes.ts";
import type { Advisor } from "./advisor.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import {
  seenExtensions,
  seenModels,
  seenModes,
  seenProjects,
  seenTools,
} from "./filter_choices.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { countedSessions } from "./sums.ts";

/** What is asked of the report. */
export interface PredictionQuery {
  /** @default `acceptance` */
  readonly target?: PredictionTarget | undefined;
  /** What is known of the edit; what is not told counts as usual. */
  readonly edit?: Partial<Record<PredictionFeature, string | undefined>>;
  /** Whether a file is made or changed, where no tool is told. */
  readonly operation?: "create" | "edit" | undefined;
  /** The session in which it is made: tells project, model, mode and how it goes. */
  readonly session?: string | undefined;
  /** The time at which it is made, in milliseconds; any without it. */
  readonly now?: number | undefined;
  /** Names of projects by their hash, where they can be told. */
  readonly labels?: ReadonlyMap<string, string>;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** A probability between 0 and 1 with its 95 % interval. */
export interface Likely {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Edits that it was learnt from. */
  readonly n: number;
}

/** What one feature does to the probability. */
export interface PredictionFactor {
  readonly feature: PredictionFeature;
  readonly value: string;
  /** Name of a project, where it can be told. */
  readonly label: string | null;
  /** The probability, minus what it were if this were not known. */
  readonly effect: number;
  /** How the edits did that have it. */
  readonly rate: Rate | null;
}

/** How well predictions fitted. */
export interface CalibrationReport {
  readonly n: number;
  readonly sessions: number;
  readonly brier: number;
  readonly brier_base_rate: number;
  readonly skill: number | null;
  readonly log_loss: number;
  readonly expected_calibration_error: number;
  readonly brier_difference: Calibration["difference"];
  readonly bins: readonly {
    readonly from: number;
    readonly to: number;
    readonly n: number;
    readonly predicted: number;
    readonly observed: Rate | null;
  }[];
}

/** The document. */
export interface PredictionReport {
  readonly schema: "blueplane.prediction/1";
  readonly status: "ok" | "insufficient_data";
  readonly target: PredictionTarget;
  /** Edits that it is learnt from; how many there are of what is scarcest, where too few. */
  readonly n: number;
  /** What n counts: one of `needs`. */
  readonly n_of: string;
  readonly needed: number;
  /** All that has to be there, and how much of it there is. */
  readonly needs: readonly { what: string; n: number; needed: number }[];
  /** Null without enough data. */
  readonly method: Predictor["method"] | null;
  readonly probability: Likely | null;
  /** Of all edits it was learnt from. */
  readonly base_rate: Rate | null;
  /** What was told in a word that nothing was seen with: that counts as usual. */
  readonly unseen: readonly PredictionFeature[];
  /** What moved it, the strongest first; empty where the base rate is the answer. */
  readonly factors: readonly PredictionFactor[];
  readonly calibration: {
    readonly held_out_sessions: CalibrationReport;
    readonly later_sessions: CalibrationReport;
  } | null;
  /** When the edits were made that it was learnt from. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly coverage: Coverage;
}

const SEEN = {
  tool: seenTools,
  extension: seenExtensions,
  model: seenModels,
  mode: seenModes,
  project: seenProjects,
};
const Z = 1.959963984540054;

/** The prediction of one edit, or of any where nothing is told of it. */
export function reportPrediction(
  advisor: Advisor,
  query: PredictionQuery = {},
): PredictionReport {
  const { target = "acceptance", labels = new Map() } = query;
  const { counts, predictor } = advisor.learnt(target);
  const edit = predictor ? editOf(advisor, predictor, query) : {};
  const needs = needsOf(counts);
  // An n that is enough would say nothing of what is missing.
  const told = predictor ? needs[0]! : scarcest(needs);
  return {
    schema: "blueplane.prediction/1",
    status: predictor ? "ok" : "insufficient_data",
    target,
    n: told.n,
    n_of: told.what,
    needed: told.needed,
    needs,
    method: predictor?.method ?? null,
    probability: predictor ? likelyOf(predictor, counts, edit) : null,
    base_rate: wilsonRate(counts.good, counts.edits),
    unseen: unseenOf(advisor.db, query.edit),
    factors: predictor?.method === "logistic" ? factorsOf(predictor, edit, labels) : [],
    calibration: predictor
      ? {
        held_out_sessions: calibrationReport(predictor.trial.heldOutSessions),
        later_sessions: calibrationReport(predictor.trial.laterSessions),
      }
      : null,
    period: predictor ? periodOf(predictor) : null,
    coverage: readCoverage(advisor.db, query.coverage),
  };
}

/** Where nothing was seen at all, no word is odd. */
function unseenOf(db: Database, edit: PredictionQuery["edit"] = {}): PredictionFeature[] {
  const names = Object.keys(SEEN) as (keyof typeof SEEN)[];
  return names.filter((name) => {
    const told = edit[name], seen = told === undefined ? [] : SEEN[name](db);
    return told !== undefined && seen.length > 0 && !seen.includes(told);
  });
}

/** Edits come first. */
function needsOf(counts: PredictionNeeds): PredictionReport["needs"] {
  return Object.entries(PREDICTION_NEEDS).map(([what, needed]) => ({
    what,
    n: counts[what as keyof PredictionNeeds],
    needed,
  }));
}

function scarcest(needs: PredictionReport["needs"]): PredictionReport["needs"][number] {
  return needs.reduce((least, one) => one.n / one.needed < least.n / least.needed ? one : least);
}

/** All that is known of the edit: what was told, then what its session tells. */
function editOf(
  advisor: Advisor,
  predictor: Predictor,
  { target = "acceptance", edit = {}, operation, session, now }: PredictionQuery,
): Partial<PredictionFeatures> {
  const told = Object.entries(edit).filter(([, value]) => value !== undefined);
  const tool = operation === undefined ? undefined : usualTool(predictor, operation);
  return {
    ...(session === undefined ? {} : sessionFeatures(advisor, session, target)),
    ...(now === undefined ? {} : { hour: partOfDay(new Date(now).getHours()) }),
    ...(tool === undefined ? {} : { tool }),
    ...Object.fromEntries(told),
  };
}

/** What the edits of a session tell of the next. */
function sessionFeatures(
  { db }: Advisor,
  session: string,
  target: PredictionTarget,
): Partial<PredictionFeatures> {
  const { sql, parameters } = countedSessions({ session });
  const row = prepareArrays(db, `select s.id from sessions s where ${sql}`).get(...parameters);
  if (!row) return {};
  const [number] = row as unknown as [number];
  const edits = readSessionEdits(db, [number]).get(number);
  if (!edits) return {};
  const { last: { model, mode, project }, sums } = edits;
  return { model, mode, project, recent: sums[target].recent };
}

/** The tool that most often does it. */
function usualTool({ code }: Predictor, operation: ToolClass): string | undefined {
  return code.values.find(({ feature, value }) =>
    feature === "tool" && toolClass(value) === operation
  )?.value;
}

function periodOf({ sessions }: Predictor): PredictionReport["period"] {
  return {
    from: timeText(Math.min(...sessions.map(({ from }) => from))),
    to: timeText(Math.max(...sessions.map(({ to }) => to))),
  };
}

function likelyOf(
  { method, model, code }: Predictor,
  { good, edits }: PredictionNeeds,
  edit: Partial<PredictionFeatures>,
): Likely {
  if (method === "base_rate") return wilsonRate(good, edits)!;
  const { probability, logit, standardDeviation } = model.predict(code.expect(edit));
  return {
    value: round(probability),
    low: round(sigmoid(logit - Z * standardDeviation)),
    high: round(sigmoid(logit + Z * standardDeviation)),
    n: edits,
  };
}

function factorsOf(
  { model, code }: Predictor,
  edit: Partial<PredictionFeatures>,
  labels: ReadonlyMap<string, string>,
): PredictionFactor[] {
  const { probability } = model.predict(code.expect(edit));
  return PREDICTION_FEATURES.flatMap((feature): PredictionFactor[] => {
    const number = code.numberOf(feature, edit);
    if (number === undefined) return [];
    const { value, n, good } = code.values[number]!;
    const without = model.predict(code.expect({ ...edit, [feature]: null })).probability;
    return [{
      feature,
      value,
      label: feature === "project" ? labels.get(value) ?? null : null,
      effect: round(probability - without),
      rate: wilsonRate(good, n),
    }];
  }).sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

function calibrationReport(calibration: Calibration): CalibrationReport {
  const { n, sessions, skill, difference: { value, low, high } } = calibration;
  return {
    n,
    sessions,
    brier: round(calibration.brier),
    brier_base_rate: round(calibration.brierOfBaseRate),
    skill: skill === null ? null : round(skill),
    log_loss: round(calibration.logLoss),
    expected_calibration_error: round(calibration.expectedCalibrationError),
    brier_difference: {
      value: round(value),
      low: low === null ? null : round(low),
      high: high === null ? null : round(high),
    },
    bins: calibration.bins.map(({ from, to, n, predicted, hits }) => ({
      from,
      to,
      n,
      predicted: round(predicted),
      observed: wilsonRate(hits, n),
    })),
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function timeText(time: number): string {
  return new Date(time).toISOString();
}
