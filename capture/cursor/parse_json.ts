/**
 * JSON of a row, or in one: what is none is an empty object.
 *
 * @module
 */

import { parseValue } from "../../core/parse_value.ts";
import { type Json, objectOf } from "../json_access.ts";

/** The object of a text; an empty one where it holds anything else. */
export function parseJson(text: unknown): Json {
  if (typeof text !== "string" || text === "") return objectOf(text);
  return objectOf(parseValue(text));
}
