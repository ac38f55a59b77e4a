/** Exports as protobuf that were recorded as JSON: by opentelemetry-proto 1.x, as clients do. */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

type Scalar = "string" | "bool" | "int64" | "double" | "fixed64" | "int32" | "sfixed64";
/** By the name in JSON: the number, and how it is written or of which message it is. */
type Shape = { readonly [name: string]: readonly [number: number, of: Scalar | Shape] };
type Json = Readonly<Record<string, unknown>>;

const VALUE: Shape = {
  stringValue: [1, "string"],
  boolValue: [2, "bool"],
  intValue: [3, "int64"],
  doubleValue: [4, "double"],
};
const ATTRIBUTE: Shape = { key: [1, "string"], value: [2, VALUE] };
const RESOURCE: Shape = { attributes: [1, ATTRIBUTE] };
const LOG: Shape = {
  timeUnixNano: [1, "fixed64"],
  observedTimeUnixNano: [11, "fixed64"],
  eventName: [12, "string"],
  body: [5, VALUE],
  attributes: [6, ATTRIBUTE],
};
const POINT: Shape = {
  startTimeUnixNano: [2, "fixed64"],
  timeUnixNano: [3, "fixed64"],
  asDouble: [4, "double"],
  asInt: [6, "sfixed64"],
  attributes: [7, ATTRIBUTE],
};
const POINTS: Shape = { dataPoints: [1, POINT], aggregationTemporality: [2, "int32"] };
const METRIC: Shape = { name: [1, "string"], gauge: [5, POINTS], sum: [7, POINTS] };
const SPAN: Shape = {
  name: [5, "string"],
  startTimeUnixNano: [7, "fixed64"],
  endTimeUnixNano: [8, "fixed64"],
  attributes: [9, ATTRIBUTE],
};
const REQUESTS: Readonly<Record<"logs" | "metrics" | "traces", Shape>> = {
  logs: {
    resourceLogs: [1, { resource: [1, RESOURCE], scopeLogs: [2, { logRecords: [2, LOG] }] }],
  },
  metrics: {
    resourceMetrics: [1, {
      resource: [1, RESOURCE],
      scopeMetrics: [2, { metrics: [2, METRIC] }],
    }],
  },
  traces: {
    resourceSpans: [1, { resource: [1, RESOURCE], scopeSpans: [2, { spans: [2, SPAN] }] }],
  },
};

/** The bytes of a request; what is not known is left out. */
export function asProtobuf(request: object, signal: keyof typeof REQUESTS): Uint8Array {
  const writer = new BinaryWriter();
  write(writer, request as Json, REQUESTS[signal]);
  return writer.finish();
}

function write(writer: BinaryWriter, message: Json, shape: Shape): void {
  for (const [name, [number, of]] of Object.entries(shape)) {
    for (const value of [message[name] ?? []].flat()) {
      if (typeof of === "string") writeScalar(writer, number, of, value);
      else {
        writer.tag(number, WireType.LengthDelimited).fork();
        write(writer, value as Json, of);
        writer.join();
      }
    }
  }
}

function writeScalar(writer: BinaryWriter, number: number, of: Scalar, value: unknown): void {
  if (of === "string") writer.tag(number, WireType.LengthDelimited).string(String(value));
  else if (of === "double") writer.tag(number, WireType.Bit64).double(Number(value));
  else if (of === "bool") writer.tag(number, WireType.Varint).bool(value === true);
  else if (of === "int32") writer.tag(number, WireType.Varint).int32(Number(value));
  else if (of === "int64") writer.tag(number, WireType.Varint).int64(BigInt(String(value)));
  else writer.tag(number, WireType.Bit64)[of](BigInt(String(value)));
}
