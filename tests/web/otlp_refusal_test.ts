/** Tests of `web/otlp_refusal.ts`: whatever is wrong, exporters are told in their protocol. */

import assert from "node:assert/strict";
import { filledHome } from "../helpers/filled_home.ts";
import { ask, webContext } from "./open_web.ts";

const JSON_TYPE = "application/json", PROTOBUF_TYPE = "application/x-protobuf";

Deno.test("otlpRefusal() is what is answered, when no client is named", async () => {
  await using home = await filledHome([]);
  const post = (path: string, type: string) =>
    ask(webContext(home), path, { method: "POST", headers: { "Content-Type": type }, body: "" });
  const message = "Cannot accept: the header Blueplane-Client is missing";

  const json = await post("/v1/logs", JSON_TYPE), other = await post("/v1/traces", "text/plain");
  const protobuf = await post("/v1/metrics", PROTOBUF_TYPE);

  for (const response of [json, other]) {
    assert.deepEqual(
      [response.status, response.headers.get("content-type"), await response.json()],
      [403, JSON_TYPE, { message }],
    );
  }
  assert.deepEqual([protobuf.status, protobuf.headers.get("content-type")], [403, PROTOBUF_TYPE]);
  assert.ok((await protobuf.text()).endsWith(message));
});

Deno.test("otlpRefusal() is what is answered to another method and to parameters", async () => {
  await using home = await filledHome([]);
  const headers = { "Blueplane-Client": "mine", "Content-Type": JSON_TYPE };

  const read = await ask(webContext(home), "/v1/logs");
  const twice = await ask(webContext(home), "/v1/logs?a=1&a=2", { method: "POST", headers });

  assert.deepEqual([read.status, Object.keys(await read.json())], [405, ["message"]]);
  assert.deepEqual([twice.status, Object.keys(await twice.json())], [400, ["message"]]);
});

Deno.test("isOtlp() holds for the protocol's addresses alone", async () => {
  await using home = await filledHome([]);

  for (const path of ["/v1/logs/x", "/v1/other", "/api/v1/nothing"]) {
    const response = await ask(webContext(home), path);
    assert.equal(response.headers.get("content-type"), "application/problem+json", path);
    await response.body?.cancel();
  }
});
