/**
 * What an exporter is answered, in the encoding that it speaks.
 *
 * @module
 */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { formatCounted } from "../core/format.ts";
import type { Signal } from "./otlp_record.ts";
import type { Encoding } from "./otlp_request.ts";

/** How each signal names what was rejected. */
const REJECTED: Readonly<Record<Signal, string>> = {
  logs: "rejectedLogRecords",
  metrics: "rejectedDataPoints",
  traces: "rejectedSpans",
};

/** The body of a response of the OTLP specification: a partial success where records are left. */
export function answerExport(
  signal: Signal,
  encoding: Encoding,
  rejected: number,
): Uint8Array<ArrayBuffer> {
  return encoding === "json" ? asJson(signal, rejected) : asProtobuf(rejected);
}

function asJson(signal: Signal, rejected: number): Uint8Array<ArrayBuffer> {
  // 64-bit numbers are texts in JSON.
  const partialSuccess = {
    [REJECTED[signal]]: String(rejected),
    errorMessage: reasonOf(rejected),
  };
  return new TextEncoder().encode(JSON.stringify(rejected === 0 ? {} : { partialSuccess }));
}

/** The three signals' answers have the same field numbers. */
function asProtobuf(rejected: number): Uint8Array<ArrayBuffer> {
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
  return `Cannot take ${
    formatCounted(rejected, "record")
  }: of no session of a known assistant, ` +
    "or too many wait until the folder of their session is known";
}
