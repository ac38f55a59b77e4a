/**
 * Into which phases of work the time of turns went, as rows with a bar each.
 *
 * @module
 */

import { formatCount, formatDuration, formatShare } from "../../core/format.ts";
import type { UsageReport } from "../../core/reports/usage_report.ts";
import { ShareBars } from "./share_bars.tsx";

/** The phases, in the order of the work. */
export function PhaseBars({ phases }: { phases: UsageReport["phases"] }) {
  return (
    <ShareBars
      caption="Phases of work"
      columns={["Phase", "Share", "Time", { title: "Calls", hidden: "phone" }]}
      rows={Object.entries(phases).map(([phase, { ms, share, calls }]) => ({
        name: phase,
        share,
        cells: [
          formatShare(share),
          formatDuration(ms),
          phase === "answer" ? "–" : formatCount(calls),
        ],
      }))}
      empty="Nothing was done."
    />
  );
}
