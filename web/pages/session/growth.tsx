/**
 * How tokens and cost of a session grew.
 *
 * @module
 */

import { costMark } from "../../../core/cost_text.ts";
import { formatCount, formatMoney } from "../../../core/format.ts";
import { isOutputOpen } from "../../../core/reports/output_bound.ts";
import type { SessionActivity } from "../../../core/reports/session_activity.ts";
import type { Session } from "../../../core/reports/sessions_report.ts";
import type { Interval } from "../../charts/folded_time.ts";
import { GrowthLine } from "../../charts/growth_line.tsx";
import { ChartFigure } from "../../parts/chart_figure.tsx";
import { dayText, momentText } from "../../parts/moment.tsx";
import { Empty } from "../../parts/note.tsx";

/** Rows of the table: more say no more. */
const ROWS = 12;

/** Both charts side by side. */
export function Growth(
  { session, activity, busy }: {
    session: Session;
    activity: SessionActivity | null;
    /** When something went on, in order: the rest is folded, as in the timeline. */
    busy: readonly Interval[];
  },
) {
  const { ended_at, duration_ms } = session;
  if (activity === null || ended_at === null || duration_ms === null) {
    return <Empty>This assistant records no times.</Empty>;
  }
  const to = Date.parse(ended_at);
  const place = { from: to - duration_ms, stretchMs: activity.stretch_ms, to, busy };
  const sign = costMark(session);
  return (
    <div class="grid">
      <Grown
        {...place}
        name="Cost so far"
        values={activity.cost_so_far_usd}
        sign={sign}
        format={formatMoney}
      />
      <Grown
        {...place}
        name="Tokens so far"
        values={activity.tokens_so_far}
        sign={isOutputOpen(session) ? "≥" : ""}
        format={formatCount}
      />
    </div>
  );
}

function Grown({ name, values, from, to, stretchMs, busy, sign, format }: {
  name: string;
  values: readonly number[] | null;
  from: number;
  to: number;
  stretchMs: number;
  busy: readonly Interval[];
  /** What stands before a number that may be more than it says. */
  sign: string;
  format(value: number): string;
}) {
  if (values === null) return <Empty>{`${name}: not known.`}</Empty>;
  const last = sign + format(values.at(-1) ?? 0);
  const every = Math.ceil(values.length / ROWS);
  const ends = values.map((_, i) => Math.min(to, from + (i + 1) * stretchMs));
  const rows = values.map((value, i) => [momentText(ends[i]!), value])
    .filter((_, i) => (i + 1) % every === 0 || i === values.length - 1) as [string, number][];
  return (
    <ChartFigure
      caption={`${name}: ${last}`}
      table={{
        caption: name,
        columns: [{ title: "Until" }, { title: name, isNumber: true }],
        rows: rows.map(([at, value]) => [at, sign + format(value)]),
      }}
    >
      <GrowthLine
        label={`${name}: ${last} at the end`}
        points={values.map((value, i) => ({ at: ends[i]!, value }))}
        stretch={[from, to]}
        busy={busy}
        ends={[dayText(from), dayText(to)]}
        format={format}
      />
    </ChartFigure>
  );
}
