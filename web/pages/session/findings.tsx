/**
 * What was found in a session, with its numbers and what to do.
 *
 * @module
 */

import { formatCount, formatDuration, formatMoney } from "../../../core/format.ts";
import type { Insight } from "../../../core/reports/insights_report.ts";
import { Empty } from "../../parts/note.tsx";

const LOOKS = { high: "bad", medium: "warn", low: "quiet" } as const;

/** The findings, those that matter most first. */
export function Findings({ insights }: { insights: readonly Insight[] }) {
  if (insights.length === 0) return <Empty>Nothing.</Empty>;
  return (
    <ul class="findings">
      {insights.map((insight) => (
        <li>
          <p>
            <span class={`badge ${LOOKS[insight.severity]}`}>{insight.severity}</span>{" "}
            <strong>{insight.title}</strong>
          </p>
          <p class="quiet">{factsText(insight)}</p>
          <p>{insight.suggestion}</p>
          <p class="quiet">
            <button type="button" class="small" data-dismiss={insight.id} hidden>
              Dismiss
            </button>
            <span>
              {"In a terminal: "}
              <code>{`blueplane insights dismiss ${insight.id}`}</code>
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

function factsText({ numbers, n, n_of, expected_gain: gain }: Insight): string {
  const facts = Object.entries(numbers).map(([name, value]) =>
    `${name.replaceAll("_", " ")} ${
      Number.isInteger(value) ? formatCount(value) : value.toFixed(2)
    }`
  );
  const spared = [
    ...gain?.cost_usd ? [formatMoney(gain.cost_usd)] : [],
    ...gain?.tokens ? [`${formatCount(gain.tokens)} tokens`] : [],
    ...gain?.duration_ms ? [formatDuration(gain.duration_ms)] : [],
  ];
  return [
    ...facts,
    `of ${formatCount(n)} ${n_of}`,
    ...spared.length === 0 ? [] : [`could spare ${spared.join(", ")}`],
  ].join(" · ");
}
