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

/** `11-24 08:05`. */
export function dayText(at: number): string {
  return momentText(at).slice(5);
}

const FORMS = { whole: momentText, day: dayText, clock: clockText } as const;

/** A moment: as a whole, or without the year or the day where those are told elsewhere. */
export function Moment({ at, form = "whole" }: { at: string; form?: keyof typeof FORMS }) {
  const time = Date.parse(at);
  return (
    <time datetime={at} {...(form === "whole" ? {} : { title: momentText(time) })}>
      {FORMS[form](time)}
    </time>
  );
}
