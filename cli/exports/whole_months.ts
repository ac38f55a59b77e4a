/**
 * The period of a member's export, widened to whole months: rows tell no more than their month,
 * so that only whole months can be replaced by those of a newer export and nothing is lost.
 *
 * @module
 */

import type { ExportName } from "../../core/exported.ts";
import type { Period } from "../../core/reports/period.ts";

/** A period of whole months, but for the month that is not over. */
export interface WholeMonths {
  readonly period: Period;
  /** Its first and last day as the rows count days; no `from` is from the beginning. */
  readonly days: { readonly from: string | null; readonly to: string };
}

/** Widens a period to the months that it touches, as far as they are over. */
export function wholeMonths({ from, to }: Period, what: ExportName, now: number): WholeMonths {
  // Days of metrics are those of this machine's zone, all other times are of UTC.
  const isLocal = what === "metrics";
  const first = from === undefined ? undefined : monthStart(from, 0, isLocal);
  const last = Math.min(monthStart(to - 1, 1, isLocal), now + 1);
  const period = { from: first, to: Math.max(last, first ?? last) };
  return {
    period,
    days: {
      from: first === undefined ? null : dayOf(first, isLocal),
      to: dayOf(period.to === now + 1 ? now : period.to, isLocal),
    },
  };
}

function monthStart(time: number, later: number, isLocal: boolean): number {
  const date = new Date(time);
  return isLocal
    ? new Date(date.getFullYear(), date.getMonth() + later, 1).getTime()
    : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
}

function dayOf(time: number, isLocal: boolean): string {
  // Moved by its offset, UTC's text is the local day.
  const offset = isLocal ? new Date(time).getTimezoneOffset() * 60_000 : 0;
  return new Date(time - offset).toISOString().slice(0, "2026-11-26".length);
}
