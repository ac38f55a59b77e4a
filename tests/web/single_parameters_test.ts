/** Tests of `web/single_parameters.ts`. */

import assert from "node:assert/strict";
import { filledHome } from "../helpers/filled_home.ts";
import { ask, webContext } from "./open_web.ts";

const TWICE = "Cannot read period: it is given more than once";

Deno.test("singleParameters() refuses a parameter that is told twice, and names it", async () => {
  await using home = await filledHome();
  for (
    const path of [
      "/api/v1/metrics?period=7d&period=30d",
      "/api/v1/metrics?period=7d&period=7d",
      "/api/v1/sessions?period=&period=7d",
      "/metrics?period=7d&period=30d",
    ]
  ) {
    const response = await ask(webContext(home), path);

    assert.equal(response.status, 400, path);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    assert.equal((await response.json()).detail, TWICE);
  }
});

Deno.test("singleParameters() says no name that is not one of ours", async () => {
  await using home = await filledHome();

  const response = await ask(webContext(home), "/api/v1/metrics?My%20Secret=1&My%20Secret=2");

  assert.equal(
    (await response.json()).detail,
    "Cannot read a parameter: it is given more than once",
  );
});

Deno.test("singleParameters() lets through what is told once", async () => {
  await using home = await filledHome();

  const response = await ask(webContext(home), "/api/v1/metrics?period=7d&platform=cursor");

  assert.equal(response.status, 200);
  await response.body?.cancel();
});
