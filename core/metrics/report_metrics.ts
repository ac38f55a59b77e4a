/**
 * What a report tells of itself: how a number changed, and of how much it speaks.
 *
 * @module
 */

import { type Metric, metricsOf } from "./metric.ts";

/** The metrics of this theme. */
export const REPORT_METRICS: readonly Metric[] = [
  ...metricsOf({
    unit: "count",
    facts: ["reading"],
    nullWhen: null,
    inMetrics: "",
    inSessions: null,
  }, {
    "change.<metric>": [
      "change",
      "The difference of a metric to the period of the same length before, in its own unit",
      "its value − its value in the period before",
      { nullWhen: "one of both is null, or nothing is known of the time before the period" },
    ],
  }),
  ...metricsOf({
    unit: "count",
    facts: ["reading"],
    nullWhen: null,
    inMetrics: "",
    inSessions: "",
  }, {
    total: [
      "sessions in all",
      "Sessions that match, also those that the list leaves out",
      "count of sessions",
      { inMetrics: null, id: () => "sessions_total" },
    ],
    "coverage.files_done": [
      "files read",
      "Files that are read to their end",
      "count of files whose position is their size",
      { id: () => "files_done" },
    ],
    "coverage.files_total": [
      "files",
      "Files that were found",
      "count of files at the last look",
      { id: () => "files_total" },
    ],
    "coverage.rebuild_blocks_done": [
      "blocks derived again",
      "Blocks that a rebuild which is not done has derived again",
      "count of blocks; 0 where there is none",
      { id: () => "rebuild_blocks_done" },
    ],
    "coverage.rebuild_blocks_total": [
      "blocks to derive",
      "Blocks of a rebuild that is not done: numbers grow until all are derived",
      "count of blocks; 0 where there is none",
      { id: () => "rebuild_blocks_total" },
    ],
  }),
];
