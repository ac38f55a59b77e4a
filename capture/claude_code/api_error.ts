/**
 * Why a call of the API failed: the class and the HTTP status, and nothing that the server wrote.
 *
 * @module
 */

import type { EventRecord } from "../../core/event.ts";
import { literal, type SafeText } from "../../core/privacy.ts";
import { countOf } from "../json_access.ts";

const CLASS_OF_STATUS: Readonly<Record<number, SafeText>> = {
  400: literal("invalid_request"),
  401: literal("authentication_failed"),
  403: literal("permission_denied"),
  404: literal("not_found"),
  413: literal("request_too_large"),
  429: literal("rate_limit"),
  529: literal("overloaded"),
};

/** What the client calls an error, by our name for it. */
const CLASS_OF_NAME: Readonly<Record<string, SafeText>> = {
  authentication_failed: literal("authentication_failed"),
  billing_error: literal("billing"),
  invalid_request: literal("invalid_request"),
  max_output_tokens: literal("max_output_tokens"),
  model_not_found: literal("not_found"),
  overloaded: literal("overloaded"),
  rate_limit: literal("rate_limit"),
  server_error: literal("server_error"),
};

/** The facts of a failed call by the client's name for it and the HTTP status, where given. */
export function apiErrorFacts(name: string | undefined, status: unknown): EventRecord {
  const code = countOf(status);
  return {
    error_class: classOf(name, code),
    ...(code >= 100 && code <= 599 ? { status: code } : {}),
  };
}

function classOf(name: string | undefined, status: number): SafeText {
  if (name !== undefined && Object.hasOwn(CLASS_OF_NAME, name)) return CLASS_OF_NAME[name]!;
  const known = CLASS_OF_STATUS[status];
  if (known) return known;
  return status >= 500 && status <= 599 ? literal("server_error") : literal("other");
}
