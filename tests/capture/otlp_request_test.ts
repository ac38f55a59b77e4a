/** Tests of `capture/otlp_request.ts`. */

import { deepEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { OtlpError } from "../../capture/otlp_error.ts";
import { readExport } from "../../capture/otlp_request.ts";
import { NOON } from "../helpers/events.ts";
import { bytesOf, logsAsProtobuf, logsRequest } from "./export_bodies.ts";

const LOG = {
  name: "api_request",
  at: NOON,
  attributes: { model: "m", input_tokens: 5, cost: 0.5 },
};

Deno.test("readExport() reads the same out of JSON and protobuf", () => {
  const json = readExport(bytesOf(logsRequest(LOG)), "json", "logs");
  const protobuf = readExport(logsAsProtobuf(LOG), "protobuf", "logs");

  deepEqual(protobuf, json.map((record) => ({ ...record })));
  deepEqual(json.map((record) => [record?.name, record?.at]), [["api_request", NOON]]);
});

Deno.test("readExport() refuses what is no export, and says nothing of it", () => {
  for (const body of ["", "SECRET", "[]", "null", '{"resourceLogs":']) {
    throws(
      () => readExport(new TextEncoder().encode(body), "json", "logs"),
      (error: Error) => error instanceof OtlpError && !error.message.includes("SECRET"),
      body,
    );
  }
  throws(() => readExport(new Uint8Array([0xff, 0xfe]), "json", "logs"), OtlpError);
});

Deno.test("readExport() reads or refuses whatever bytes it is given", () => {
  const whole = logsAsProtobuf(LOG);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) =>
      whole.map((one, i) => i === at ? byte : one)
    ),
    fc.nat(whole.length).map((length) => whole.slice(0, length)),
  );
  fc.assert(fc.property(bytes, fc.constantFrom("logs", "metrics", "traces"), (body, signal) => {
    for (const encoding of ["json", "protobuf"] as const) {
      try {
        readExport(body, encoding, signal);
      } catch (error) {
        if (!(error instanceof OtlpError)) throw error;
      }
    }
  }));
});
