/**
 * Under which circumstances edits of a kind of file went well: single ones and pairs, each with
 * its rate and with what it adds to the rest.
 *
 * @module
 */

import { readEdits } from "../prediction/edit_history.ts";
import { labelEdits, type LabelledEdit } from "../prediction/labelled_edits.ts";
import type { EditFeature, PredictionTarget } from "../prediction_features.ts";
import { toolClass } from "../tool_classes.ts";
import type { Advisor } from "./advisor.ts";
import { type Coverage, type FilesRead, readCoverage } from "./coverage.ts";
import { type RateDifference, rateDifference } from "./rate_difference.ts";
import { type Rate, wilsonRate } from "./rates.ts";
import { countedSessions, type SessionFilter } from "./sums.ts";

/** What is asked of the report. */
export interface SuccessfulPatternsQuery extends SessionFilter {
  /** @default `acceptance` */
  readonly target?: PredictionTarget | undefined;
  /** Only files of this kind. */
  readonly extension?: string | undefined;
  /** Whether a file is made or changed. */
  readonly operation?: "create" | "edit" | undefined;
  /** Patterns that went well less often are left out. @default {0} */
  readonly minAcceptance?: number;
  /** How many; 0 is all. @default {10} */
  readonly limit?: number;
  /** What is known better than the database tells. */
  readonly coverage?: FilesRead | undefined;
}

/** Edits that have something in common. */
export interface SuccessfulPattern {
  /** What they have in common: one feature, or two. */
  readonly when: Readonly<Partial<Record<EditFeature, string>>>;
  readonly sessions: number;
  readonly rate: Rate;
  /** Against all other edits that were asked for; null where there are none. */
  readonly difference: RateDifference | null;
}

/** The document. */
export interface SuccessfulPatternsReport {
  readonly schema: "blueplane.successful_patterns/1";
  readonly status: "ok" | "insufficient_data";
  readonly target: PredictionTarget;
  /** Edits of which it is known what became of them. */
  readonly n: number;
  readonly needed: number;
  readonly rate: Rate | null;
  /** Those that surely went well first. */
  readonly patterns: readonly SuccessfulPattern[];
  readonly coverage: Coverage;
}

const EDITS_NEEDED = 20;
const PATTERN_EDITS_MIN = 10;
/** What a person can choose, or the assistant do. */
const CHOSEN: readonly EditFeature[] = ["tool", "file", "model", "mode", "agent", "hour"];

/** The report. */
export function reportSuccessfulPatterns(
  advisor: Advisor,
  query: SuccessfulPatternsQuery = {},
): SuccessfulPatternsReport {
  const { target = "acceptance", minAcceptance = 0, limit = 10 } = query;
  const edits = labelEdits(
    readEdits(advisor.db, countedSessions(query), advisor.words()),
    target,
  ).filter(({ features }) => isAskedFor(features, query));
  const isEnough = edits.length >= EDITS_NEEDED;
  const patterns = isEnough ? patternsOf(edits) : [];
  const good = patterns.filter(({ rate }) => rate.value >= minAcceptance)
    .sort((a, b) => b.rate.low - a.rate.low || a.name.length - b.name.length)
    .map(({ name: _, ...pattern }) => pattern);
  return {
    schema: "blueplane.successful_patterns/1",
    status: isEnough ? "ok" : "insufficient_data",
    target,
    n: edits.length,
    needed: EDITS_NEEDED,
    rate: rateOf(edits),
    patterns: limit === 0 ? good : good.slice(0, limit),
    coverage: readCoverage(advisor.db, query.coverage),
  };
}

function isAskedFor(
  { tool, extension }: LabelledEdit["features"],
  query: SuccessfulPatternsQuery,
): boolean {
  return (query.extension === undefined || extension === query.extension) &&
    (query.operation === undefined || toolClass(tool ?? "other") === query.operation);
}

/** A pair that holds for the very edits of one of its halves says nothing more. */
function patternsOf(
  edits: readonly LabelledEdit[],
): (SuccessfulPattern & { readonly name: string })[] {
  const groups = new Map<string, { when: SuccessfulPattern["when"]; edits: LabelledEdit[] }>();
  for (const edit of edits) {
    for (const when of combinationsOf(edit.features)) {
      const name = Object.entries(when).map((pair) => pair.join("=")).join(" ");
      const group = groups.get(name);
      if (group) group.edits.push(edit);
      else groups.set(name, { when, edits: [edit] });
    }
  }
  return [...groups].flatMap(([name, { when, edits: some }]) => {
    if (some.length < PATTERN_EDITS_MIN || some.length === edits.length) return [];
    const halves = name.split(" ");
    const isNoNews = halves.length > 1 &&
      halves.some((half) => groups.get(half)!.edits.length === some.length);
    return isNoNews ? [] : [{ name, ...patternOf(when, some, edits) }];
  });
}

function combinationsOf(features: LabelledEdit["features"]): SuccessfulPattern["when"][] {
  const singles = CHOSEN.flatMap((feature) => {
    const value = features[feature];
    return value === null ? [] : [{ [feature]: value }];
  });
  const pairs = singles.flatMap((one, i) =>
    singles.slice(i + 1).map((other) => ({ ...one, ...other }))
  );
  return [...singles, ...pairs];
}

function patternOf(
  when: SuccessfulPattern["when"],
  some: readonly LabelledEdit[],
  all: readonly LabelledEdit[],
): SuccessfulPattern {
  const rate = rateOf(some)!;
  const goodOf = (edits: readonly LabelledEdit[]) => edits.filter(({ label }) => label).length;
  const rest = wilsonRate(goodOf(all) - goodOf(some), all.length - some.length);
  return {
    when,
    sessions: new Set(some.map(({ session }) => session)).size,
    rate,
    difference: rest && rateDifference(rate, rest),
  };
}

function rateOf(edits: readonly LabelledEdit[]): Rate | null {
  return wilsonRate(edits.filter(({ label }) => label).length, edits.length);
}
