/**
 * What happened side by side along one stretch of time: a lane for each kind.
 *
 * @module
 */

import { seriesClass, short } from "./scale.ts";

/** Something that lasted. */
export interface Span {
  /** Milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
  /** Place of its colour; its lane's own without. */
  readonly place?: number;
  readonly title: string;
  readonly href?: string;
}

/** All of one kind. */
export interface Lane {
  readonly name: string;
  readonly spans: readonly Span[];
}

/** What the lanes show. */
export interface TimelineProps {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
  /** Names of moments below the lanes, at even distances. */
  readonly ticks: readonly string[];
}

const WIDTH = 1000, HEIGHT = 12;

/** The lanes; those that are empty are left out. */
export function Timeline({ label, from, to, lanes, ticks }: TimelineProps) {
  const scale = WIDTH / Math.max(1, to - from);
  return (
    <div class="lanes" role="group" aria-label={label}>
      {lanes.filter(({ spans }) => spans.length > 0).map(({ name, spans }, lane) => (
        <div class="lane">
          <span>{name}</span>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" data-roving="a">
            <rect class="track" width={WIDTH} height={HEIGHT} />
            {spans.map((span) => (
              <SpanBar
                span={span}
                x={(span.from - from) * scale}
                width={(span.to - span.from) * scale}
                look={seriesClass(span.place ?? lane)}
              />
            ))}
          </svg>
        </div>
      ))}
      <div class="axis" aria-hidden="true">{ticks.map((name) => <span>{name}</span>)}</div>
    </div>
  );
}

function SpanBar(
  { span, x, width, look }: { span: Span; x: number; width: number; look: string },
) {
  const bar = (
    <rect class={look} x={short(x)} width={short(Math.max(1.5, width))} height={HEIGHT}>
      <title>{span.title}</title>
    </rect>
  );
  return span.href === undefined ? bar : <a href={span.href} aria-label={span.title}>{bar}</a>;
}
