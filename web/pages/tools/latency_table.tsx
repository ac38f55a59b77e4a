/**
 * How long calls take, tool by tool.
 *
 * @module
 */

import { formatCount, formatLatency } from "../../../core/format.ts";
import type { MetricsReport } from "../../../core/reports/metrics_report.ts";
import { RangeBar, rangeScale } from "../../charts/range_bar.tsx";
import { Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";
import type { ToolNamer } from "../../tool_namer.ts";

const SHOWN = 20;

/** The table, the slowest first by what nineteen of twenty calls stay below. */
export function LatencyTable({ report, nameOf }: { report: MetricsReport; nameOf: ToolNamer }) {
  const timed = (report.groups ?? []).flatMap(({ key, latency: { tool_ms } }) =>
    tool_ms ? [{ key, times: tool_ms }] : []
  ).sort((a, b) => b.times.p95 - a.times.p95);
  const all = report.latency.tool_ms;
  const rows = [
    ...(all ? [{ name: "all tools", times: all }] : []),
    ...timed.slice(0, SHOWN).map(({ key, times }) => ({ name: nameOf(key), times })),
  ];
  const scale = rangeScale(rows.map(({ times }) => times));
  return (
    <Section id="latency" title="How long calls take">
      <Table
        caption="Duration of calls by tool"
        columns={[
          { title: "Tool" },
          { title: "Half, to 95 % and 99 %", hidden: "phone" },
          { title: "p50", isNumber: true },
          { title: "p95", isNumber: true },
          { title: "p99", isNumber: true },
          { title: "Mean", isNumber: true, hidden: "phone" },
          { title: "Max", isNumber: true, hidden: "phone" },
          { title: "n", isNumber: true },
        ]}
        rows={rows.map(({ name, times }) => [
          name,
          <RangeBar times={times} scale={scale} />,
          formatLatency(times.p50),
          formatLatency(times.p95),
          formatLatency(times.p99),
          formatLatency(times.mean),
          formatLatency(times.max),
          formatCount(times.n),
        ])}
        empty="No call has a recorded duration."
      />
      {rows.length === 0 ? null : (
        <Note>
          From the call to its result, as the client measured it: time in which it waited for a
          person is in it. The dot is the middle call, the thick line reaches to 95 % and the thin
          one to 99 %; marks are 10 and 100 ms, 1 and 10 s, 1 and 10 min.
        </Note>
      )}
    </Section>
  );
}
