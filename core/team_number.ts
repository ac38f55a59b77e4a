/**
 * Numbers of an aggregate for people: called as the catalogue calls them, in their units.
 *
 * @module
 */

import { costMark, type ToldCost } from "./cost_text.ts";
import { formatNumber, formatRatio } from "./format.ts";
import { METRICS } from "./metrics.ts";
import type { TeamGroup } from "./team_aggregate.ts";

/** A count that is a mean has digits behind the point; what is money or time has its own look. */
const WITH_OWN_LOOK: ReadonlySet<string> = new Set(["usd", "ms", "share"]);
const NOT_KNOWN = "–";

/** What a column of exports is called; one that the catalogue does not know, by its own words. */
export function teamTitle(name: string): string {
  return metricNamed(name)?.title ?? name.replaceAll("_", " ");
}

/** Its sum over the rows of a group, whole where it counts; a cost that may be more is marked. */
export function teamSum(name: string, group: TeamGroup, whole: TeamGroup): string {
  const number = group.numbers[name];
  if (!number || number.sum === null) return NOT_KNOWN;
  const isPart = isCost(name) && number.n < group.rows;
  const mark = isPart ? "≥" : markOf(name, group, whole);
  return mark + formatNumber(number.sum, metricNamed(name)?.unit ?? "count");
}

/** The mean of the rows that know it. */
export function teamMean(name: string, group: TeamGroup, whole: TeamGroup): string {
  const number = group.numbers[name], unit = metricNamed(name)?.unit;
  if (!number) return NOT_KNOWN;
  return markOf(name, group, whole) +
    (unit !== undefined && WITH_OWN_LOOK.has(unit)
      ? formatNumber(number.mean, unit)
      : formatRatio(number.mean));
}

function markOf(name: string, group: TeamGroup, whole: TeamGroup): string {
  return isCost(name) ? costMark(toldOf(group), toldOf(whole)) : "";
}

function isCost(name: string): boolean {
  return name.startsWith("cost_") && metricNamed(name)?.unit === "usd";
}

/** Means over the rows: one that is a lower bound makes one of them all. */
function toldOf({ numbers }: TeamGroup): ToldCost {
  return {
    cost_is_lower_bound: numbers.cost_is_lower_bound?.mean,
    cost_coverage: numbers.cost_coverage?.mean,
  };
}

function metricNamed(name: string) {
  return METRICS.find(({ id }) => id === name);
}
