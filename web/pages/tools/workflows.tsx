/**
 * What calls are made for: the phases of work, and the workflows that turns follow.
 *
 * @module
 */

import { formatCount, formatDuration } from "../../../core/format.ts";
import type { FullMetricsReport } from "../../../core/reports/metrics_report.ts";
import { Note } from "../../parts/note.tsx";
import { ShareText } from "../../parts/number.tsx";
import { PhaseBars } from "../../parts/phase_bars.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";

/** Both of them; where a model is asked for, nothing of it is known. */
export function Workflows({ report: { usage } }: { report: FullMetricsReport }) {
  return (
    <div class="grid">
      <Section id="phases" title="Phases of work">
        {usage === null
          ? <Note>Not known for a single model.</Note>
          : <PhaseBars phases={usage.phases} />}
      </Section>
      <Section id="workflows" title="Workflows">
        {usage === null ? <Note>Not known for a single model.</Note> : (
          <Table
            caption="Workflows"
            columns={[
              { title: "Phases of a turn" },
              { title: "Turns", isNumber: true },
              { title: "Sessions", isNumber: true, hidden: "phone" },
              { title: "Finished", isNumber: true },
              { title: "Mean time", isNumber: true, hidden: "phone" },
            ]}
            rows={usage.workflows.map((flow) => [
              <span class="breaks">{flow.phases.join(" → ")}</span>,
              formatCount(flow.turns),
              formatCount(flow.sessions),
              <ShareText rate={flow.finished} />,
              flow.mean_ms === null ? "–" : formatDuration(flow.mean_ms),
            ])}
            empty="No two turns went through the same phases."
          />
        )}
      </Section>
    </div>
  );
}
