/**
 * When capture was paused: what happened then is not captured later either, whenever its
 * transcript is read.
 *
 * @module
 */

import { readInHome } from "./home_closed.ts";
import { writeWhole } from "./write_whole.ts";

/** From a moment on, up to and without another; null as long as it goes on. Milliseconds. */
export type Pause = readonly [from: number, to: number | null];

/** The pauses that a file tells, the earliest first. @throws {SyntaxError} when it is broken */
export function readPauses(path: string): readonly Pause[] {
  const text = readInHome(path);
  if (text === undefined) return [];
  const { pauses } = JSON.parse(text) as { pauses?: unknown };
  return Array.isArray(pauses) ? pauses.filter(isPause) : [];
}

/** Whether a moment is in one of them. */
export function isInPause(pauses: readonly Pause[], at: number): boolean {
  return pauses.some(([from, to]) => at >= from && (to === null || at < to));
}

/** Whether a part of a stretch is in one of them. */
export function hasPause(pauses: readonly Pause[], since: number, at: number): boolean {
  return pauses.some(([from, to]) => from <= at && (to === null || to > since));
}

/** Begins a pause now, or ends the one that goes on; does nothing where that is so already. */
export function notePause(path: string, isPaused: boolean, now: number): void {
  const pauses = readPauses(path), last = pauses.at(-1);
  const isOpen = last !== undefined && last[1] === null;
  if (isOpen === isPaused) return;
  const changed: Pause[] = isOpen
    ? [...pauses.slice(0, -1), [last[0], Math.max(now, last[0])]]
    : [...pauses, [now, null]];
  writeWhole(path, `${JSON.stringify({ pauses: changed })}\n`);
}

function isPause(value: unknown): value is Pause {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "number" &&
    (value[1] === null || typeof value[1] === "number");
}
