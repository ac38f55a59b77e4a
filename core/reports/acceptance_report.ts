/**
 * The report of acceptance: what became of what the assistant proposed, by every dimension, and
 * what it cost. `acceptance --json`, the page and the assistant's answer alike.
 *
 * @module
 */

import type { Database } from "../database.ts";
import { readWords } from "../words.ts";
import type { Acceptance } from "./acceptance.ts";
import type { Cost } from "./cost.ts";
import { type Coverage, readCoverage } from "./coverage.ts";
import { readDecisions } from "./decisions.ts";
import { modelNumber, modelsOf, ofModel, readKinds, sharesOf, toolsOf } from "./digest_parts.ts";
import { readDigest, wholeQuery } from "./digests.ts";
import { type LetRunBy, readLetRunBy } from "./let_run_by.ts";
import { type MetricsGroup, readGroups } from "./groups.ts";
import type { Percentiles } from "../durations.ts";
import type { MetricsQuery } from "./metrics_report.ts";
import { fittingStep, readOverTime, type TimeStep } from "./over_time.ts";
import { NO_OUTCOME, type OutcomeCost } from "./outcome_cost.ts";
import { summedPeriod } from "./pieces.ts";
import { readOff } from "./off.ts";
import type { Sums } from "./sums.ts";
import { type Rates, ratesOf, type Totals, totalsOf } from "./totals.ts";
import { readUntold, type Unknowns } from "./unknown.ts";
import { ACCEPTANCE_DIMENSIONS, type AcceptanceDimension } from "./report_choices.ts";

/** What acceptance is not told by. */
const NOT_READ = {
  sessions: 0,
  inputs: null,
  errors: null,
  activity: null,
  agents: null,
  estimatedMicros: null,
  hunks: null,
  rewound: null,
} as const;

/** What is asked of the report. */
export interface AcceptanceQuery extends Omit<MetricsQuery, "groupBy"> {
  /** Only this, or these; all of them without it. */
  readonly by?: AcceptanceDimension | readonly AcceptanceDimension[] | undefined;
}

/** Acceptance of one step of time. */
export interface AcceptancePoint {
  /** Of the user's own clock; see `localKey`. */
  readonly key: string;
  /** Its first moment within the period. */
  readonly from: string;
  /** Null before anything was recorded. */
  readonly numbers: AcceptanceNumbers | null;
}

/** Acceptance and cost of everything, or of one group; null where it is not known. */
export interface AcceptanceNumbers extends Cost, OutcomeCost {
  /** Edits by verdict, and the evidence of those that were accepted. */
  readonly edits: Omit<Acceptance, "rate">;
  readonly rates: Pick<Rates, "acceptance" | "kept" | "rejection" | "error">;
  readonly tool_uses: number | null;
  /** Calls that were refused: a person's word stands apart from that of a rule or mode. */
  readonly refused_by: Readonly<Record<"person" | "rule" | "hook", number | null>>;
  readonly lines_added: number | null;
  readonly created_file_lines: number | null;
}

/** One group of a dimension. */
export interface AcceptanceGroup extends AcceptanceNumbers {
  readonly key: string;
  /** A name for this machine's user, where there is one. */
  readonly label?: string;
}

/** The document. */
export interface AcceptanceReport {
  readonly schema: "blueplane.acceptance/1";
  readonly period: { readonly from: string | null; readonly to: string };
  readonly totals: AcceptanceNumbers;
  /** From a request of permission to what a person said; null where no hook told of one. */
  readonly decision_ms: Percentiles | null;
  /** Calls that ran by who let them; null where no source tells of any. */
  readonly let_run_by: LetRunBy | null;
  /** By the name of the dimension, with `_` between its words. */
  readonly by: Readonly<Record<string, readonly AcceptanceGroup[]>>;
  /** Why numbers are null, or leave something out. */
  readonly unknown: Unknowns;
  readonly coverage: Coverage;
}

/** Acceptance of a period. */
export function reportAcceptance(db: Database, asked: AcceptanceQuery): AcceptanceReport {
  const query = { ...asked, period: summedPeriod(db, asked) }, { period, by } = query;
  const words = readWords(db);
  const totals = totalsOf(readAcceptanceSums(db, query, words));
  const dimensions = by === undefined ? ACCEPTANCE_DIMENSIONS : [by].flat();
  return {
    schema: "blueplane.acceptance/1",
    period: {
      from: period.from === undefined ? null : new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
    },
    totals: numbersOf(totals, ratesOf(totals)),
    decision_ms: readDecisions(db, period, query),
    let_run_by: readLetRunBy(db, period, query),
    by: Object.fromEntries(dimensions.map((dimension) => [
      dimension.replaceAll("-", "_"),
      readGroups(db, query, dimension, words, false).filter(hasCalls).map(groupOf),
    ])),
    unknown: totals.unknown,
    coverage: readCoverage(db, query.coverage),
  };
}

/** Of the sums of a period those that acceptance and its cost rest on. */
function readAcceptanceSums(
  db: Database,
  query: AcceptanceQuery,
  words: ReadonlyMap<number, string>,
): Sums {
  const { period, now, model } = query, kinds = readKinds(db);
  // The groups are made of the same.
  const all = readDigest(db, wholeQuery(period, query, now));
  const { models, calls } = model === undefined
    ? all
    : ofModel(all, modelNumber(model, words), kinds);
  return {
    ...NOT_READ,
    models: modelsOf(models, words),
    tools: toolsOf(calls, kinds, words),
    shares: sharesOf(calls, kinds),
    untold: readUntold(db, period, query),
    off: readOff(db),
  };
}

/** Acceptance step by step over a period, in at most so many steps. */
export function readAcceptanceOverTime(
  db: Database,
  query: AcceptanceQuery,
  stepsMax: number,
): { readonly step: TimeStep; readonly points: readonly AcceptancePoint[] } {
  const step = fittingStep(db, query, stepsMax);
  const points = readOverTime(db, query, step, false).map(({ key, at, group }) => ({
    key,
    from: new Date(at).toISOString(),
    numbers: group === null ? null : numbersOf(group.totals, group.rates),
  }));
  return { step, points };
}

/** A group in which nothing was called or paid for says nothing of acceptance. */
function hasCalls({ totals }: MetricsGroup): boolean {
  const edits = totals.acceptance;
  return Boolean(totals.tool_uses) || Boolean(totals.cost_usd) ||
    Object.values(edits).some((count) => typeof count === "number" && count > 0);
}

function groupOf({ key, label, totals, rates }: MetricsGroup): AcceptanceGroup {
  return { key, ...(label === undefined ? {} : { label }), ...numbersOf(totals, rates) };
}

function numbersOf(totals: Totals, rates: Rates): AcceptanceNumbers {
  const { rate: _, ...edits } = totals.acceptance;
  const { acceptance, kept, rejection, error } = rates;
  const kinds = totals.tool_results_by_kind;
  const outcome = Object.keys(NO_OUTCOME).map((
    name,
  ) => [name, totals[name as keyof OutcomeCost]]);
  return {
    edits,
    rates: { acceptance, kept, rejection, error },
    tool_uses: totals.tool_uses,
    refused_by: {
      person: kinds?.rejected ?? null,
      rule: kinds?.permission_denied ?? null,
      hook: kinds?.hook_blocked ?? null,
    },
    lines_added: totals.lines_added,
    created_file_lines: totals.created_file_lines,
    cost_usd: totals.cost_usd,
    cost_is_lower_bound: totals.cost_is_lower_bound,
    cost_coverage: totals.cost_coverage,
    ...Object.fromEntries(outcome) as unknown as OutcomeCost,
  };
}
