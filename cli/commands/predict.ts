/**
 * `blueplane predict`: how likely an edit is to be accepted, and how well that is known.
 *
 * @module
 */

import type { PredictionTarget } from "../../core/prediction_features.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import {
  seenExtensions,
  seenModels,
  seenModes,
  seenTools,
} from "../../core/reports/filter_choices.ts";
import {
  type CalibrationReport,
  type PredictionReport,
  reportPrediction,
} from "../../core/reports/prediction_report.ts";
import { predictionText } from "../advice/prediction_lines.ts";
import { chosenSession } from "../chosen_session.ts";
import type { Globals } from "../cli.ts";
import { noteUnseen } from "../filter_notes.ts";
import { chosenFormat, type ListFormat } from "../formats/chosen_format.ts";
import { factsCsv, factsMarkdown } from "../formats/facts.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../table.ts";
import { noteCoverage, printJson, withReport } from "../with_report.ts";

/** The options as the user wrote them. */
export interface PredictOptions {
  readonly target: PredictionTarget;
  readonly operation?: "create" | "edit";
  readonly tool?: string;
  readonly extension?: string;
  readonly model?: string;
  readonly mode?: string;
  readonly project?: string;
  readonly session?: string;
  readonly format?: ListFormat;
}

/** What of an edit is told in words that were seen, or are none. */
const SEEN = { tool: seenTools, extension: seenExtensions, model: seenModels, mode: seenModes };

/** Runs the command. */
export async function runPredict(
  io: Io,
  globals: Globals,
  options: PredictOptions,
): Promise<number> {
  const format = chosenFormat(globals, options.format);
  const { target, operation, tool, extension, model, mode, session } = options;
  const filters = { project: options.project };
  return await withReport(io, globals, filters, ({ db, filter, labels, coverage }, io) => {
    for (const [what, seen] of Object.entries(SEEN)) {
      const word = options[what as keyof typeof SEEN];
      if (word !== undefined) noteUnseen(io, globals, { [what]: word }, seen(db));
    }
    const report = reportPrediction(new Advisor(db), {
      target,
      operation,
      // Of several projects with one name, any tells as much.
      edit: { tool, extension, model, mode, project: [filter.project].flat()[0] },
      session: chosenSession(db, session),
      now: session === undefined ? undefined : io.clock.now(),
      labels,
      coverage,
    });
    if (format === "json") return printJson(io, report);
    if (format === "csv") io.stdout.write(factsCsv(shortOf(report)));
    else if (format === "markdown") io.stdout.write(factsMarkdown(shortOf(report)));
    else {
      const look = { paint: paintFor(io, globals), columns: io.stdout.columns() };
      io.stdout.write(predictionText(report, look));
    }
    noteCoverage(io, globals, report.coverage);
  });
}

/** What is worth a line of its own: the bins of the calibration are for those who read JSON. */
function shortOf({ needs: _needs, calibration, ...report }: PredictionReport) {
  const scores = (part: CalibrationReport) => ({ ...part, bins: [] });
  return {
    ...report,
    held_out_sessions: calibration && scores(calibration.held_out_sessions),
    later_sessions: calibration && scores(calibration.later_sessions),
  };
}
