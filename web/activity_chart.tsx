/**
 * Output tokens over time as bars, drawn on the server, with the same numbers as a table.
 *
 * @module
 */

import { formatCount } from "../core/format.ts";
import type { MetricsGroup } from "../core/reports/groups.ts";
import { isOutputOpen } from "../core/reports/totals.ts";

const WIDTH = 720;
const HEIGHT = 120;
const GAP = 2;
const BARS_MAX = 90;

/** The chart of groups in the order of time. */
export function ActivityChart({ groups }: { groups: readonly MetricsGroup[] }) {
  const shown = groups.slice(-BARS_MAX);
  const first = shown[0], last = shown.at(-1);
  if (!first || !last) return <p class="empty">Nothing in this period.</p>;
  const top = Math.max(1, ...shown.map(outputOf));
  const isOpen = shown.some(({ totals }) => isOutputOpen(totals));
  const isKnown = shown.some(({ totals }) => totals.tokens.output !== null);
  const peak = isKnown ? `peak ${isOpen ? "≥" : ""}${formatCount(top)}` : "no output is known";
  const step = WIDTH / Math.max(12, shown.length);
  return (
    <figure>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Output tokens from ${first.key} to ${last.key}, ${peak}`}
      >
        {shown.map((group, i) => {
          const height = Math.max(1, (outputOf(group) / top) * HEIGHT);
          return (
            <rect
              x={i * step}
              y={HEIGHT - height}
              width={Math.max(1, step - GAP)}
              height={height}
              rx="1.5"
            >
              <title>{`${group.key}: ${outputText(group)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption>
        <span>{first.key}</span>
        <span>{peak}</span>
        <span>{last.key}</span>
      </figcaption>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col" class="number">Output tokens</th>
              <th scope="col" class="number">Tool calls</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <tr>
                <td>{group.key}</td>
                <td class="number">{outputText(group)}</td>
                <td class="number">{formatCount(group.totals.tool_uses)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** Marked where some client left out how long its output was. */
function outputText(group: MetricsGroup): string {
  const { output } = group.totals.tokens;
  return output !== null && isOutputOpen(group.totals)
    ? `≥${formatCount(output)}`
    : formatCount(output);
}

function outputOf(group: MetricsGroup): number {
  return group.totals.tokens.output ?? 0;
}
