/**
 * What an OTLP export holds, one by one, whatever its signal and encoding: a name, a time, the
 * session that its attributes name, and a number where it is a metric's.
 *
 * Shapes by the OTLP 1.x specification, as JSON: 64-bit numbers are texts or numbers, times are
 * nanoseconds since 1970 UTC.
 *
 * @module
 */

import { type Json, objectOf, objectsOf, textOf } from "./json_access.ts";

/** What is exported, as in the paths `/v1/logs`, `/v1/metrics`, `/v1/traces`. */
export type Signal = "logs" | "metrics" | "traces";

/** A value of an attribute; lists and maps of values are none of ours. */
export type OtlpValue = string | number | boolean;

/** A log record, a metric's data point or a span. */
export interface OtlpRecord {
  readonly signal: Signal;
  /** The event's, metric's or span's name. */
  readonly name: string;
  /** Milliseconds since 1970 UTC; the end of a span. */
  readonly at: number;
  /** When a span or what a point counts began; as `at`. */
  readonly startedAt?: number;
  /** A data point's number. */
  readonly value?: number;
  /** Whether a point counts from its start on, not from the point before. */
  readonly isCumulative?: boolean;
  readonly attributes: ReadonlyMap<string, OtlpValue>;
  /** Those of the program that exports. */
  readonly resource: ReadonlyMap<string, OtlpValue>;
}

const CUMULATIVE = 2;
/** Kinds of metrics; the points of a distribution have no one number. */
const POINTS = ["sum", "gauge", "histogram", "exponentialHistogram", "summary"] as const;

/** Everything in an export request: null for a record without a name, a time or a number. */
export function recordsOf(request: unknown, signal: Signal): (OtlpRecord | null)[] {
  const root = objectOf(request);
  if (signal === "logs") return recordsIn(root, "resourceLogs", "scopeLogs", logsOf);
  if (signal === "metrics") return recordsIn(root, "resourceMetrics", "scopeMetrics", pointsOf);
  return recordsIn(root, "resourceSpans", "scopeSpans", spansOf);
}

type Resource = OtlpRecord["resource"];

function recordsIn(
  root: Json,
  resources: string,
  scopes: string,
  read: (scope: Json, resource: Resource) => (OtlpRecord | null)[],
): (OtlpRecord | null)[] {
  return objectsOf(root[resources]).flatMap((one) => {
    const resource = attributesOf(objectOf(one.resource));
    return objectsOf(one[scopes]).flatMap((scope) => read(scope, resource));
  });
}

function logsOf(scope: Json, resource: Resource): (OtlpRecord | null)[] {
  return elementsOf(scope.logRecords).map((log) => {
    const attributes = attributesOf(log);
    const name = textOf(log.eventName) || attributes.get("event.name") ||
      valueOf(objectOf(log.body));
    const at = timeOf(log.timeUnixNano) ?? timeOf(log.observedTimeUnixNano);
    if (typeof name !== "string" || at === undefined) return null;
    return { signal: "logs", name, at, attributes, resource };
  });
}

function pointsOf(scope: Json, resource: Resource): (OtlpRecord | null)[] {
  return elementsOf(scope.metrics).flatMap((metric) => {
    const name = textOf(metric.name);
    const points = objectOf(POINTS.map((kind) => metric[kind]).find((one) => one !== undefined));
    const temporality = points.aggregationTemporality;
    const isCumulative = temporality === CUMULATIVE ||
      temporality === "AGGREGATION_TEMPORALITY_CUMULATIVE";
    return elementsOf(points.dataPoints).map((point) => {
      const at = timeOf(point.timeUnixNano);
      const value = numberOf(point.asDouble ?? point.asInt);
      if (!name || at === undefined || value === undefined) return null;
      const startedAt = timeOf(point.startTimeUnixNano);
      const attributes = attributesOf(point);
      const base = { signal: "metrics" as const, name, at, value, isCumulative };
      return { ...base, startedAt, attributes, resource };
    });
  });
}

function spansOf(scope: Json, resource: Resource): (OtlpRecord | null)[] {
  return elementsOf(scope.spans).map((span) => {
    const name = textOf(span.name);
    const at = timeOf(span.endTimeUnixNano), startedAt = timeOf(span.startTimeUnixNano);
    if (!name || at === undefined) return null;
    return { signal: "traces", name, at, startedAt, attributes: attributesOf(span), resource };
  });
}

/** All elements of an array, whatever they are: each is a record that was sent. */
function elementsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function attributesOf(owner: Json): Map<string, OtlpValue> {
  return new Map(
    objectsOf(owner.attributes).flatMap((one): [string, OtlpValue][] => {
      const value = valueOf(objectOf(one.value));
      return typeof one.key === "string" && value !== undefined ? [[one.key, value]] : [];
    }),
  );
}

function valueOf(value: Json): OtlpValue | undefined {
  if (typeof value.stringValue === "string") return value.stringValue;
  if (typeof value.boolValue === "boolean") return value.boolValue;
  return numberOf(value.intValue ?? value.doubleValue);
}

/** A number, also as text: that is how JSON has 64 bits; undefined for what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function timeOf(nanoseconds: unknown): number | undefined {
  const number = numberOf(nanoseconds);
  // The years that a Date can tell; 0 stands for a time that is not known.
  return number && number > 0 && number < 8.64e21 ? Math.floor(number / 1e6) : undefined;
}
