/**
 * Moments as they are on the user's clock.
 *
 * @module
 */

import { localKey } from "../../core/reports/local_time.ts";

/** `08:05`. */
export function clockText(at: number): string {
  return new Date(at).toTimeString().slice(0, 5);
}

/** `2026-11-24 08:05`. */
export function momentText(at: number): string {
  return `${localKey(at, "day")} ${clockText(at)}`;
}

/** A moment: as a whole, or its time alone where the day is told elsewhere. */
export function Moment({ at, isShort }: { at: string; isShort?: boolean }) {
  const time = Date.parse(at);
  return (
    <time datetime={at} {...(isShort ? { title: momentText(time) } : {})}>
      {isShort ? clockText(time) : momentText(time)}
    </time>
  );
}
