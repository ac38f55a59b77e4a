/**
 * The user's own prices, `prices.json`: read strictly, so that a slip is an error, never a cost.
 *
 * @module
 */

import { parse, type ParseError } from "jsonc-parser";
import type { PriceEntry, TokenRates } from "./prices/price.ts";
import { ConfigError } from "./setting.ts";
import { syntaxText } from "./jsonc.ts";
import { nearestWord } from "./nearest_word.ts";

/** Thrown for a price file that cannot be: a usage error. */
export class PriceFileError extends ConfigError {
  override name = "PriceFileError";
}

/** One price of the user's, and whose it is. */
export interface OwnPrice {
  readonly entry: PriceEntry;
  isFor(model: string): boolean;
}

const RATES = ["input", "output", "cache_read", "cache_write_5m", "cache_write_1h"] as const;
const NEEDED = RATES.slice(0, 3);
const FIELDS = ["since", "until", ...RATES, "web_search", "fast_multiplier", "long_context"];
const DATE_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** No token and no search costs as much, in USD for a million or a thousand. */
const PRICE_MAX = 10_000;

/**
 * The prices of a file, those first that come first for a model: its very name before a
 * beginning with `*`, a longer beginning before a shorter one, a later line before an earlier.
 * Names are compared without regard to case.
 *
 * ```jsonc
 * { "claude-opus-4-6": { "input": 4, "output": 20, "cache_read": 0.4 },
 *   "my-proxy/*": [{ … }, { "since": "2026-10-01", … }] }
 * ```
 *
 * @throws {PriceFileError} that names the model and the field
 */
export function readPriceFile(text: string): OwnPrice[] {
  const models = Object.entries(parseObject(text)).filter(([name]) => name !== "$schema");
  return models.sort(([a], [b]) => specificity(b) - specificity(a)).flatMap(([name, value]) =>
    [value].flat().map((entry) => readEntry(quote(name), entry)).reverse()
      .map((entry) => ({ entry, isFor: nameTest(name) }))
  );
}

function specificity(name: string): number {
  return name.endsWith("*") ? name.length : Infinity;
}

function nameTest(name: string): (model: string) => boolean {
  const lower = name.toLowerCase();
  const start = lower.endsWith("*") ? lower.slice(0, -1) : undefined;
  return (model) =>
    start === undefined ? model.toLowerCase() === lower : model.toLowerCase().startsWith(start);
}

function parseObject(text: string): Record<string, unknown> {
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split("\n").length;
    throw refusal(`${syntaxText(first)} in line ${line}`);
  }
  if (!isObject(json)) throw refusal("it is no object");
  return json;
}

function readEntry(model: string, value: unknown): PriceEntry {
  const fields = readFields(model, value, FIELDS);
  readRates(model, fields);
  const since = readDate(model, "since", fields);
  const until = readDate(model, "until", fields);
  if (since !== undefined && until !== undefined && until <= since) {
    throw refusal(`until of ${model} must be after since`);
  }
  readAmount(model, "web_search", fields, PRICE_MAX);
  readAmount(model, "fast_multiplier", fields, 1000);
  if (fields.long_context !== undefined) readLongContext(model, fields.long_context);
  return fields as unknown as PriceEntry;
}

function readLongContext(model: string, value: unknown): void {
  const place = `long_context of ${model}`;
  const fields = readFields(place, value, ["above", ...RATES]);
  readRates(place, fields);
  if (!Number.isSafeInteger(fields.above) || (fields.above as number) < 0) {
    throw refusal(`above in ${place} must be a whole number of tokens`);
  }
}

function readFields(
  place: string,
  value: unknown,
  known: readonly string[],
): Record<string, unknown> {
  if (!isObject(value)) throw refusal(`${place} must be an object of prices`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return value;
  const nearest = nearestWord(unknown, known);
  throw refusal(
    `${place} has an unknown field ${quote(unknown)}` +
      (nearest === undefined ? "" : `; did you mean ${nearest}?`),
  );
}

function readRates(place: string, fields: Record<string, unknown>): void {
  const missing = NEEDED.find((name) => fields[name] === undefined);
  if (missing) throw refusal(`${place} has no ${missing}`);
  for (const name of RATES satisfies readonly (keyof TokenRates)[]) {
    readAmount(place, name, fields, PRICE_MAX);
  }
}

function readAmount(
  place: string,
  name: string,
  fields: Record<string, unknown>,
  max: number,
): void {
  const value = fields[name];
  if (value === undefined) return;
  if (typeof value !== "number" || !(value >= 0 && value <= max)) {
    throw refusal(`${name} of ${place} must be a number from 0 to ${max}`);
  }
}

function readDate(
  model: string,
  name: string,
  fields: Record<string, unknown>,
): string | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === "string" && DATE_SHAPE.test(value)) {
    const time = Date.parse(value);
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value;
  }
  throw refusal(`${name} of ${model} must be a day such as 2026-03-13`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function quote(name: string): string {
  return `'${name.slice(0, 70)}'`;
}

function refusal(problem: string): PriceFileError {
  return new PriceFileError(`Cannot read prices.json: ${problem}`);
}
