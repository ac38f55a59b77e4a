/**
 * `blueplane metrics --list`: the catalogue of numbers.
 *
 * @module
 */

import { PLATFORMS } from "../../capture/registry.ts";
import { METRICS, type MetricSource, sourcesOf } from "../../core/metrics.ts";
import { csvText } from "../formats/csv.ts";
import type { ListFormat } from "../formats/chosen_format.ts";
import { markdownTable } from "../formats/markdown.ts";
import type { Io } from "../io.ts";
import { type Paint, renderTable } from "../table.ts";
import { wrapText } from "../wrap.ts";
import { printJson } from "../with_report.ts";

const NAMES = ["metric", "unit", "title", "meaning", "formula", "sources", "null_when"];
const COLUMNS = [{ title: "metric" }, { title: "unit" }, { title: "what it says" }];
/** Between two columns, and at the edges. */
const GAPS = 5;
const MEANING_MIN = 24;

/** Prints it. */
export function printMetricsList(io: Io, format: ListFormat, paint: Paint): void {
  if (format === "json") printJson(io, metricsList());
  else if (format === "table") io.stdout.write(listTable(io.stdout.columns(), paint));
  else {
    const rows = metricsList().metrics.map((metric) => [
      metric.id,
      metric.unit,
      metric.title,
      metric.meaning,
      metric.formula,
      sourcesText(metric.sources),
      metric.null_when,
    ]);
    const words = () => rows.map((row) => row.map((cell) => cell ?? ""));
    const columns = NAMES.map((name) => ({ title: name.replace("_", " ") }));
    io.stdout.write(format === "csv" ? csvText(NAMES, rows) : markdownTable(columns, words()));
  }
}

/** The document. */
export function metricsList() {
  return {
    schema: "blueplane.metrics_list/1",
    metrics: METRICS.map((metric) => ({
      id: metric.id,
      unit: metric.unit,
      title: metric.title,
      meaning: metric.meaning,
      formula: metric.formula,
      found_in: metric.foundIn,
      ...(metric.parts.length > 0 ? { parts: metric.parts } : {}),
      sources: sourcesOf(metric, PLATFORMS),
      null_when: metric.nullWhen,
    })),
  };
}

function sourcesText(sources: readonly MetricSource[]): string {
  return sources.map(({ platform, from }) => platform === null ? from : `${platform}: ${from}`)
    .join("; ");
}

/** What a number says goes on below itself, where the line is too short for it. */
function listTable(width: number, paint: Paint): string {
  const longest = (of: (metric: typeof METRICS[number]) => string) =>
    Math.max(...METRICS.map((metric) => of(metric).length));
  const left = width - longest(({ id }) => id) - longest(({ unit }) => unit) - GAPS;
  const rows = METRICS.flatMap(({ id, unit, meaning }) =>
    wrapText(meaning, Math.max(left, MEANING_MIN)).map((line, i) =>
      i === 0 ? [id, unit, line] : ["", "", line]
    )
  );
  return renderTable(COLUMNS, rows, paint, width);
}
