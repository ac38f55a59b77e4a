/**
 * The status line: parts that say less, and then fewer of them, where there is little room.
 *
 * @module
 */

import type { ClientStatus, LimitUse } from "../core/client_status.ts";
import { costText } from "../core/cost_text.ts";
import { formatDuration, formatMoney } from "../core/format.ts";
import type { StatusNumbers } from "../core/reports/status_numbers.ts";
import { fitText, type Paint, visibleWidth } from "./table.ts";

/** What there is to show; a part of which nothing is known is left out. */
export interface StatusView {
  readonly status: ClientStatus | undefined;
  readonly numbers: StatusNumbers | undefined;
  /** Milliseconds. */
  readonly now: number;
  /** Whether nothing is captured now. */
  readonly isPaused?: boolean | undefined;
}

/** One part, with what stays of it where there is less room. */
interface Part {
  readonly long: string;
  readonly short?: string;
  /** Those of small weight go first. */
  readonly weight: number;
}

const GAP = " · ";
const FULL_SHARE = 0.9;
const MUCH_SHARE = 0.7;
/** Two costs closer than this are the same: one is told a moment before the other. */
const SAME_COST_SHARE = 0.01;
const SAME_COST_USD = 0.005;
const LIMIT_TITLES: Readonly<Record<LimitUse["name"], string>> = {
  five_hour: "5h",
  seven_day: "7d",
  seven_day_opus: "7d opus",
  seven_day_sonnet: "7d sonnet",
};

/** The line, without its end. */
export function statusText(view: StatusView, columns: number, paint: Paint): string {
  let parts = partsOf(view, paint);
  const join = () => parts.map((part) => part.long).join(GAP);
  const weights = parts.map(({ weight }) => weight).sort((a, b) => a - b);
  for (const light of weights) {
    if (visibleWidth(join()) <= columns) break;
    parts = parts.map((part) =>
      part.weight === light ? { ...part, long: part.short ?? part.long } : part
    );
  }
  for (const light of weights.slice(0, -1)) {
    if (visibleWidth(join()) <= columns) break;
    parts = parts.filter(({ weight }) => weight > light);
  }
  return fitText(join(), columns);
}

function partsOf({ status, numbers, now, isPaused }: StatusView, paint: Paint): Part[] {
  return [
    ...(isPaused ? [{ long: paint.yellow("capture paused"), short: "paused", weight: 9 }] : []),
    ...(status?.model === undefined ? [] : [{ long: paint.dim(status.model), weight: 1 }]),
    ...costPart(status, numbers, paint),
    ...todayPart(numbers),
    ...contextPart(status, paint),
    ...acceptancePart(numbers),
    // A client that is idle goes on telling of a window that is over.
    ...(status?.limits ?? []).filter(({ resetsAt = Infinity }) => resetsAt > now)
      .map((limit) => limitPart(limit, now, paint)),
  ];
}

function costPart(
  status: ClientStatus | undefined,
  numbers: StatusNumbers | undefined,
  paint: Paint,
): Part[] {
  const theirs = status?.costUsd, session = numbers?.session;
  const ours = session?.cost_usd ?? undefined;
  const cost = theirs ?? ours;
  if (cost === undefined) return [];
  const counted = costText(session ?? {});
  const own = theirs === undefined || ours === undefined || isSameCost(theirs, ours)
    ? ""
    : paint.dim(` (${counted} counted)`);
  const short = theirs === undefined ? counted : formatMoney(cost);
  return [{ long: `session ${short}${own}`, short, weight: 8 }];
}

function isSameCost(a: number, b: number): boolean {
  const difference = Math.abs(a - b);
  return difference <= SAME_COST_USD || difference <= SAME_COST_SHARE * Math.max(a, b);
}

function todayPart(numbers: StatusNumbers | undefined): Part[] {
  if (typeof numbers?.today.cost_usd !== "number") return [];
  const text = `today ${costText(numbers.today)}`;
  return [{ long: text, short: text, weight: 5 }];
}

function contextPart(status: ClientStatus | undefined, paint: Paint): Part[] {
  const share = status?.contextUsed;
  if (share === undefined) return [];
  const text = shade(share, percent(share), paint);
  return [{ long: `context ${text}`, short: `ctx ${text}`, weight: 7 }];
}

function acceptancePart(numbers: StatusNumbers | undefined): Part[] {
  const rate = numbers?.acceptance;
  if (!rate) return [];
  const text = percent(rate.value);
  return [{ long: `accepted ${text} of ${rate.n}`, short: `acc ${text}`, weight: 2 }];
}

function limitPart({ name, used, resetsAt }: LimitUse, now: number, paint: Paint): Part {
  const text = `${LIMIT_TITLES[name]} ${shade(used, percent(used), paint)}`;
  const leftMs = (resetsAt ?? 0) - now;
  return {
    long: leftMs > 0 ? text + paint.dim(` (${formatDuration(leftMs)} left)`) : text,
    short: text,
    weight: name === "five_hour" ? 6 : name === "seven_day" ? 4 : 3,
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function shade(share: number, text: string, paint: Paint): string {
  if (share >= FULL_SHARE) return paint.red(text);
  return share >= MUCH_SHARE ? paint.yellow(text) : paint.green(text);
}
