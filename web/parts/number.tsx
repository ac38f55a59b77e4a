/**
 * Numbers as every page shows them.
 *
 * @module
 */

import { formatCount, formatNumber, formatShare } from "../../core/format.ts";
import type { metricOf } from "../../core/metrics.ts";
import type { Rate } from "../../core/reports/rates.ts";

type Unit = ReturnType<typeof metricOf>["unit"];

/**
 * A number that the WebSocket moves by its name in the live picture.
 *
 * @param isLowerBound puts `≥` before it
 */
export function LiveNumber(
  { metric, unit, value, isLowerBound = false }: {
    metric: string;
    unit: Unit;
    value: number | null | undefined;
    isLowerBound?: boolean;
  },
) {
  const bound = isLowerBound ? "≥" : "";
  return (
    <span class="value" data-metric={metric} data-unit={unit} data-prefix={bound}>
      {value === null || value === undefined ? "" : bound}
      {formatNumber(value, unit)}
    </span>
  );
}

/** A share with its interval and the number of cases that it rests on; a dash without any. */
export function ShareText({ rate }: { rate: Rate | null | undefined }) {
  if (!rate) return <span class="unknown">–</span>;
  const percent = (share: number) => (share * 100).toFixed(0);
  return (
    <span>
      {formatShare(rate.value)}{" "}
      <small title="95 % interval, and the number of cases">
        {percent(rate.low)}–{percent(rate.high)} %, n {formatCount(rate.n)}
      </small>
    </span>
  );
}
