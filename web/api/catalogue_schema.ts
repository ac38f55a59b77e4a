/**
 * The schemas of documents that hold the numbers of the catalogue, made of the catalogue.
 *
 * @module
 */

import * as z from "zod";
import { METRICS } from "../../core/metrics.ts";

type Metric = typeof METRICS[number];

/** The documents that the catalogue tells of. */
export type CatalogueDocument = keyof Metric["foundIn"];

/** What stands at a name of a document; at `<name>` any name may stand, `[]` is any place. */
interface Place {
  readonly metrics: Metric[];
  readonly below: Map<string, Place>;
}

const FLAG = "flag";

/**
 * The schemas of all that stands in an object of a document, by name. Whatever is not known is
 * null.
 *
 * @param at where the object stands in the document, as `totals` or `sessions[]`
 * @param words what stands in it, and below, besides numbers, by path
 */
export function catalogueShape(
  document: CatalogueDocument,
  at: string,
  words: Readonly<Record<string, z.ZodType>> = {},
): Record<string, z.ZodType> {
  const root = newPlace();
  for (const metric of METRICS) {
    const path = metric.foundIn[document];
    const before = at === "" ? "" : `${at}.`;
    if (path === null || !path.startsWith(before)) continue;
    const parts = path.slice(before.length).replaceAll("[]", ".[]").split(".");
    placeAt(root, parts).metrics.push(metric);
  }
  const told = Object.entries(words).map((
    [path, schema],
  ) => [path.replaceAll("[]", ".[]"), schema]);
  return shapeOf(root, Object.fromEntries(told));
}

function newPlace(): Place {
  return { metrics: [], below: new Map() };
}

function placeAt(from: Place, names: readonly string[]): Place {
  return names.reduce((place, name) => {
    const found = place.below.get(name) ?? newPlace();
    place.below.set(name, found);
    return found;
  }, from);
}

function shapeOf(
  { below }: Place,
  words: Readonly<Record<string, z.ZodType>>,
): Record<string, z.ZodType> {
  const numbers = [...below].map((
    [name, place],
  ): [string, z.ZodType] => [name, schemaOf(place, wordsBelow(words, name))]);
  const own = Object.entries(words).filter(([path]) => !path.includes("."));
  return Object.fromEntries([...numbers, ...own]);
}

function schemaOf(place: Place, words: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const [metric] = place.metrics;
  if (place.below.size === 0 && metric) return numberOf(metric);
  const [[first, only] = []] = [...place.below];
  if (first === "[]") return z.array(schemaOf(only!, wordsBelow(words, first))).nullable();
  if (first?.startsWith("<")) {
    return z.record(z.string(), schemaOf(only!, wordsBelow(words, first))).nullable();
  }
  return z.object(shapeOf(place, words)).nullable();
}

function wordsBelow(words: Readonly<Record<string, z.ZodType>>, name: string) {
  return Object.fromEntries(
    Object.entries(words).flatMap(([path, schema]) =>
      path.startsWith(`${name}.`) ? [[path.slice(name.length + 1), schema]] : []
    ),
  );
}

function numberOf({ meaning, unit, nullWhen, parts }: Metric): z.ZodType {
  const number = unit === FLAG ? z.boolean() : z.number();
  const value = parts.length === 0
    ? number.nullable()
    : z.object(Object.fromEntries(parts.map((part) => [part, number.nullable()]))).nullable();
  const reason = nullWhen === null ? "" : `; null where ${nullWhen}`;
  return value.describe(`${meaning} (${unit}${reason})`);
}
