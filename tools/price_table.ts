/** Turns the providers of `@pydantic/genai-prices` into the table that the program carries. */

import { hash } from "node:crypto";
import type { Provider } from "@pydantic/genai-prices";
import type { PriceEntry, TokenRates } from "../core/prices/price.ts";
import type {
  Match,
  PricedModel,
  PriceProvider,
  PriceTable,
} from "../core/prices/price_table.ts";
import { matches } from "../core/prices/price_table.ts";
import { OTHER, safeModel } from "../core/privacy.ts";

/** Prices of ours, for what the package does not have yet; each with its source. */
export interface PriceAdditions {
  /** The day on which they were last compared with their sources. */
  readonly checked: string;
  /** Models of Anthropic. */
  readonly models: readonly (PricedModel & { readonly source: string })[];
  /** What the package does not say about a model of Anthropic that it has. */
  readonly changes: readonly {
    readonly id: string;
    readonly source: string;
    readonly price: Partial<PriceEntry>;
  }[];
}

type Package = readonly Provider[];
type PackageModel = Provider["models"][number];
type PackagePrices = Extract<PackageModel["prices"], readonly unknown[]>[number];
type PackagePrice = PackagePrices["prices"];

/** The package's name of each rate. */
const rateNames: readonly (readonly [keyof TokenRates, string])[] = [
  ["input", "input_mtok"],
  ["output", "output_mtok"],
  ["cache_read", "cache_read_mtok"],
  ["cache_write_5m", "cache_write_mtok"],
  ["cache_write_1h", "cache_write_1h_mtok"],
];

/**
 * The table of all text models whose names can ever be asked for, in the package's order. What
 * privacy keeps no name of, and what is sold under another seller's name, is left out.
 *
 * @throws {Error} when the package says something that the table has no words for
 */
export function makePriceTable(
  source: Pick<PriceTable, "source" | "released">,
  providers: Package,
  additions: PriceAdditions,
): PriceTable {
  const changes = new Map(fastMultipliers(providers));
  for (const { id, price } of additions.changes) {
    const isKnown = providers.some((seller) =>
      seller.id === "anthropic" && seller.models.some((model) => model.id === id)
    );
    if (!isKnown) throw new Error(`Cannot make the price table: there is no ${id} to change`);
    changes.set(`anthropic:${id}`, price);
  }
  const made = providers.filter(({ id }) => !id.startsWith("huggingface_")).map((provider) => {
    const models = provider.models.flatMap((model) =>
      tableModel(model, changes.get(`${provider.id}:${model.id}`)) ?? []
    );
    const own = provider.id === "anthropic" ? additions.models : [];
    return {
      id: provider.id,
      ...(provider.provider_match && { names: provider.provider_match as Match }),
      ...(provider.model_match && { owns: provider.model_match as Match }),
      ...(provider.fallback_model_providers && { fallback: provider.fallback_model_providers }),
      models: [...models, ...own],
    } satisfies PriceProvider;
  }).filter(({ models, fallback }) => models.length > 0 || fallback);
  const revision = hash("sha256", JSON.stringify(made), "hex").slice(0, 16);
  return { ...source, checked: additions.checked, revision, providers: made };
}

/** The table as a file, a model a line, so that a change of prices can be read as a diff. */
export function priceTableText({ providers, ...head }: PriceTable): string {
  const blocks = providers.map(({ models, ...provider }) => {
    const lines = models.map((model) => `      ${JSON.stringify(model)}`).join(",\n");
    const fields = JSON.stringify(provider).slice(1, -1);
    return `    {${fields}, "models": [\n${lines}\n    ]}`;
  });
  const fields = JSON.stringify(head, undefined, 2).slice(0, -2);
  return `${fields},\n  "providers": [\n${blocks.join(",\n")}\n  ]\n}\n`;
}

function tableModel(model: PackageModel, change?: Partial<PriceEntry>): PricedModel | undefined {
  const match = nameable(model.match as Match);
  const prices = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  if (!match || !prices.every(({ prices }) => isTextPrice(prices))) return undefined;
  let since: string | undefined;
  const entries = prices.map((price, index) => {
    const when = constraintOf(price, since);
    if (index === 0 && Object.keys(when).length > 0) {
      throw new Error(`Cannot make the price table: ${model.id} has no price for any time`);
    }
    since = when.since ?? since;
    return { ...when, ...ratesOf(price.prices, model.id), ...change };
  });
  const { context_window: context } = model;
  return { id: model.id, match, prices: entries, ...(context !== undefined && { context }) };
}

/** The part of a rule that can hold for a name that privacy keeps; undefined if none can. */
function nameable(match: Match): Match | undefined {
  if ("equals" in match) return safeModel(match.equals) === OTHER ? undefined : match;
  if (!("or" in match)) return match;
  const parts = match.or.flatMap((part) => nameable(part) ?? []);
  return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { or: parts };
}

/** Text in, text out; a price for speech or pictures that come out makes another model of it. */
function isTextPrice(price: PackagePrice): boolean {
  return price.input_mtok !== undefined && price.output_mtok !== undefined &&
    !Object.keys(price).some((key) => /^output_(audio|image|video)_/.test(key));
}

/**
 * When a price holds. The package cannot say both a day and a time of day of one price; a time of
 * day listed after a first day is meant from that day on
 * (https://github.com/pydantic/genai-prices/issues/582).
 */
function constraintOf(
  { constraint }: PackagePrices,
  since: string | undefined,
): Pick<PriceEntry, "since" | "daily"> {
  if (!constraint) return {};
  if (constraint.type === "start_date") return { since: constraint.start_date };
  const [from, to] = [constraint.start_time, constraint.end_time].map((time) => {
    const short = /^(\d{2}:\d{2}):00Z$/.exec(time)?.[1];
    if (!short) throw new Error(`Cannot make the price table: the time ${time} is new to it`);
    return short;
  });
  return { ...(since && { since }), daily: [from!, to!] };
}

function ratesOf(price: PackagePrice, id: string): PriceEntry {
  const given = rateNames.flatMap(([name, key]) => {
    const value = price[key];
    return value === undefined ? [] : [{ name, value }];
  });
  const tiers = given.flatMap(({ value }) => typeof value === "number" ? [] : value.tiers);
  const starts = new Set(tiers.map(({ start }) => start));
  const isNew = given.some(({ value }) => typeof value !== "number" && value.tiers.length !== 1);
  if (isNew || starts.size > 1) {
    throw new Error(`Cannot make the price table: the tiers of ${id} are new to it`);
  }
  const base = given.map(({ name, value }) =>
    [name, typeof value === "number" ? value : value.base] as const
  );
  const long = given.map(({ name, value }) =>
    [name, typeof value === "number" ? value : value.tiers[0]!.price] as const
  );
  const [above] = starts;
  const search = price.web_searches_kcount;
  return {
    ...Object.fromEntries(base) as unknown as TokenRates,
    ...(typeof search === "number" && { web_search: search }),
    ...(above !== undefined && {
      long_context: { above, ...Object.fromEntries(long) as unknown as TokenRates },
    }),
  };
}

/**
 * What fast mode multiplies by, for `provider:model`: OpenRouter lists fast mode as models of
 * their own, and a price in fast mode is the same at Anthropic.
 */
function fastMultipliers(providers: Package): [string, Partial<PriceEntry>][] {
  const models = (id: string) => providers.find((provider) => provider.id === id)?.models ?? [];
  const [routed, own] = [models("openrouter"), models("anthropic")];
  return routed.flatMap((fast) => {
    const name = /^anthropic\/(.+)-fast$/.exec(fast.id)?.[1];
    const slow = routed.find(({ id }) => id === `anthropic/${name}`);
    if (!name || !slow) return [];
    const change = { fast_multiplier: ratioOf(fast, slow) };
    const listed = own.find(({ match }) => matches(match as Match, name));
    return [`openrouter:${slow.id}`, ...(listed ? [`anthropic:${listed.id}`] : [])]
      .map((key): [string, typeof change] => [key, change]);
  });
}

/** By how much all rates of one model are higher than those of another. */
function ratioOf(high: PackageModel, low: PackageModel): number {
  const [highRates, lowRates] = [high, low].map(({ id, prices }) => {
    if (Array.isArray(prices)) throw new Error(`Cannot make the price table: ${id} has dates`);
    return ratesOf(prices, id);
  });
  const ratios = new Set(
    rateNames.map(([name]) => name).filter((name) => lowRates![name] !== undefined)
      .map((name) => (highRates![name] ?? NaN) / lowRates![name]!),
  );
  const [ratio] = ratios;
  if (ratio === undefined || ratios.size > 1) {
    throw new Error(`Cannot make the price table: ${high.id} is no multiple of ${low.id}`);
  }
  return ratio;
}
