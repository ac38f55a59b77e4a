/**
 * The table of list prices, and which of its models a name means.
 *
 * @module
 */

import type { PriceEntry } from "./price.ts";

/** A rule of the table on names; the first four ignore case, as the table's source does. */
export type Match =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly or: readonly Match[] }
  | { readonly and: readonly Match[] };

/** One model of one provider. A later price comes before an earlier one that also holds. */
export interface PricedModel {
  readonly id: string;
  readonly match: Match;
  readonly prices: readonly PriceEntry[];
  /** How many tokens fit into its context, where that is known. */
  readonly context?: number;
  /** Where a price that is ours, not the package's, was read. */
  readonly source?: string;
}

/** Who sells models. */
export interface PriceProvider {
  readonly id: string;
  /** Which other names the provider goes by, as in `bedrock/…`. */
  readonly names?: Match;
  /** Which bare model names are this provider's. */
  readonly owns?: Match;
  /** Providers whose models this one sells at their price, by id. */
  readonly fallback?: readonly string[];
  readonly models: readonly PricedModel[];
}

/** What `deno task prices` writes to `table.json`. */
export interface PriceTable {
  /** The package and version that the prices are from, and the day it came out. */
  readonly source: string;
  readonly released: string;
  /** The day on which our own additions were last compared with the vendors' pages. */
  readonly checked: string;
  /** Hash of the providers. */
  readonly revision: string;
  readonly providers: readonly PriceProvider[];
}

/**
 * The model that a name means, or undefined: another model's price is worse than none.
 *
 * - `anthropic/claude-opus-4.6`: OpenRouter's price when it lists the very name, else that of the
 *   provider before the slash (`bedrock/…`, `vertex_ai/…`, `azure/…`).
 * - `us.anthropic.claude-…`, Bedrock's names: AWS's price for that region, else Anthropic's.
 * - `claude-…@20250514`, Vertex's names: Google's price, else Anthropic's.
 * - bare names: the vendor's own price.
 */
export function findModel(table: PriceTable, name: string): PricedModel | undefined {
  const lower = name.toLowerCase();
  const slash = lower.indexOf("/");
  if (slash > 0) {
    const routed = inProvider(table, "openrouter", lower) ??
      inNamed(table, lower.slice(0, slash), lower.slice(slash + 1));
    if (routed) return routed;
  }
  const bedrock = BEDROCK_NAME.exec(lower);
  if (bedrock) {
    const own = inProvider(table, "aws", lower);
    if (own || bedrock[1] !== "anthropic") return own;
    return inProvider(table, "anthropic", lower.slice(bedrock[0].length).replace(/-v\d.*/, ""));
  }
  if (lower.startsWith("claude") && lower.includes("@")) {
    const plain = lower.replace("@default", "").replace("@", "-");
    return inProvider(table, "google", lower) ?? inProvider(table, "anthropic", plain);
  }
  const owner = table.providers.find(({ owns }) => owns && matches(owns, lower));
  if (!owner) return undefined;
  return inProvider(table, owner.id, lower) ??
    inProvider(table, owner.id, lower.replace(VERSION_FIRST, "claude-$3-$1-$2"));
}

const BEDROCK_NAME = /^(?:[a-z-]+\.)?([a-z0-9]+)\.(?=[a-z])/;

/** `claude-4.5-sonnet`, as editors write it, is `claude-sonnet-4-5`. */
const VERSION_FIRST = /^claude-(\d)[.-](\d)-([a-z]+)/;

function inNamed(table: PriceTable, prefix: string, rest: string): PricedModel | undefined {
  const provider = table.providers.find(({ id }) => id === prefix) ??
    table.providers.find(({ names }) => names && matches(names, prefix));
  if (!provider) return undefined;
  return inProvider(table, provider.id, rest) ??
    (provider.id === "aws" ? findModel(table, rest) : undefined);
}

function inProvider(table: PriceTable, id: string, name: string): PricedModel | undefined {
  const provider = table.providers.find((known) => known.id === id);
  if (!provider) return undefined;
  const found = firstMatch(provider, name) ?? firstMatch(provider, withDashes(name));
  if (found) return found;
  for (const fallback of provider.fallback ?? []) {
    const theirs = inProvider(table, fallback, name);
    if (theirs) return theirs;
  }
  return undefined;
}

function firstMatch(provider: PriceProvider, name: string): PricedModel | undefined {
  return provider.models.find(({ match }) => matches(match, name));
}

/** `gpt-5-20250807` is `gpt-5-2025-08-07`, as in the table's source. */
function withDashes(name: string): string {
  return name.replace(/-(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?=-|:|$)/g, "-$1-$2-$3");
}

/** Says whether a rule holds for a name in lower case. */
export function matches(match: Match, name: string): boolean {
  if ("or" in match) return match.or.some((part) => matches(part, name));
  if ("and" in match) return match.and.every((part) => matches(part, name));
  if ("equals" in match) return name === match.equals.toLowerCase();
  if ("regex" in match) return new RegExp(match.regex).test(name);
  if ("ends_with" in match) return name.endsWith(match.ends_with.toLowerCase());
  if ("starts_with" in match) {
    const start = match.starts_with.toLowerCase();
    return name.startsWith(start) && isSameModel(start, name.slice(start.length));
  }
  const part = match.contains.toLowerCase();
  const at = name.indexOf(part);
  return at >= 0 && isSameModel(part, name.slice(at + part.length));
}

/**
 * Whether what follows a known beginning leaves the model the same. For `claude-sonnet-5` a date,
 * a platform's version or an effort does; `-5` or `-fast` make another model with another price.
 */
function isSameModel(known: string, rest: string): boolean {
  return !/claude-./.test(known) || SAME_MODEL.test(rest);
}

const SAME_MODEL = new RegExp(
  "^(\\d{4}|\\d{8}|default)?([-@]\\d{8}|-v\\d(:\\d+)?|:\\d+|" +
    "[-@:](latest|default|thinking|beta|preview|low|medium|high|xhigh|max|1m))*$",
);
