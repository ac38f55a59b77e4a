/**
 * The foot of the live screen: how old the numbers are, where they are from, and what they leave
 * out so far.
 *
 * @module
 */

import { formatCount, formatDuration } from "../core/format.ts";
import type { LivePart } from "../core/live_picture.ts";
import { firstFitting, wrapped } from "./live_cells.ts";
import type { LiveView } from "./live_lines.ts";
import { type Paint, visibleWidth } from "./table.ts";

/** How it looks. */
export interface FootLook {
  readonly columns: number;
  readonly paint: Paint;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** A server makes a picture a minute: who is that much behind has none. */
const STALE_MS = 3 * 60_000;

/** How old the numbers are, below what else is to be said of them. */
export function footLines(view: LiveView, look: FootLook): string[] {
  const { picture, period, trouble } = view;
  const { paint, now, columns } = look;
  const ageMs = Math.max(0, now - picture.madeAt);
  const ago = `${formatDuration(ageMs)} ago`;
  const [origin, short] = originOf(view);
  const texts = [
    ` updated ${ago}, from the ${origin}`,
    ` updated ${ago}, from ${short}`,
    ` ${ago}`,
  ];
  const text = firstFitting(texts, columns) ?? "";
  const age = ageMs > STALE_MS ? paint.yellow(text) : paint.dim(text);
  const left = missingTexts(picture.periods[period]?.numbers ?? {})
    .flatMap((text) => wrapped(text, columns)).map((line) => paint.dim(line));
  if (trouble === undefined) return [...left, age];
  const beside = `${age} ${paint.yellow(`(${trouble})`)}`;
  if (visibleWidth(beside) <= columns) return [...left, beside];
  return [...left, ...wrapped(trouble, columns).map((line) => paint.yellow(line)), age];
}

/** What the numbers are from, and the same in a word. */
function originOf({ source, isServed }: LiveView): readonly [string, string] {
  if (source === "redis") return ["live picture in Redis", "Redis"];
  return isServed ? ["server", "server"] : ["database", "disk"];
}

/** What the numbers leave out so far. */
function missingTexts(numbers: LivePart["numbers"]): string[] {
  const { files_done = 0, files_total = 0 } = numbers;
  const { rebuild_blocks_done: done = 0, rebuild_blocks_total: blocks = 0 } = numbers;
  const of = (part: number, all: number) => `${formatCount(part)} of ${formatCount(all)}`;
  return [
    ...files_done < files_total ? [`${of(files_done, files_total)} files are read`] : [],
    ...blocks > 0 ? [`rebuilding: ${of(done, blocks)} blocks`] : [],
  ];
}
