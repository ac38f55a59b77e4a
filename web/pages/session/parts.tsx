/**
 * What a session used and changed: models, tools and files.
 *
 * @module
 */

import { formatCount, formatLatency } from "../../../core/format.ts";
import { acceptanceRate } from "../../../core/reports/acceptance.ts";
import { MODEL_COLUMNS, modelRows } from "../../../core/reports/model_rows.ts";
import type { SessionReport } from "../../../core/reports/session_report.ts";
import { Clipped } from "../../parts/clipped.tsx";
import { ShareText } from "../../parts/number.tsx";
import { Table } from "../../parts/table.tsx";

const WIDE: ReadonlySet<string> = new Set(["input", "cache reads", "cache writes"]);

/** Tokens and cost by model, the dearest first. */
export function Models({ report: { session } }: { report: SessionReport }) {
  return (
    <Table
      caption="Models"
      columns={MODEL_COLUMNS.map((title, i) => ({
        title: title[0]!.toUpperCase() + title.slice(1),
        isNumber: i > 0,
        ...(WIDE.has(title) ? { hidden: "phone" as const } : {}),
      }))}
      rows={modelRows(session)}
      empty="No model answered."
    />
  );
}

/** Calls by tool: how they ended, how long they took, what they changed. */
export function Tools(
  { report: { tools }, nameOf }: { report: SessionReport; nameOf: (tool: string) => string },
) {
  return (
    <Table
      caption="Tools"
      columns={[
        { title: "Tool" },
        { title: "Calls", isNumber: true },
        { title: "Failed", isNumber: true },
        { title: "Refused", isNumber: true },
        { title: "p50", isNumber: true, hidden: "phone" },
        { title: "p95", isNumber: true, hidden: "phone" },
        { title: "Lines", isNumber: true, hidden: "phone" },
      ]}
      rows={tools.map(({ tool, uses, results, tool_ms, lines_added, lines_removed }) => [
        <Clipped name={nameOf(tool)} />,
        formatCount(uses),
        formatCount(results.failed),
        formatCount(results.rejected + results.permission_denied + results.hook_blocked),
        formatLatency(tool_ms?.p50),
        formatLatency(tool_ms?.p95),
        linesText(lines_added, lines_removed),
      ])}
      empty="No tool was called."
    />
  );
}

/** Files by extension: calls, lines, and what became of edits. */
export function Files({ report: { files } }: { report: SessionReport }) {
  return (
    <Table
      caption="Files by extension"
      columns={[
        { title: "Extension" },
        { title: "Calls", isNumber: true },
        { title: "Changed", isNumber: true },
        { title: "Lines", isNumber: true },
        { title: "Accepted", isNumber: true, hidden: "phone" },
      ]}
      rows={files.map(({ extension, uses, files_touched, acceptance, ...lines }) => [
        <code>{extension}</code>,
        formatCount(uses),
        formatCount(files_touched),
        linesText(lines.lines_added, lines.lines_removed),
        <ShareText rate={acceptanceRate(acceptance)} />,
      ])}
      empty="No call named a file."
    />
  );
}

function linesText(added: number | null, removed: number | null): string {
  return added || removed ? `+${formatCount(added)} −${formatCount(removed)}` : "–";
}
