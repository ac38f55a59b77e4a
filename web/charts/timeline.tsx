/**
 * What happened side by side along one stretch of time: a lane for each kind. Long pauses are
 * folded.
 *
 * @module
 */

import { formatDuration } from "../../core/format.ts";
import { type FoldedTime, foldTime, type Interval } from "./folded_time.ts";
import { short } from "./scale.ts";

/** All of one kind. */
export interface Lane {
  readonly name: string;
  /** The class that colours it. */
  readonly look: string;
  readonly spans: readonly Interval[];
}

/** A part of the stretch that has a place of its own on the page. */
export interface LaneStop {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly href: string;
  /** Taken back, and so drawn as a frame. */
  readonly isHollow: boolean;
}

/** What the lanes show. */
export interface TimelineProps {
  /** What there is to see, in one sentence. */
  readonly label: string;
  readonly stretch: Interval;
  /** When something went on, in order: the rest is folded. */
  readonly busy: readonly Interval[];
  /** The first lane, whose parts can be gone to. */
  readonly stops: { readonly name: string; readonly items: readonly LaneStop[] };
  readonly lanes: readonly Lane[];
  /** How a moment is called below the lanes. */
  nameOf(at: number): string;
}

const WIDTH = 1000, HEIGHT = 12;
/** The least that can be seen of something. */
const SPAN_MIN = 1.5;
/** Names of moments are no nearer to each other than this share of the width. */
const TICK_SHARE = 0.2;
/** What a character of them takes of it where the screen is narrow. */
const NARROW_CHARACTER_SHARE = 0.032;

/** The lanes; those that are empty are left out. */
export function Timeline(props: TimelineProps) {
  const { label, stretch, busy, stops, lanes, nameOf } = props;
  const time = foldTime(stretch, busy, WIDTH);
  const folds = time.folds.map(({ x, width }) => box(x, width)).join("");
  return (
    <div class="lanes" role="group" aria-label={label}>
      <div class="lane">
        <span>{stops.name}</span>
        <Drawing roving="a">
          {stops.items.map((stop) => <Stop stop={stop} time={time} />)}
        </Drawing>
      </div>
      {lanes.filter(({ spans }) => spans.length > 0).map(({ name, look, spans }) => (
        <div class="lane">
          <span title={name}>{name}</span>
          <Drawing>
            {folds === "" ? null : <path class="fold" d={folds} />}
            <path class={look} d={pathOf(spans, time)} />
          </Drawing>
        </div>
      ))}
      <Axis stretch={stretch} time={time} nameOf={nameOf} />
    </div>
  );
}

function Drawing({ roving, children }: { roving?: string; children: unknown }) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      {...(roving === undefined
        ? { "aria-hidden": "true" as const }
        : { role: "group", "aria-label": "Turns", "data-roving": roving })}
    >
      <rect class="track" width={WIDTH} height={HEIGHT} />
      {children}
    </svg>
  );
}

function Stop({ stop, time }: { stop: LaneStop; time: FoldedTime }) {
  const x = time.x(stop.from), width = Math.max(2, time.x(stop.to) - x - 1);
  return (
    <a href={stop.href} aria-label={stop.title}>
      <rect
        class={stop.isHollow ? "stop hollow" : "stop"}
        x={short(x)}
        width={short(width)}
        height={HEIGHT}
      >
        <title>{stop.title}</title>
      </rect>
    </a>
  );
}

/** The moments at which the stretch begins, goes on after a fold, and ends. */
function Axis({ stretch, time, nameOf }: Pick<TimelineProps, "stretch" | "nameOf"> & {
  time: FoldedTime;
}) {
  const wanted = [stretch[0], ...time.folds.map(({ to }) => to)].filter((at) => at < stretch[1]);
  const places = wanted.map((at) => ({ x: time.x(at) / WIDTH, at }));
  const ticks = apart(places, TICK_SHARE, 1.5 * TICK_SHARE);
  const share = Math.max(TICK_SHARE, nameOf(stretch[1]).length * NARROW_CHARACTER_SHARE);
  const roomy = new Set(apart(ticks, share, 2 * share));
  const foldedMs = time.folds.reduce((ms, { from, to }) => ms + to - from, 0);
  return (
    <>
      <svg class="ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <text
            x={`${short(tick.x * 100)}%`}
            y="11"
            {...(roomy.has(tick) ? {} : { class: "not-phone" })}
          >
            {nameOf(tick.at)}
          </text>
        ))}
        <text class="last" x="100%" y="11">{nameOf(stretch[1])}</text>
      </svg>
      {time.folds.length === 0 ? null : (
        <p class="quiet">
          {`Narrow stripes are pauses, folded: ${formatDuration(foldedMs)} in all.`}
        </p>
      )}
    </>
  );
}

/** Those that are so far from the one before, and from the right end. */
function apart<T extends { readonly x: number }>(
  places: readonly T[],
  share: number,
  endShare: number,
): T[] {
  const kept: T[] = [];
  for (const place of places) {
    const before = kept.at(-1);
    if ((!before || place.x - before.x >= share) && place.x <= 1 - endShare) kept.push(place);
  }
  return kept;
}

/** One path of all spans: what lies within the same dot is drawn once. */
function pathOf(spans: readonly Interval[], time: FoldedTime): string {
  const parts: [number, number][] = [];
  const placed = spans.map(([from, to]): [number, number] => {
    const x = time.x(from);
    return [x, Math.max(x + SPAN_MIN, time.x(to))];
  }).sort(([a], [b]) => a - b);
  for (const [from, to] of placed) {
    const last = parts.at(-1);
    if (last && from <= last[1] + 0.5) last[1] = Math.max(last[1], to);
    else parts.push([from, to]);
  }
  return parts.map(([from, to]) => box(from, to - from)).join("");
}

function box(x: number, width: number): string {
  return `M${short(x)} 0h${short(width)}v${HEIGHT}h-${short(width)}z`;
}
