/** Tests of `web/api.ts`: the description is that of the routes that there are. */

import assert from "node:assert/strict";
import { filledHome } from "../helpers/filled_home.ts";
import { ask, webContext } from "./open_web.ts";

Deno.test("addApi() answers with its own description", async () => {
  await using home = await filledHome([]);

  const description = await (await ask(webContext(home), "/api/v1/openapi.json")).json();

  for (const path of ["/api/v1/openapi.json", "/metrics", "/ws/metrics", "/hooks/{platform}"]) {
    assert.ok(description.paths[path], path);
  }
});

Deno.test("addApi() answers Prometheus in its own type", async () => {
  await using home = await filledHome();

  const { headers } = await ask(webContext(home), "/metrics");

  assert.equal(headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
});
