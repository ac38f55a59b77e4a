/**
 * Errors at the addresses of OTLP, which are answered by its protocol: beside the status a
 * `google.rpc.Status` with its message, in the encoding that was asked in.
 *
 * @module
 */

import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** How exporters write, by the type of its content. */
export const OTLP_TYPES = {
  json: "application/json",
  protobuf: "application/x-protobuf",
} as const;

/** One of {@linkcode OTLP_TYPES}. */
export type OtlpEncoding = keyof typeof OTLP_TYPES;

/** Field 2, a text. */
const MESSAGE_TAG = 0x12;

/** Whether the address is one of the protocol's. */
export function isOtlp({ req }: Context): boolean {
  return /^\/v1\/(logs|metrics|traces)$/.test(req.path);
}

/** How the body is written; undefined where that is not known. */
export function otlpEncoding({ req }: Context): OtlpEncoding | undefined {
  const type = req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return (Object.keys(OTLP_TYPES) as OtlpEncoding[]).find((name) => OTLP_TYPES[name] === type);
}

/** The answer; the detail never holds content. */
export function otlpRefusal(c: Context, status: ContentfulStatusCode, detail: string): Response {
  const encoding = otlpEncoding(c) ?? "json";
  const text = new TextEncoder().encode(detail);
  const body = encoding === "json"
    ? JSON.stringify({ message: detail })
    : Uint8Array.from([MESSAGE_TAG, text.length & 0x7f | 0x80, text.length >> 7, ...text]);
  return c.body(body, status, { "Content-Type": OTLP_TYPES[encoding] });
}
