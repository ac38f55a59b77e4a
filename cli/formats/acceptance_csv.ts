/**
 * The report of acceptance as CSV: a row for all, then one for each group of each dimension.
 *
 * @module
 */

import { COST_PARTS } from "../../core/fates.ts";
import { VERDICTS } from "../../core/session_counts.ts";
import type {
  AcceptanceNumbers,
  AcceptanceReport,
} from "../../core/reports/acceptance_report.ts";
import { type Cell, csvText } from "./csv.ts";

const PARTS = [...COST_PARTS, "web_searches"];
const RATE_PARTS = ["value", "n", "low", "high"] as const;
const NAMES = ["tool_uses", "lines_added", "created_file_lines", "cost_usd"] as const;
const OUTCOMES = [
  "cost_rejected_usd",
  "cost_failed_usd",
  "cost_undone_usd",
  "wasted_cost_share",
  "cost_per_accepted_line_usd",
  "cost_per_kept_line_usd",
  "priced_lines_accepted",
  "priced_lines_kept",
  "rejected_tokens",
  "failed_tokens",
] as const;

/** The rows. */
export function acceptanceCsv({ totals, by }: AcceptanceReport): string {
  const groups = Object.entries(by).flatMap(([dimension, all]) =>
    all.map(({ key, label, ...numbers }) => [dimension, key, label ?? null, numbers] as const)
  );
  const rows = [["all", "", null, totals] as const, ...groups].map((
    [dimension, key, label, numbers],
  ) => [dimension, key, label, ...cellsOf(numbers).map(([, cell]) => cell)]);
  const names = cellsOf(totals).map(([name]) => name);
  return csvText(["dimension", "group", "label", ...names], rows);
}

function cellsOf(numbers: AcceptanceNumbers): [string, Cell][] {
  const { edits, rates, refused_by, cost_by_outcome_usd: parts } = numbers;
  return [
    ...VERDICTS.map((verdict): [string, Cell] => [`edits_${verdict}`, edits[verdict]]),
    ...Object.entries(rates).flatMap(([name, rate]) =>
      RATE_PARTS.map((part): [string, Cell] => [
        part === "value" ? `${name}_rate` : `${name}_${part}`,
        rate?.[part] ?? null,
      ])
    ),
    ...Object.entries(refused_by).map(([who, count]): [string, Cell] => [
      `refused_by_${who}`,
      count,
    ]),
    ...[...NAMES, ...OUTCOMES].map((name): [string, Cell] => [name, numbers[name]]),
    // A part that is left out cost nothing.
    ...PARTS.map((part): [string, Cell] => [
      `cost_of_${part}_usd`,
      parts === null ? null : parts[part] ?? 0,
    ]),
  ];
}
