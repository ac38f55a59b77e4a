/** Tests of `capture/otlp_record.ts`. */

import { deepEqual, equal } from "node:assert/strict";
import { numberOf, recordsOf } from "../../capture/otlp_record.ts";
import { NOON } from "../helpers/events.ts";
import { logsRequest, pointRequest, spanRequest } from "./export_bodies.ts";

Deno.test("recordsOf() reads log records with their name, time and attributes", () => {
  const request = logsRequest({ name: "api_request", at: NOON, attributes: { a: 1, b: "2" } });

  const [record] = recordsOf(request, "logs");

  deepEqual([record?.name, record?.at], ["api_request", NOON]);
  deepEqual([record?.attributes.get("a"), record?.attributes.get("b")], [1, "2"]);
  equal(record?.resource.get("service.name"), "claude-code");
});

Deno.test("recordsOf() reads points of metrics, and how they count", () => {
  const points = [false, true].flatMap((cumulative) =>
    recordsOf(
      pointRequest("claude_code.token.usage", { at: NOON, value: 7, cumulative }, {}),
      "metrics",
    )
  );

  deepEqual(
    points.map((point) => [
      point?.name,
      point?.at,
      point?.startedAt,
      point?.value,
      point?.isCumulative,
    ]),
    [false, true].map((cumulative) => [
      "claude_code.token.usage",
      NOON,
      NOON - 1000,
      7,
      cumulative,
    ]),
  );
});

Deno.test("recordsOf() reads spans by their end", () => {
  const [span] = recordsOf(
    spanRequest("claude_code.tool", NOON, { tool_name: "Read" }),
    "traces",
  );

  deepEqual([span?.name, span?.at, span?.startedAt], ["claude_code.tool", NOON, NOON - 1000]);
});

Deno.test("recordsOf() finds nothing in what has no shape of OTLP", () => {
  for (const request of [null, 3, "x", {}, { resourceLogs: [{ scopeLogs: 3 }, null, "x"] }]) {
    deepEqual(recordsOf(request, "logs"), []);
  }
});

Deno.test("recordsOf() has null for what is sent as a record and is none", () => {
  const odd = { timeUnixNano: "x", body: { stringValue: "claude_code.a" } };
  const logRecords = [odd, "x", null, {}];
  deepEqual(
    recordsOf({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, "logs"),
    [null, null, null, null],
  );
  const spread = { name: "a", histogram: { dataPoints: [{ timeUnixNano: "1", count: "3" }] } };
  const metrics = [spread, { name: "b", sum: { dataPoints: [{ asInt: 1 }] } }, { name: "c" }];
  deepEqual(
    recordsOf({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }, "metrics"),
    [null, null],
  );
  const spans = [{ name: "a" }];
  deepEqual(recordsOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] }, "traces"), [null]);
});

Deno.test("numberOf() takes numbers and texts of numbers, and nothing else", () => {
  deepEqual(["7", 7, " 7 ", "", " ", "x", null, true, NaN, Infinity, "1e3"].map(numberOf), [
    7,
    7,
    7,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    1000,
  ]);
});
