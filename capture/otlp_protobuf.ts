/**
 * OTLP as protobuf, read into the shape that OTLP has as JSON, so that all behind works with one.
 * Field numbers by opentelemetry-proto 1.x; what nobody asks for is skipped.
 *
 * @module
 */

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { Signal } from "./otlp_record.ts";
import { OtlpError } from "./otlp_error.ts";

/** How a field is written. */
type Scalar = "string" | "bool" | "int64" | "double" | "fixed64" | "sfixed64" | "enum";

/** Name of a field in JSON, how it is written or of which message it is; whether it repeats. */
type Field = readonly [name: string, type: Scalar | MessageName, repeats?: "repeated"];

type MessageName = keyof typeof MESSAGES;

const ATTRIBUTES = ["attributes", "KeyValue", "repeated"] as const;
const MESSAGES = {
  Logs: { 1: ["resourceLogs", "ResourceLogs", "repeated"] },
  ResourceLogs: { 1: ["resource", "Resource"], 2: ["scopeLogs", "ScopeLogs", "repeated"] },
  ScopeLogs: { 2: ["logRecords", "LogRecord", "repeated"] },
  LogRecord: {
    1: ["timeUnixNano", "fixed64"],
    5: ["body", "AnyValue"],
    6: ATTRIBUTES,
    11: ["observedTimeUnixNano", "fixed64"],
    12: ["eventName", "string"],
  },
  Metrics: { 1: ["resourceMetrics", "ResourceMetrics", "repeated"] },
  ResourceMetrics: {
    1: ["resource", "Resource"],
    2: ["scopeMetrics", "ScopeMetrics", "repeated"],
  },
  ScopeMetrics: { 2: ["metrics", "Metric", "repeated"] },
  Metric: { 1: ["name", "string"], 5: ["gauge", "Points"], 7: ["sum", "Points"] },
  Points: {
    1: ["dataPoints", "Point", "repeated"],
    2: ["aggregationTemporality", "enum"],
  },
  Point: {
    2: ["startTimeUnixNano", "fixed64"],
    3: ["timeUnixNano", "fixed64"],
    4: ["asDouble", "double"],
    6: ["asInt", "sfixed64"],
    7: ATTRIBUTES,
  },
  Traces: { 1: ["resourceSpans", "ResourceSpans", "repeated"] },
  ResourceSpans: { 1: ["resource", "Resource"], 2: ["scopeSpans", "ScopeSpans", "repeated"] },
  ScopeSpans: { 2: ["spans", "Span", "repeated"] },
  Span: {
    5: ["name", "string"],
    7: ["startTimeUnixNano", "fixed64"],
    8: ["endTimeUnixNano", "fixed64"],
    9: ATTRIBUTES,
  },
  Resource: { 1: ATTRIBUTES },
  KeyValue: { 1: ["key", "string"], 2: ["value", "AnyValue"] },
  AnyValue: {
    1: ["stringValue", "string"],
    2: ["boolValue", "bool"],
    3: ["intValue", "int64"],
    4: ["doubleValue", "double"],
  },
} as const;

const REQUESTS: Readonly<Record<Signal, MessageName>> = {
  logs: "Logs",
  metrics: "Metrics",
  traces: "Traces",
};
const WIRE_TYPES: Readonly<Record<Scalar, WireType>> = {
  string: WireType.LengthDelimited,
  bool: WireType.Varint,
  int64: WireType.Varint,
  enum: WireType.Varint,
  double: WireType.Bit64,
  fixed64: WireType.Bit64,
  sfixed64: WireType.Bit64,
};

/**
 * An export request.
 *
 * @throws {OtlpError} for bytes that are no such message
 */
export function decodeProtobuf(bytes: Uint8Array, signal: Signal): object {
  try {
    const reader = new BinaryReader(bytes);
    return readMessage(reader, REQUESTS[signal], bytes.length);
  } catch (error) {
    // The library's own errors for bytes that end early or make no sense.
    if (error instanceof RangeError || error instanceof Error && isWireError(error)) {
      throw new OtlpError("Cannot read the export: it is no valid protobuf", { cause: error });
    }
    throw error;
  }
}

function isWireError({ message }: Error): boolean {
  return /wire|tag|varint|invalid|premature|end group/i.test(message);
}

function readMessage(reader: BinaryReader, name: MessageName, end: number): object {
  const fields: Readonly<Record<number, Field>> = MESSAGES[name];
  const message: Record<string, unknown> = {};
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const [key, type, repeats] = fields[number] ?? [];
    if (key === undefined || type === undefined || wireType !== wireTypeOf(type)) {
      reader.skip(wireType, number);
      continue;
    }
    const value = isScalar(type) ? readScalar(reader, type) : readInner(reader, type, end);
    if (repeats) ((message[key] ??= []) as unknown[]).push(value);
    else message[key] = value;
  }
  if (reader.pos !== end) throw new RangeError("Cannot read a message: it ends behind its end");
  return message;
}

function readInner(reader: BinaryReader, name: MessageName, outerEnd: number): object {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > outerEnd) throw new RangeError("Cannot read a message: it ends behind its end");
  return readMessage(reader, name, end);
}

function readScalar(reader: BinaryReader, type: Scalar): string | number | boolean {
  switch (type) {
    case "string":
      return reader.string();
    case "bool":
      return reader.bool();
    case "double":
      return reader.double();
    case "enum":
      return reader.int32();
    case "int64":
      return String(reader.int64());
    case "fixed64":
      return String(reader.fixed64());
    case "sfixed64":
      return String(reader.sfixed64());
  }
}

function isScalar(type: Scalar | MessageName): type is Scalar {
  return Object.hasOwn(WIRE_TYPES, type);
}

function wireTypeOf(type: Scalar | MessageName): WireType {
  return isScalar(type) ? WIRE_TYPES[type] : WireType.LengthDelimited;
}
