/**
 * Careful access to lines whose fields may be anything.
 *
 * @module
 */

/** An object that was parsed from a line. */
export type Json = Record<string, unknown>;

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Json
    : {};
}

/** The objects among the elements of an array; none if it is no array. */
export function objectsOf(value: unknown): Json[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
  );
}

/** The value if it is a text with something in it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A count: numbers and numeric texts, cut to whole; everything else is 0. */
export function countOf(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const count = typeof number === "number" ? Math.trunc(number) : 0;
  return Number.isSafeInteger(count) ? count : 0;
}

/** A time in milliseconds; one without zone is UTC. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`;
  const time = /^\d{4}-\d\d-\d\d([T ]|$)/.test(value)
    ? Date.parse(value.includes("T") || value.includes(" ") ? zoned : value)
    : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The text of a message's content: the string, or its text blocks, a line each. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsOf(content).filter(({ type }) => type === "text")
    .map(({ text }) => typeof text === "string" ? text : "").join("\n");
}
