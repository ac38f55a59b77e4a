/**
 * An export that a client sent, from its bytes to its records.
 *
 * @module
 */

import { OtlpError } from "./otlp_error.ts";
import { type OtlpRecord, recordsOf, type Signal } from "./otlp_record.ts";
import { decodeProtobuf } from "./otlp_protobuf.ts";

/** How a body is written, by its content type. */
export const ENCODINGS = {
  "application/json": "json",
  "application/x-protobuf": "protobuf",
} as const;

/** One of {@linkcode ENCODINGS}. */
export type Encoding = typeof ENCODINGS[keyof typeof ENCODINGS];

/**
 * The records of an export, null for one that is none.
 *
 * @throws {OtlpError} when the body is none
 */
export function readExport(
  body: Uint8Array,
  encoding: Encoding,
  signal: Signal,
): readonly (OtlpRecord | null)[] {
  return recordsOf(encoding === "json" ? parse(body) : decodeProtobuf(body, signal), signal);
}

function parse(body: Uint8Array): unknown {
  let request: unknown;
  try {
    request = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    // The parser's message would quote the body.
    if (error instanceof SyntaxError || error instanceof TypeError) {
      throw new OtlpError("Cannot read the export: it is no valid JSON");
    }
    throw error;
  }
  if (typeof request !== "object" || request === null || Array.isArray(request)) {
    throw new OtlpError("Cannot read the export: it is no object");
  }
  return request;
}
