/**
 * A prediction as people read it: how likely, what moved it, and how well such ones fitted.
 *
 * @module
 */

import { formatCount, formatShare } from "../../core/format.ts";
import type {
  CalibrationReport,
  PredictionReport,
} from "../../core/reports/prediction_report.ts";
import { renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";
import type { AdviceLook } from "./similar_lines.ts";

const FACTOR_COLUMNS = [
  { title: "what is known" },
  { title: "value" },
  { title: "effect", number: true },
  { title: "such edits", number: true, weight: 5 },
  { title: "n", number: true, weight: 4 },
];
const SCORE_COLUMNS = [
  { title: "foretold" },
  { title: "edits", number: true, weight: 5 },
  { title: "sessions", number: true, weight: 4 },
  { title: "Brier", number: true },
  { title: "base rate's", number: true },
  { title: "calibration error", number: true, weight: 6 },
];
const HASH_SHOWN = 8;
const WIDTH_DEFAULT = 80;
const VERBS = { acceptance: "accepted", kept: "kept" } as const;

/** The text. */
export function predictionText(report: PredictionReport, look: AdviceLook): string {
  const { probability, needs, factors, calibration, target } = report;
  if (!probability || !calibration) {
    const missing = needs.filter(({ n, needed }) => n < needed)
      .map(({ what, n, needed }) => `${n} ${whatText(what, target)} (${needed} are needed)`);
    return linesOf(`Too little to foretell from: ${missing.join(", ")}.`, look);
  }
  const { value, low, high, n } = probability;
  const range = `${formatShare(low)} to ${formatShare(high)}, n ${formatCount(n)}`;
  const likely = formatShare(value);
  const head = linesOf(`${likely} likely to be ${VERBS[target]} (${range})`, look)
    .replace(likely, look.paint.bold(likely));
  const rows = factors.map((factor) => [
    factor.feature,
    factor.label ?? shortValue(factor),
    `${factor.effect < 0 ? "−" : "+"}${(Math.abs(factor.effect) * 100).toFixed(1)} pt`,
    formatShare(factor.rate?.value),
    formatCount(factor.rate?.n),
  ]);
  const scores = [
    scoreRow("held-out sessions", calibration.held_out_sessions),
    scoreRow("later sessions", calibration.later_sessions),
  ];
  return [
    head,
    report.method === "base_rate"
      ? linesOf(
        "That is the share of all: nothing known foretells better on held-out sessions.",
        look,
      )
      : "",
    rows.length === 0 ? "" : `${renderTable(FACTOR_COLUMNS, rows, look.paint, look.columns)}\n`,
    renderTable(SCORE_COLUMNS, scores, look.paint, look.columns),
  ].join("");
}

function linesOf(text: string, { columns }: AdviceLook): string {
  return wrapText(text, columns ?? WIDTH_DEFAULT).map((line) => `${line}\n`).join("");
}

function whatText(what: string, target: PredictionReport["target"]): string {
  const whats: Readonly<Record<string, string>> = {
    edits: "edits whose fate is known",
    good: `edits that were ${VERBS[target]}`,
    not_good: `edits that were not ${VERBS[target]}`,
    sessions: "sessions with such edits",
  };
  return whats[what] ?? what;
}

function scoreRow(title: string, scores: CalibrationReport): string[] {
  return [
    title,
    formatCount(scores.n),
    formatCount(scores.sessions),
    scores.brier.toFixed(3),
    scores.brier_base_rate.toFixed(3),
    scores.expected_calibration_error.toFixed(3),
  ];
}

/** A project whose name is not known is told by the begin of its hash. */
function shortValue({ feature, value }: PredictionReport["factors"][number]): string {
  return feature === "project" ? value.slice(0, HASH_SHOWN) : value;
}
