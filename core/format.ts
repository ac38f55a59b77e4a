/**
 * How numbers look to people, the same on every face.
 *
 * @module
 */

import type { Unit } from "./metrics/metric.ts";

/** How a number of each unit looks. */
const LOOKS: Readonly<Record<Unit, (value: number) => string>> = {
  count: formatCount,
  tokens: formatCount,
  lines: formatCount,
  usd: formatMoney,
  share: formatShare,
  ratio: formatRatio,
  ms: formatDuration,
  flag: (value) => value ? "yes" : "no",
};

/** A number as those of its unit look; not known is a dash. */
export function formatNumber(value: number | null | undefined, unit: Unit): string {
  return value === null || value === undefined ? "–" : LOOKS[unit](value);
}

/** `1,234`, from ten thousand on `12.3k`, then `1.2M` and `3.4G`; not known is a dash. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined) return "–";
  const size = Math.abs(count);
  if (size < 10_000) return grouped(Math.round(count).toFixed(0));
  for (const [unit, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]] as const) {
    if (size < unit * 0.9995) continue;
    const scaled = count / unit;
    return `${scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0)}${letter}`;
  }
  return String(count);
}

/** `$0.004`, `$0.05`, `$12.34`, `$1,234`; not known is a dash. */
export function formatMoney(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return "–";
  const size = Math.abs(usd), sign = usd < 0 ? "−" : "";
  if (size === 0) return "$0.00";
  if (size < 0.0095) return `${sign}$${size.toPrecision(1)}`;
  const digits = size < 999.5 ? 2 : 0;
  return `${sign}$${grouped(size.toFixed(digits))}`;
}

/** Digits with a comma behind every thousand: asking the system for it takes 15 ms. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `1 day`, `1,234 days`. */
export function formatCounted(count: number, one: string): string {
  return `${formatCount(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** `83.1 %`; a share that is not known is a dash. */
export function formatShare(share: number | null | undefined): string {
  return share === null || share === undefined ? "–" : `${(share * 100).toFixed(1)} %`;
}

/** `0.08`, `3.5`, `1,234`: one number for another; not known is a dash. */
export function formatRatio(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return "–";
  const size = Math.abs(ratio);
  if (size >= 10_000) return formatCount(ratio);
  if (size >= 100) return grouped(ratio.toFixed(0));
  return String(Number(size < 1 ? ratio.toPrecision(2) : ratio.toFixed(1)));
}

/** `512 B`, `1.5 MB`: powers of 1000, as disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let scaled = bytes, unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 || scaled >= 99.95 ? Math.round(scaled) : scaled.toFixed(1)} ${
    units[unit]
  }`;
}

/** `42 s`, `3 min`, `2 h 05 min`, `3 d 4 h`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `145 ms`, `1.2 s`, from ten seconds on as a duration; not known is a dash. */
export function formatLatency(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "–";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms);
}

/** How long ago a moment was: `now`, `5 min ago`, `3 d ago`. */
export function formatAgo(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 45) return "now";
  if (seconds < 3570) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 84_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** By how much a number grew or fell; `=` where it did not, a dash where that is not known. */
export function changeText(
  change: number | null | undefined,
  format: (change: number) => string,
): string {
  if (change === null || change === undefined) return "–";
  if (change === 0) return "=";
  return change > 0 ? `▲ ${format(change)}` : `▼ ${format(-change)}`;
}
