/**
 * OTLP over HTTP: what a client exports of itself, as JSON or protobuf, plain or with gzip.
 * Answers are the protocol's, in the encoding that was asked in.
 *
 * @module
 */

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { problem } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

/** More than any batch that exporters send: their default is 512 records. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;
const UNZIPPED_BYTES_MAX = 64 * 1024 * 1024;
const TYPES = { json: "application/json", protobuf: "application/x-protobuf" } as const;
/** What of a body is wrong before it is looked into. */
interface Refusal {
  readonly status: 400 | 413 | 415;
  readonly detail: string;
}

/** Adds the routes. */
export function addOtlp(app: Hono, context: WebContext): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "Cannot accept: the body is too large"),
  });
  for (const signal of ["logs", "metrics", "traces"] as const) {
    app.post(`/v1/${signal}`, limit, async (c) => {
      const encoding = encodingOf(c);
      if (!encoding) return problem(c, 415, "Cannot accept: the body is no OTLP of a known kind");
      const body = await readBody(c);
      if ("status" in body) return problem(c, body.status, body.detail);
      const answer = await context.commands.takeExport(signal, encoding, body);
      return c.body(answer, 200, { "Content-Type": TYPES[encoding] });
    });
  }
}

function encodingOf({ req }: Context): keyof typeof TYPES | undefined {
  const type = req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return (["json", "protobuf"] as const).find((encoding) => TYPES[encoding] === type);
}

async function readBody({ req }: Context): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  const bytes = new Uint8Array(await req.arrayBuffer());
  const coding = req.header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding === "identity") return bytes;
  if (coding !== "gzip") {
    return { status: 415, detail: "Cannot accept: the body's encoding is not known" };
  }
  try {
    const unzipped = await promisify(gunzip)(bytes, { maxOutputLength: UNZIPPED_BYTES_MAX });
    return new Uint8Array(unzipped);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ERR_BUFFER_TOO_LARGE") {
      return { status: 413, detail: "Cannot accept: the body is too large" };
    }
    if (!code?.startsWith("Z_")) throw error;
    return { status: 400, detail: "Cannot accept: the body is no valid gzip" };
  }
}
