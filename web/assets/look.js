/* Numbers look here as they do from the server: core/format.ts. */

/** A number of a unit; other units than these are set by the sections. */
export function look(value, unit) {
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  if (unit === "usd") return money(Math.abs(value));
  if (unit === "ms") return duration(value);
  if (unit === "ratio") return undefined;
  return count(value);
}

function count(value) {
  const size = Math.abs(value);
  if (size < 10_000) return Math.round(value).toLocaleString("en-US");
  for (const [scale, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    if (size < scale * 0.9995) continue;
    const scaled = value / scale;
    return `${scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0)}${letter}`;
  }
}

function money(size) {
  if (size === 0) return "$0.00";
  if (size < 0.0095) return `$${size.toPrecision(1)}`;
  const digits = size < 999.5 ? 2 : 0;
  return `$${
    size.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
  }`;
}

function duration(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
