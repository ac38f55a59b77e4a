/** Bodies of OTLP exports for tests: as JSON, and the same as protobuf. */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** A value that an attribute can have. */
export type Value = string | number | boolean;

/** A log record as a test names it. */
export interface LogSketch {
  readonly name: string;
  /** Milliseconds. */
  readonly at: number;
  readonly attributes: Readonly<Record<string, Value>>;
}

/** The session that all have that name no other. */
export const SESSION = "5f0c5d2e-6c0a-4f0e-8d2c-0d4b7a3c9e11";

/** One export request of Claude Code's with these log records, as JSON has it. */
export function logsRequest(...logs: readonly LogSketch[]): object {
  return {
    resourceLogs: [{
      resource: { attributes: attributes({ "service.name": "claude-code" }) },
      scopeLogs: [{
        scope: { name: "com.anthropic.claude_code.events" },
        logRecords: logs.map(({ name, at, attributes: told }) => ({
          timeUnixNano: `${at}000000`,
          body: { stringValue: `claude_code.${name}` },
          attributes: attributes({ "session.id": SESSION, "event.name": name, ...told }),
        })),
      }],
    }],
  };
}

/** A request with one point of a metric. */
export function pointRequest(
  name: string,
  point: { readonly at: number; readonly value: number; readonly cumulative?: boolean },
  told: Readonly<Record<string, Value>>,
): object {
  return {
    resourceMetrics: [{
      resource: { attributes: attributes({ "service.name": "claude-code" }) },
      scopeMetrics: [{
        metrics: [{
          name,
          sum: {
            aggregationTemporality: point.cumulative ? 2 : 1,
            dataPoints: [{
              startTimeUnixNano: `${point.at - 1000}000000`,
              timeUnixNano: `${point.at}000000`,
              asDouble: point.value,
              attributes: attributes({ "session.id": SESSION, ...told }),
            }],
          },
        }],
      }],
    }],
  };
}

/** A request with one span. */
export function spanRequest(
  name: string,
  at: number,
  told: Readonly<Record<string, Value>>,
): object {
  return {
    resourceSpans: [{
      resource: { attributes: attributes({ "service.name": "claude-code" }) },
      scopeSpans: [{
        spans: [{
          name,
          startTimeUnixNano: `${at - 1000}000000`,
          endTimeUnixNano: `${at}000000`,
          attributes: attributes({ "session.id": SESSION, ...told }),
        }],
      }],
    }],
  };
}

/** The bytes of a request as JSON. */
export function bytesOf(request: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(request));
}

/** Log records as protobuf, by the numbers of opentelemetry-proto; the rest is left out. */
export function logsAsProtobuf(...logs: readonly LogSketch[]): Uint8Array {
  const writer = new BinaryWriter();
  message(writer, 1, () => {
    message(writer, 1, () => attribute(writer, 1, "service.name", "claude-code"));
    message(writer, 2, () => {
      message(writer, 1, () => writer.tag(1, WireType.LengthDelimited).string("scope"));
      for (const log of logs) message(writer, 2, () => logRecord(writer, log));
    });
    writer.tag(3, WireType.LengthDelimited).string("https://example.test/schema");
  });
  return writer.finish();
}

function logRecord(writer: BinaryWriter, { name, at, attributes: told }: LogSketch): void {
  writer.tag(1, WireType.Bit64).fixed64(BigInt(at) * 1_000_000n);
  writer.tag(2, WireType.Varint).int32(9);
  message(writer, 5, () => writer.tag(1, WireType.LengthDelimited).string(`claude_code.${name}`));
  const all = { "session.id": SESSION, "event.name": name, ...told };
  for (const [key, value] of Object.entries(all)) attribute(writer, 6, key, value);
  writer.tag(8, WireType.Bit32).fixed32(1);
}

function attribute(writer: BinaryWriter, number: number, key: string, value: Value): void {
  message(writer, number, () => {
    writer.tag(1, WireType.LengthDelimited).string(key);
    message(writer, 2, () => {
      if (typeof value === "string") writer.tag(1, WireType.LengthDelimited).string(value);
      else if (typeof value === "boolean") writer.tag(2, WireType.Varint).bool(value);
      else if (Number.isInteger(value)) writer.tag(3, WireType.Varint).int64(value);
      else writer.tag(4, WireType.Bit64).double(value);
    });
  });
}

function message(writer: BinaryWriter, number: number, write: () => void): void {
  writer.tag(number, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function attributes(told: Readonly<Record<string, Value>>): object[] {
  return Object.entries(told).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: Value): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
