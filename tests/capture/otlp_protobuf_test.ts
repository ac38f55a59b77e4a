/** Tests of `capture/otlp_protobuf.ts`. */

import { deepEqual, throws } from "node:assert/strict";
import { OtlpError } from "../../capture/otlp_error.ts";
import { decodeProtobuf } from "../../capture/otlp_protobuf.ts";
import { NOON } from "../helpers/events.ts";
import { logsAsProtobuf } from "./export_bodies.ts";

Deno.test("decodeProtobuf() gives the shape of JSON, and skips what nobody asks for", () => {
  const attributes = { text: "a", whole: 2 ** 40, part: 0.25, yes: true };
  const bytes = logsAsProtobuf({ name: "x", at: NOON, attributes });

  const { resourceLogs: [{ scopeLogs: [{ logRecords: [log] }] }] } = jsonOf(bytes);

  deepEqual(Object.keys(log), ["timeUnixNano", "body", "attributes"]);
  deepEqual(log.timeUnixNano, `${NOON}000000`);
  deepEqual(log.attributes.slice(2), [
    { key: "text", value: { stringValue: "a" } },
    { key: "whole", value: { intValue: String(2 ** 40) } },
    { key: "part", value: { doubleValue: 0.25 } },
    { key: "yes", value: { boolValue: true } },
  ]);
});

Deno.test("decodeProtobuf() refuses bytes that end early or belong to something else", () => {
  const bytes = logsAsProtobuf({ name: "x", at: NOON, attributes: {} });

  throws(() => decodeProtobuf(bytes.slice(0, -3), "logs"), OtlpError);
  throws(
    () => decodeProtobuf(new TextEncoder().encode('{"resourceLogs":[]}'), "logs"),
    OtlpError,
  );
});

// deno-lint-ignore no-explicit-any -- the shape is what is tested
function jsonOf(bytes: Uint8Array): any {
  return decodeProtobuf(bytes, "logs");
}
