/**
 * How calls fail: the classes of errors, and which tool fails in which way.
 *
 * @module
 */

import { formatCount, formatShare } from "../../../core/format.ts";
import type {
  ErrorPattern,
  ErrorPatternsReport,
} from "../../../core/reports/error_patterns_report.ts";
import type { MetricsReport } from "../../../core/reports/metrics_report.ts";
import { ShareText } from "../../parts/number.tsx";
import { Section } from "../../parts/section.tsx";
import { ShareBars } from "../../parts/share_bars.tsx";
import { Table } from "../../parts/table.tsx";
import type { ToolNamer } from "../../tool_namer.ts";

const SHOWN = 12;

interface ErrorTablesProps {
  readonly report: MetricsReport;
  readonly errors: ErrorPatternsReport;
  readonly nameOf: ToolNamer;
}

/** Classes, the most frequent first. */
export function ErrorClasses({ report, errors }: Omit<ErrorTablesProps, "nameOf">) {
  const classes = classesOf(report, errors);
  const all = classes.reduce((sum, [, count]) => sum + count, 0);
  return (
    <Section id="classes" title="Classes of errors">
      <ShareBars
        caption="Failed calls by class of error"
        columns={["Class", "Calls", "Share"]}
        rows={classes.slice(0, SHOWN).map(([name, count]) => ({
          name: wordsOf(name),
          share: count / all,
          cells: [formatCount(count), formatShare(count / all)],
        }))}
        empty="No call failed in this period."
      />
    </Section>
  );
}

/** Tools and classes, the most frequent first, and what is to be done about them. */
export function ErrorTable({ errors, nameOf }: Omit<ErrorTablesProps, "report">) {
  const tips = errors.patterns.filter(({ cause, prevention }) => cause ?? prevention);
  return (
    <Section id="errors" title="How each tool fails">
      <Table
        caption="Errors by tool and class, the most frequent first"
        columns={[
          { title: "Tool" },
          { title: "Error" },
          { title: "Calls", isNumber: true },
          { title: "Sessions", isNumber: true, hidden: "phone" },
          { title: "Of its calls", isNumber: true, hidden: "phone" },
          { title: "Change", isNumber: true, hidden: "tablet" },
          { title: "Went well soon after", isNumber: true, hidden: "tablet" },
        ]}
        rows={errors.patterns.slice(0, SHOWN).map((pattern) => [
          nameOf(pattern.tool),
          wordsOf(pattern.error),
          formatCount(pattern.count),
          formatCount(pattern.sessions),
          <ShareText rate={pattern.rate} />,
          trendText(pattern),
          formatShare(pattern.recovery.same_tool.value),
        ])}
        empty="No call failed in this period."
      />
      {tips.length === 0 ? null : <Tips patterns={tips.slice(0, SHOWN)} />}
    </Section>
  );
}

function Tips({ patterns }: { patterns: readonly ErrorPattern[] }) {
  const byClass = new Map(patterns.map((pattern) => [pattern.error, pattern]));
  return (
    <details>
      <summary>What causes them, and what keeps them away</summary>
      <dl class="pairs">
        {[...byClass.values()].map(({ error, cause, prevention }) => (
          <>
            <dt>{wordsOf(error)}</dt>
            <dd>{[cause, prevention].filter(Boolean).join(". ")}.</dd>
          </>
        ))}
      </dl>
    </details>
  );
}

/** With a model no sums are kept by class; the calls themselves tell it. */
function classesOf({ totals }: MetricsReport, errors: ErrorPatternsReport): [string, number][] {
  const told = totals.tool_errors_by_class;
  if (told !== null) return Object.entries(told);
  const groups = Map.groupBy(errors.patterns, ({ error }) => error);
  return [...groups].map(([error, patterns]): [string, number] => [
    error,
    patterns.reduce((sum, { count }) => sum + count, 0),
  ]).sort(([, a], [, b]) => b - a);
}

function trendText({ trend }: ErrorPattern): string {
  if (trend === null) return "–";
  const { value, clear } = trend.difference;
  const points = `${Math.abs(value * 100).toFixed(1)} pt`;
  return `${value > 0 ? "▲" : "▼"} ${points}${clear ? "" : " (not clear)"}`;
}

function wordsOf(name: string): string {
  return name.replaceAll("_", " ");
}
