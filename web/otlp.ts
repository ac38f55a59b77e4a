/**
 * OTLP over HTTP: what a client exports of itself, as JSON or protobuf, plain or with gzip.
 * Answers are the protocol's, errors as well, in the encoding that was asked in.
 *
 * @module
 */

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { OTLP_TYPES, otlpEncoding } from "./otlp_refusal.ts";
import { NotReadyError, problem, RequestError } from "./problem.ts";
import type { WebContext } from "./web_context.ts";

/** More than any batch that exporters send: their default is 512 records. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;
const UNZIPPED_BYTES_MAX = 64 * 1024 * 1024;

/** What of a body is wrong, or why it cannot be taken now. */
interface Refusal {
  readonly status: 400 | 413 | 415 | 503;
  readonly detail: string;
}

const TOO_LARGE: Refusal = { status: 413, detail: "Cannot accept: the body is too large" };
const UNKNOWN_KIND: Refusal = {
  status: 415,
  detail: "Cannot accept: the body is no OTLP of a known kind",
};

/** Adds the routes. */
export function addOtlp(app: Hono, context: WebContext): void {
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => refuse(c, TOO_LARGE),
  });
  for (const signal of ["logs", "metrics", "traces"] as const) {
    app.post(`/v1/${signal}`, limit, async (c) => {
      const encoding = otlpEncoding(c);
      if (!encoding) return refuse(c, UNKNOWN_KIND);
      const body = await readBody(c);
      if ("status" in body) return refuse(c, body);
      try {
        const answer = await context.commands.takeExport(signal, encoding, body);
        return c.body(answer, 200, { "Content-Type": OTLP_TYPES[encoding] });
      } catch (error) {
        return refuse(c, refusalOf(error));
      }
    });
  }
}

function refuse(c: Context, { status, detail }: Refusal): Response {
  return problem(c, status, detail);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestError) return { status: 400, detail: error.message };
  if (error instanceof NotReadyError) return { status: 503, detail: error.message };
  throw error;
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
      return TOO_LARGE;
    }
    if (!code?.startsWith("Z_")) throw error;
    return { status: 400, detail: "Cannot accept: the body is no valid gzip" };
  }
}
