/**
 * What reports can be asked for, by name: the words of options, apart from what answers them.
 *
 * @module
 */

/** By what a report can be grouped. */
export const GROUPINGS = [
  "model",
  "tool",
  "project",
  "platform",
  "extension",
  "mode",
  "hour",
  "hour-of-day",
  "day",
  "week",
  "month",
  "weekday",
] as const;

/** One of {@linkcode GROUPINGS}. */
export type GroupBy = typeof GROUPINGS[number];

/** By what acceptance is told; hours and weekdays are the user's own. */
export const ACCEPTANCE_DIMENSIONS = [
  "tool",
  "model",
  "extension",
  "project",
  "platform",
  "mode",
  "hour-of-day",
  "weekday",
] as const;

/** One of {@linkcode ACCEPTANCE_DIMENSIONS}. */
export type AcceptanceDimension = typeof ACCEPTANCE_DIMENSIONS[number];

/** By what sessions can be sorted: the most comes first, what is not known last. */
export const SESSION_SORTS = [
  "recent",
  "started",
  "duration",
  "cost",
  "tokens",
  "prompts",
  "tools",
  "failed",
  "rejected",
  "lines",
  "acceptance",
  "project",
] as const;

/**
 * One of {@linkcode SESSION_SORTS}; `recent` is by the latest moment, `tokens` by output, `lines`
 * by those added, `project` by its name, or else its id.
 */
export type SessionSort = typeof SESSION_SORTS[number];

/** From the least to the most, or the other way. */
export const SORT_ORDERS = ["asc", "desc"] as const;

/** How often what fails must have happened at most, to be told: what never did is nothing. */
export const FREQUENCY_MAX = 1_000_000;
