/**
 * JSON of a row, or in one: what is none is an empty object.
 *
 * @module
 */

import { type Json, objectOf } from "../json_access.ts";

/** The object of a text; an empty one where it holds anything else. */
export function parseJson(text: unknown): Json {
  if (typeof text !== "string" || text === "") return objectOf(text);
  const value = parseValue(text);
  return objectOf(value);
}

/** The value of a text; undefined where it is no JSON. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
