/**
 * What the address of a page asks for. A word in it that is not understood is taken out, so that
 * no link leads there again, and is said above the page, which shows the usual.
 *
 * @module
 */

import * as z from "zod";
import { seenModels, seenProjects } from "../core/reports/filter_choices.ts";
import { parsePeriod, type Period, readMoment, rollingPeriod } from "../core/reports/period.ts";
import type { SessionFilter } from "../core/reports/sums.ts";
import { type FILTER, filterOf, PERIOD, text, word } from "./api/parameters.ts";
import type { Given } from "./api/route.ts";
import { isOwnName } from "./single_parameters.ts";
import type { WebContext } from "./web_context.ts";

/** What a page can be narrowed down to by the bar above it. */
export type FilterName = "period" | "platform" | "project" | "model";

/** The query parameters that pages share: every link between pages keeps them. */
export const SHARED_PARAMETERS = [
  "period",
  "since",
  "until",
  "platform",
  "project",
  "model",
] as const;

/** What a page takes. */
export interface AddressForm {
  readonly filters: readonly FilterName[];
  /** The period where none is asked for. @default {"24h"} */
  readonly usualPeriod?: string;
  /** The words that parameters of its own may be: the first where none of them is told. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** What other parameters of its own may be. */
  readonly takes?: Readonly<Record<string, z.ZodType>>;
}

/** What is asked. */
export interface PageAddress {
  /** Without what could not be understood. */
  readonly url: URL;
  readonly filter: SessionFilter;
  readonly period: Period;
  /** The name of the rolling period; undefined where the user named two moments. */
  readonly periodName: string | undefined;
  /** What could not be understood, and what is shown instead. */
  readonly misread: readonly string[];
}

/** An address of which parts may be taken out, and what is said of each. */
interface Reading {
  readonly url: URL;
  readonly notes: { readonly name: string; readonly text: string }[];
}

const USUAL = "what is usual";
const MOMENT = z.string().refine((text) => readMoment(text) !== undefined, {
  error: "it is no date (2026-01-31) and no time (2026-01-31T12:00)",
});

/** Reads it. */
export function readAddress(
  asked: URL,
  form: AddressForm,
  context: WebContext,
  now: number,
): PageAddress {
  const { filters, usualPeriod = "24h", choices = {}, takes = {} } = form;
  const reading: Reading = { url: new URL(asked), notes: [] };
  keepKnown(reading, [...SHARED_PARAMETERS, ...Object.keys({ ...choices, ...takes })]);
  for (const [name, of] of Object.entries(choices)) check(reading, name, word(of, ""), of[0]);
  for (const [name, schema] of Object.entries(takes)) check(reading, name, schema);
  check(reading, "period", PERIOD.period, usualPeriod);
  const rolling = textIn(reading, "period") ?? usualPeriod;
  for (const name of ["since", "until"]) check(reading, name, MOMENT, rolling);
  const between = readBetween(reading, rolling, now);
  check(reading, "platform", platformSchema(context), "all");
  for (const name of ["project", "model"]) check(reading, name, text(""), "all");
  const filter = filterOf(given(reading), context);
  noteUnseen(reading, filter, context);
  // Where a page has no such filter, what came along from another changes nothing.
  const isSaid = ({ name }: { readonly name: string }) =>
    !isShared(name) || filters.includes(filterNamed(name));
  return {
    url: reading.url,
    filter,
    period: between ?? rollingPeriod(rolling, now),
    periodName: between === undefined ? rolling : undefined,
    misread: reading.notes.filter(isSaid).map(({ text }) => text),
  };
}

/** Takes out what the page does not take, and what is told twice. */
function keepKnown(reading: Reading, names: readonly string[]): void {
  const { searchParams } = reading.url;
  for (const name of new Set(searchParams.keys())) {
    const told = searchParams.getAll(name);
    if (told.length > 1) drop(reading, name, "it is given more than once");
    else if (!names.includes(name) && told[0] !== "") {
      drop(reading, name, "this page takes no such parameter");
    }
  }
}

function check(reading: Reading, name: string, schema: z.ZodType, shown = USUAL): void {
  const told = textIn(reading, name);
  const error = told === undefined ? undefined : schema.safeParse(told).error;
  if (error) drop(reading, name, error.issues[0]!.message, shown);
}

function drop({ url, notes }: Reading, name: string, why: string, shown = USUAL): void {
  url.searchParams.delete(name);
  const what = isOwnName(name) ? `'${name}'` : "a parameter";
  notes.push({ name, text: `Cannot read ${what} in the address: ${why}. Shown is ${shown}.` });
}

/** The period between the moments that are told; one with a name beside them is the way back. */
function readBetween(reading: Reading, rolling: string, now: number): Period | undefined {
  const since = textIn(reading, "since"), until = textIn(reading, "until");
  if (since === undefined && until === undefined) return undefined;
  try {
    return parsePeriod(since, until, now);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    for (const name of ["since", "until"]) reading.url.searchParams.delete(name);
    reading.notes.push({ name: "since", text: `${error.message}. Shown is ${rolling}.` });
    return undefined;
  }
}

/** What is well said, and called so by nobody: that nothing is shown has to have a reason. */
function noteUnseen(
  reading: Reading,
  { project, model }: SessionFilter,
  { db }: Pick<WebContext, "db">,
): void {
  const seen = {
    project: project === undefined ? [] : seenProjects(db),
    model: model === undefined ? [] : seenModels(db),
  };
  for (const [name, meant] of Object.entries({ project, model })) {
    const known = seen[name as keyof typeof seen];
    if (known.length === 0 || [meant ?? []].flat(2).some((one) => known.includes(one))) continue;
    reading.notes.push({ name, text: `No ${name} is called '${textIn(reading, name)}'.` });
  }
}

/** The filters that are left. */
function given(reading: Reading): Given<typeof FILTER> {
  const [platform, project, model] = ["platform", "project", "model"]
    .map((name) => textIn(reading, name));
  return { platform, project, model, session: undefined };
}

/** What is empty counts as not given. */
function textIn({ url }: Pick<Reading, "url">, name: string): string | undefined {
  return url.searchParams.get(name) || undefined;
}

function platformSchema({ platformId }: Pick<WebContext, "platformId">) {
  return z.string().refine((name) => platformId(name) !== undefined, "there is no such platform");
}

function isShared(name: string): boolean {
  return (SHARED_PARAMETERS as readonly string[]).includes(name);
}

/** The part of the bar that a shared parameter is said in. */
function filterNamed(name: string): FilterName {
  return name === "since" || name === "until" ? "period" : name as FilterName;
}
