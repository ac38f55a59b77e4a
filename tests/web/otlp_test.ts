/** Tests of `web/otlp.ts`: exports are handed on as they are, and answered by the protocol. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { NotReadyError, RequestError } from "../../web/problem.ts";
import { filledHome } from "../helpers/filled_home.ts";
import { ask, webContext } from "./open_web.ts";

const JSON_TYPE = "application/json", PROTOBUF_TYPE = "application/x-protobuf";
const BODY = new TextEncoder().encode('{"resourceLogs":[]}');

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly fail?: Error;
}

async function send(path: string, { headers = {}, body = BODY, fail }: Sent = {}) {
  await using home = await filledHome([]);
  const taken: unknown[] = [];
  const takeExport = (...given: unknown[]) => {
    taken.push(given);
    return fail ? Promise.reject(fail) : Promise.resolve(new TextEncoder().encode("done"));
  };
  const { commands } = webContext(home);
  const response = await ask(
    webContext(home, { commands: { ...commands, takeExport } }),
    path,
    {
      method: "POST",
      headers: { "Blueplane-Client": "claude-code", "Content-Type": JSON_TYPE, ...headers },
      body,
    },
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { taken, status: response.status, type: response.headers.get("content-type"), bytes };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

for (const signal of ["logs", "metrics", "traces"]) {
  Deno.test(`addOtlp() takes ${signal} as JSON and as protobuf`, async () => {
    const json = await send(`/v1/${signal}`);
    const protobuf = await send(`/v1/${signal}`, { headers: { "Content-Type": PROTOBUF_TYPE } });

    assert.deepEqual([json.status, json.type, textOf(json.bytes)], [200, JSON_TYPE, "done"]);
    assert.deepEqual(json.taken, [[signal, "json", BODY]]);
    assert.deepEqual([protobuf.status, textOf(protobuf.bytes)], [200, "done"]);
    assert.deepEqual([protobuf.type, protobuf.taken], [PROTOBUF_TYPE, [[
      signal,
      "protobuf",
      BODY,
    ]]]);
  });
}

Deno.test("addOtlp() unzips a body, and no more of it than may be", async () => {
  const headers = { "Content-Encoding": "gzip" };
  const zipped = await send("/v1/logs", { headers, body: new Uint8Array(gzipSync(BODY)) });
  const bomb = new Uint8Array(gzipSync(new Uint8Array(70 * 1024 * 1024)));

  assert.deepEqual(zipped.taken, [["logs", "json", BODY]]);
  for (
    const [body, coding, status] of [
      [bomb, "gzip", 413],
      [BODY, "gzip", 400],
      [new Uint8Array(gzipSync(BODY)).slice(0, 20), "gzip", 400],
      [BODY, "br", 415],
    ] as const
  ) {
    const refused = await send("/v1/logs", { headers: { "Content-Encoding": coding }, body });
    assert.deepEqual([refused.status, refused.taken], [status, []]);
  }
});

Deno.test("addOtlp() refuses what is no OTLP, and what another page sends", async () => {
  const plain = await send("/v1/logs", { headers: { "Content-Type": "text/plain" } });
  const foreign = await send("/v1/logs", { headers: { Origin: "http://evil.example" } });
  const large = await send("/v1/logs", { headers: { "Content-Length": String(2 ** 30) } });
  const broken = await send("/v1/logs", { fail: new RequestError("Cannot read the export: x") });

  assert.deepEqual([plain.status, foreign.status, large.status], [415, 403, 413]);
  assert.deepEqual([plain.taken, foreign.taken, large.taken], [[], [], []]);
  const message = "Cannot read the export: x";
  assert.deepEqual([broken.status, broken.type], [400, JSON_TYPE]);
  assert.deepEqual(JSON.parse(textOf(broken.bytes)), { message });
});

Deno.test("addOtlp() says what is wrong in the encoding that was asked in", async () => {
  const headers = { "Content-Type": PROTOBUF_TYPE };
  for (
    const [fail, status] of [
      [new RequestError(`Cannot read the export: ${"x".repeat(200)}`), 400],
      [new NotReadyError("Cannot answer: the server stops"), 503],
    ] as const
  ) {
    const refused = await send("/v1/traces", { headers, fail });
    const reader = new BinaryReader(refused.bytes);

    assert.deepEqual([refused.status, refused.type], [status, PROTOBUF_TYPE]);
    assert.deepEqual(reader.tag(), [2, WireType.LengthDelimited]);
    assert.equal(reader.string(), fail.message);
  }
});
