/**
 * Numbers of an aggregate for people: called as the catalogue calls them, in their units.
 *
 * @module
 */

import { formatNumber, formatRatio } from "../../../core/format.ts";
import { METRICS } from "../../../core/metrics.ts";

/** A count that is a mean has digits behind the point; what is money or time has its own look. */
const WITH_OWN_LOOK: ReadonlySet<string> = new Set(["usd", "ms", "share"]);

/** What a column of exports is called; one that the catalogue does not know, by its own words. */
export function teamTitle(name: string): string {
  return metricNamed(name)?.title ?? name.replaceAll("_", " ");
}

/** A sum or mean of it. */
export function teamValue(name: string, value: number | null): string {
  const unit = metricNamed(name)?.unit;
  return unit !== undefined && WITH_OWN_LOOK.has(unit)
    ? formatNumber(value, unit)
    : formatRatio(value);
}

function metricNamed(name: string) {
  return METRICS.find(({ id }) => id === name);
}
