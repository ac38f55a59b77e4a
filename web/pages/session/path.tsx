/**
 * What a session waited for, along its critical path.
 *
 * @module
 */

import { formatCount, formatDuration, formatShare } from "../../../core/format.ts";
import { waitTitle } from "../../../core/reports/critical_path_report.ts";
import type { SessionReport } from "../../../core/reports/session_report.ts";
import { Clipped } from "../../parts/clipped.tsx";
import { Note } from "../../parts/note.tsx";
import { ShareBars } from "../../parts/share_bars.tsx";

const WAITS_SHOWN = 10;
const STEPS_SHOWN = 3;

/** What was waited for, the longest first, and the longest steps. */
export function Waits({ report: { critical_path: path }, nameOf }: {
  report: SessionReport;
  nameOf: (tool: string) => string;
}) {
  if (path === null) return <Note>This assistant records no times.</Note>;
  const longest = path.longest.slice(0, STEPS_SHOWN)
    .map((step) => `${nameOf(waitTitle(step))} ${formatDuration(step.ms)}`).join(", ");
  return (
    <>
      <ShareBars
        caption="What it waited for"
        columns={["Waited for", "Share", "Time", { title: "Steps", hidden: "phone" }]}
        rows={path.waited_for.slice(0, WAITS_SHOWN).map((wait) => ({
          name: <Clipped name={nameOf(waitTitle(wait))} />,
          share: wait.ms / path.length_ms,
          cells: [
            formatShare(wait.ms / path.length_ms),
            formatDuration(wait.ms),
            formatCount(wait.steps),
          ],
        }))}
      />
      <Note>
        {`The longest steps: ${longest}.`}
        {path.beside_ms === 0
          ? ""
          : ` Beside them calls ran for ${
            formatDuration(path.beside_ms)
          } that nothing waited for.`}
      </Note>
    </>
  );
}
