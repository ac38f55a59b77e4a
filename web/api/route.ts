/**
 * One route of the API: what it takes and answers, in the schemas that check a request and that
 * the description of the API is made of.
 *
 * @module
 */

import * as z from "zod";
import { RequestError } from "../problem.ts";
import type { WebContext } from "../web_context.ts";

/** Schemas by name. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** What a request gave, checked. */
export type Given<S extends Shape> = { readonly [Name in keyof S]: z.output<S[Name]> };

/** What a handler works with. */
export interface Call {
  readonly context: WebContext;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The body of a request that writes, as JSON; it is not checked yet. */
  readonly body: unknown;
}

/** What a list holds in all, and what of it is shown: for links to the rest. */
export interface ListPart {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** The answer of a route that only says that it took something: 202, without a word. */
export const NOTHING = "";

/** One route. */
export interface Route<Query extends Shape = Shape, InPath extends Shape = Shape> {
  readonly method: "get" | "post";
  /** With `:name` for what stands in `inPath`. */
  readonly path: string;
  /** Its name in the description. */
  readonly id: string;
  readonly summary: string;
  readonly query: Query;
  readonly inPath: InPath;
  /** What is to be posted, and how much of it is taken. */
  readonly body?: { readonly schema: z.ZodType; readonly bytesMax: number };
  /** The schema of a document, or another type of content; {@linkcode NOTHING} for none. */
  readonly answer: z.ZodType | string;
  /** What a document is answered with. @default {200} */
  readonly status?: 202;
  /** An answer to GET that says something else a minute later, though nothing was stored. */
  readonly isTimed?: true;
  /** What is said where there is no such thing. */
  readonly missing?: string;
  /** @returns undefined where there is no such thing */
  readonly handle: (
    given: Given<Query> & Given<InPath>,
    call: Call,
  ) => object | string | undefined | Promise<object | undefined>;
  /** Which part of a list an answer holds. */
  readonly partOf?: (answer: object, given: Given<Query>) => ListPart;
}

/** A route whose handler is given what its schemas make of a request. */
export function defineRoute<Query extends Shape, InPath extends Shape = Record<never, never>>(
  route: Omit<Route<Query, InPath>, "query" | "inPath" | "method"> & {
    readonly method?: "post";
    readonly query?: Query;
    readonly inPath?: InPath;
  },
): Route {
  const { method = "get", query = {}, inPath = {} } = route;
  return { ...route, method, query, inPath } as unknown as Route;
}

/**
 * What a request gave, by the schemas. What is empty counts as not given.
 *
 * @throws {RequestError} for what no schema knows, or takes
 */
export function readGiven<S extends Shape>(
  schemas: S,
  given: Readonly<Record<string, string | undefined>>,
): Given<S> {
  const told = Object.entries(given).filter(([, text]) => text !== undefined && text !== "");
  for (const [name] of told) {
    if (Object.hasOwn(schemas, name)) continue;
    const names = Object.keys(schemas);
    throw new RequestError(
      "Cannot read the query: " +
        (names.length === 0 ? "it takes no parameter" : `it takes only ${names.join(", ")}`),
    );
  }
  const texts = Object.fromEntries(told);
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { success, data, error } = schema.safeParse(texts[name]);
      if (success) return [name, data];
      throw new RequestError(`Cannot read ${name}: ${error.issues[0]?.message}`);
    }),
  ) as Given<S>;
}
