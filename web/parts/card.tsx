/**
 * A headline number with its change and its course.
 *
 * @module
 */

import { formatNumber } from "../../core/format.ts";
import { metricOf } from "../../core/metrics.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { LiveNumber } from "./number.tsx";

/** What a card shows. */
export interface CardProps {
  /** A metric of the catalogue: its title, unit and meaning are taken from there. */
  readonly metric: string;
  /** Another title than the catalogue's. */
  readonly title?: string;
  readonly value: number | null | undefined;
  readonly isLowerBound?: boolean;
  /** Difference to the period before; null where that is not known. */
  readonly change?: number | null | undefined;
  /** Whether more is better, worse, or neither. */
  readonly better?: "more" | "less";
  /** Its course over the period, step by step; null where nothing is known. */
  readonly course?: readonly (number | null)[];
}

/** One card; it belongs into a `dl` of class `cards`. */
export function Card(props: CardProps) {
  const { unit, title, meaning } = metricOf(props.metric);
  const name = props.title ?? title;
  return (
    <div class="card" title={meaning}>
      <dt>{name[0]!.toUpperCase() + name.slice(1)}</dt>
      <dd>
        <LiveNumber
          metric={props.metric}
          unit={unit}
          value={props.value}
          isLowerBound={props.isLowerBound ?? false}
        />
        <Change change={props.change} unit={unit} better={props.better} />
        {props.course === undefined ? null : <Sparkline values={props.course} />}
      </dd>
    </div>
  );
}

function Change(
  { change, unit, better }: {
    change: CardProps["change"];
    unit: ReturnType<typeof metricOf>["unit"];
    better: CardProps["better"];
  },
) {
  if (change === null || change === undefined) return null;
  const size = Math.abs(change);
  // What is not seen of a change is none.
  if (size < (unit === "share" ? 0.0005 : 1e-9)) return <small class="change">no change</small>;
  const text = unit === "share" ? `${(size * 100).toFixed(1)} pt` : formatNumber(size, unit);
  const isGood = better === undefined ? undefined : (change > 0) === (better === "more");
  const look = isGood === undefined ? "change" : isGood ? "change good" : "change bad";
  return <small class={look}>{`${change > 0 ? "▲" : "▼"} ${text}`}</small>;
}
