/**
 * What became of edits over time, and the share that was accepted with how sure that is.
 *
 * @module
 */

import { formatCount, formatShare } from "../../../core/format.ts";
import type { AcceptancePoint } from "../../../core/reports/acceptance_report.ts";
import { VERDICTS } from "../../../core/session_counts.ts";
import { RateLine } from "../../charts/rate_line.tsx";
import { stepName } from "../../charts/step_name.ts";
import { seriesClass } from "../../charts/scale.ts";
import { StackedBars } from "../../charts/stacked_bars.tsx";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { Empty } from "../../parts/note.tsx";
import { ShareText } from "../../parts/number.tsx";
import { VERDICT_NAMES } from "../../parts/verdicts.ts";

/** In the order in which the bars stand upon each other: what was let stand is below. */
const STACKED = ["accepted", "auto", "modified", "undone", "rejected", "unknown"] as const;

/** Both charts; they share their steps. */
export function VerdictCharts({ points }: { points: readonly AcceptancePoint[] }) {
  const hasEdits = points.some(({ numbers }) =>
    numbers && VERDICTS.some((verdict) => numbers.edits[verdict])
  );
  if (!hasEdits) return <Empty>No edit was proposed in this period.</Empty>;
  const steps = points.map(({ key }) => stepName(key));
  const rates = points.map(({ numbers }) => numbers && numbers.rates.acceptance);
  const known = points.map((point, i) => ({ ...point, step: steps[i]! }))
    .filter(({ numbers }) => numbers && VERDICTS.some((verdict) => numbers.edits[verdict]))
    .toReversed();
  return (
    <div class="grid">
      <ChartFigure
        caption="Edits by what became of them"
        legend={STACKED.map((name, i) => ({ name: VERDICT_NAMES[name], look: seriesClass(i) }))}
        table={{
          caption: "Edits by what became of them",
          columns: [
            { title: "Time" },
            ...STACKED.map((name) => ({ title: VERDICT_NAMES[name], isNumber: true })),
          ],
          rows: known.map(({ step, numbers }) => [
            step,
            ...STACKED.map((name) => formatCount(numbers!.edits[name])),
          ]),
        }}
      >
        <StackedBars
          label="Edits over time, by what became of them"
          steps={steps}
          series={STACKED.map((name) => ({
            name: VERDICT_NAMES[name],
            values: points.map(({ numbers }) => numbers && numbers.edits[name]),
          }))}
          format={formatCount}
        />
      </ChartFigure>
      <ChartFigure
        caption="Share accepted, of those that you could refuse; the bars are 95 % intervals"
        table={{
          caption: "Share accepted over time",
          columns: [{ title: "Time" }, { title: "Accepted", isNumber: true }, {
            title: "Kept",
            isNumber: true,
          }],
          rows: known.map(({ step, numbers }) => [
            step,
            <ShareText rate={numbers!.rates.acceptance} />,
            formatShare(numbers!.rates.kept?.value),
          ]),
        }}
      >
        {rates.some((rate) => rate !== null)
          ? <RateLine label="Share of edits accepted over time" steps={steps} rates={rates} />
          : <Empty>Nobody was asked about an edit.</Empty>}
      </ChartFigure>
    </div>
  );
}
