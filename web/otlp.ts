/**
 * OTLP over HTTP: what a client exports of itself, as JSON or protobuf, plain or with gzip.
 * Answers as the protocol has them, in the encoding that was asked in.
 *
 * @module
 */

import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { problem } from "./problem.ts";
import type { ExportTaken, WebContext } from "./web_context.ts";

/** More than any batch that exporters send: their default is 512 records. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;
const UNZIPPED_BYTES_MAX = 64 * 1024 * 1024;
const ENCODINGS = { "application/json": "json", "application/x-protobuf": "protobuf" } as const;
/** How each signal names what it rejects. */
const REJECTED = {
  logs: "rejectedLogRecords",
  metrics: "rejectedDataPoints",
  traces: "rejectedSpans",
} as const;

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
      const taken = await context.commands.takeExport(signal, encoding, body);
      return encoding === "json"
        ? c.json(jsonAnswer(signal, taken))
        : c.body(protobufAnswer(taken), 200, { "Content-Type": "application/x-protobuf" });
    });
  }
}

function encodingOf({ req }: Context): "json" | "protobuf" | undefined {
  const type = req.header("content-type")?.split(";")[0]!.trim().toLowerCase() ?? "";
  return Object.hasOwn(ENCODINGS, type) ? ENCODINGS[type as keyof typeof ENCODINGS] : undefined;
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

function jsonAnswer(signal: keyof typeof REJECTED, { rejected }: ExportTaken): object {
  if (rejected === 0) return {};
  // 64-bit numbers are texts in JSON.
  const errorMessage = reasonOf(rejected);
  return { partialSuccess: { [REJECTED[signal]]: String(rejected), errorMessage } };
}

/** The three signals' answers have the same field numbers. */
function protobufAnswer({ rejected }: ExportTaken): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  if (rejected > 0) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).int64(rejected);
    writer.tag(2, WireType.LengthDelimited).string(reasonOf(rejected));
    writer.join();
  }
  return writer.finish() as Uint8Array<ArrayBuffer>;
}

function reasonOf(rejected: number): string {
  return `Cannot take ${rejected} records: no known assistant sent them, or no session is named`;
}
