/**
 * Lines and files that changed, and what became of proposed edits.
 *
 * @module
 */

import type { Verdict } from "../session_counts.ts";
import { type Metric, metricsOf, type Theme } from "./metric.ts";

const EDITS: Theme = {
  unit: "count",
  facts: ["edits"],
  nullWhen: null,
  inMetrics: "totals.",
  inSessions: "sessions[].",
};

const NOT_TOLD = "edits were made whose assistant tells no lines (see unknown)";
const NOT_OF_MODELS = "a model is asked for; it is of groups";

const VERDICT_TEXTS: Readonly<Record<Verdict, readonly [string, string]>> = {
  accepted: [
    "Edits that a person could have refused and let stand",
    "ran where a person is asked, not rejected, modified or undone",
  ],
  rejected: [
    "Edits that a person refused",
    "a person said no, or took the edit back in a review",
  ],
  modified: [
    "Edits that a person changed, before they ran or afterwards",
    "the client tells of the change",
  ],
  undone: [
    "Edits that a person took back afterwards",
    "the client restored the file, or found it as it was before; not committed before that",
  ],
  auto: [
    "Edits of which nobody was asked, by a rule, hook or mode",
    "ran without a question, not undone",
  ],
  unknown: ["Edits of which no trace tells what became of them", "failed, or never answered"],
};

/** The metrics of this theme. */
export const CODE_METRICS: readonly Metric[] = [
  ...metricsOf({ ...EDITS, unit: "lines", nullWhen: NOT_TOLD }, {
    lines_added: [
      "lines added",
      "Lines that edits added to files that were there",
      "sum of added lines of edits that ran",
    ],
    lines_removed: [
      "lines removed",
      "Lines that edits took out of files",
      "sum of removed lines of edits that ran",
    ],
    files_created: [
      "files created",
      "Files that edits made",
      "count of edits that made a file",
      { unit: "count" },
    ],
    created_file_lines: [
      "lines of created files",
      "Lines of the files that edits made",
      "sum of their lines",
    ],
    files_touched: [
      "files touched",
      "Files that edits changed, each once",
      "count of different files of edits that stand",
      { unit: "count", nullWhen: NOT_OF_MODELS },
    ],
    "file_extensions.<extension>": [
      "files touched by extension",
      "Files of one extension that edits changed, each once",
      "as files_touched",
      { unit: "count", nullWhen: NOT_OF_MODELS },
    ],
  }),
  ...metricsOf(
    { ...EDITS, id: (path) => path.replace("acceptance.", "edits_") },
    Object.fromEntries(
      Object.entries(VERDICT_TEXTS).map(([verdict, [meaning, formula]]) => [
        `acceptance.${verdict}`,
        [`edits: ${verdict}`, meaning, `count of proposed edits: ${formula}`],
      ]),
    ),
  ),
  ...metricsOf(
    {
      ...EDITS,
      facts: ["edits", "permissions", "reviews"],
      id: (path) => path.replace("acceptance.evidence.<evidence>", "edits_accepted_by_evidence"),
    },
    {
      "acceptance.evidence.<evidence>": [
        "edits accepted by evidence",
        "Accepted edits by their strongest trace: report, ran, permission, review or committed; " +
        "absent without any",
        "edits_accepted = report + ran + permission + review + committed",
      ],
    },
  ),
];
