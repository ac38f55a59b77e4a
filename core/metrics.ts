/**
 * The catalogue: what every number of the reports is, where it comes from and what makes it null.
 *
 * @module
 */

import { CODE_METRICS } from "./metrics/code_metrics.ts";
import { CONTEXT_METRICS } from "./metrics/context_metrics.ts";
import { EXPORTED_METRICS } from "./metrics/exported_metrics.ts";
import { INPUT_METRICS } from "./metrics/input_metrics.ts";
import type { Metric } from "./metrics/metric.ts";
import { MODEL_METRICS } from "./metrics/model_metrics.ts";
import { OUTCOME_METRICS } from "./metrics/outcome_metrics.ts";
import { OWN_METRICS } from "./metrics/own_metrics.ts";
import { PATH_METRICS } from "./metrics/path_metrics.ts";
import { RATE_METRICS } from "./metrics/rate_metrics.ts";
import { REPORT_METRICS } from "./metrics/report_metrics.ts";
import { SCORE_METRICS } from "./metrics/score_metrics.ts";
import { TIME_METRICS } from "./metrics/time_metrics.ts";
import { TOOL_METRICS } from "./metrics/tool_metrics.ts";
import { USAGE_METRICS } from "./metrics/usage_metrics.ts";

/** What of each fact a platform reads, and where: for people, in a few words. */
export type PlatformFacts = Readonly<Partial<Record<Exclude<Fact, keyof typeof OWN>, string>>>;

/** A fact that metrics rest on. */
type Fact = Metric["facts"][number];

/** Where a metric comes from. */
export interface MetricSource {
  /** Null where it is of no assistant. */
  readonly platform: string | null;
  readonly from: string;
}

/** Facts that are of no assistant. */
const OWN = { prices: "price table", reading: "Blueplane itself" } as const;

/** Every number of `metrics --json`, of `sessions --json`, and of `analyze --json`, by theme. */
export const METRICS: readonly Metric[] = [
  ...INPUT_METRICS,
  ...MODEL_METRICS,
  ...TOOL_METRICS,
  ...CODE_METRICS,
  ...OUTCOME_METRICS,
  ...RATE_METRICS,
  ...TIME_METRICS,
  ...PATH_METRICS,
  ...SCORE_METRICS,
  ...CONTEXT_METRICS,
  ...USAGE_METRICS,
  ...EXPORTED_METRICS,
  ...OWN_METRICS,
  ...REPORT_METRICS,
];

const BY_ID = new Map(METRICS.map((metric) => [metric.id, metric]));

/** The metric of a name. @throws {RangeError} where there is none */
export function metricOf(id: string): Metric {
  const metric = BY_ID.get(id);
  if (!metric) {
    throw new RangeError("Cannot tell of a metric: the catalogue has none of its name");
  }
  return metric;
}

/** Where each fact of a metric comes from; a platform that tells none of it is left out. */
export function sourcesOf(
  { facts }: Metric,
  platforms: readonly { readonly id: string; readonly facts: PlatformFacts }[],
): MetricSource[] {
  const told = platforms.flatMap(({ id, facts: places }) => {
    const from = facts.flatMap((fact) => isOwn(fact) ? [] : places[fact]?.split(", ") ?? []);
    return from.length === 0 ? [] : [{ platform: id, from: [...new Set(from)].join(", ") }];
  });
  const own = facts.filter(isOwn).map((fact) => ({ platform: null, from: OWN[fact] }));
  return [...told, ...own];
}

/** The number, or its part, that stands in a document at a path without names of its own. */
export function numberAt(
  document: unknown,
  path: string,
  part?: string,
): number | boolean | null {
  const names = part === undefined ? path.split(".") : [...path.split("."), part];
  const found = names.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | null | undefined)?.[name],
    document,
  );
  return typeof found === "number" || typeof found === "boolean" ? found : null;
}

/** Whether a path names one number, and not one for each name or place. */
export function isSingle(path: string | null): path is string {
  return path !== null && !/[<[]/.test(path);
}

/** The single numbers of a session, and where they stand in it. */
export function sessionNumbers(): { id: string; unit: Metric["unit"]; path: string }[] {
  return METRICS.flatMap(({ id, unit, foundIn }) => {
    const [, path] = /^sessions\[\]\.([^[<]+)$/.exec(foundIn.sessions ?? "") ?? [];
    return path === undefined ? [] : [{ id, unit, path }];
  });
}

/** A single number of a group. */
export interface GroupNumber {
  readonly id: string;
  readonly unit: Metric["unit"];
  readonly path: string;
  /** Its value where it has parts. */
  readonly part: "value" | undefined;
}

/** The single numbers of a group of the report, out of some of its sections. */
export function groupNumbers(...sections: readonly string[]): GroupNumber[] {
  return METRICS.flatMap(({ id, unit, foundIn: { metrics: path }, parts }) =>
    isSingle(path) && sections.includes(path.split(".")[0]!)
      ? [{ id, unit, path, part: parts.includes("value") ? "value" : undefined }]
      : []
  );
}

function isOwn(fact: Fact): fact is keyof typeof OWN {
  return Object.hasOwn(OWN, fact);
}
