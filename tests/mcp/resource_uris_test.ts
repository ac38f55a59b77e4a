/** Tests of `mcp/resource_uris.ts`. */

import assert from "node:assert/strict";
import * as uris from "../../mcp/resource_uris.ts";

Deno.test("URL() reads every name of a resource, and each is another", () => {
  const all = Object.values(uris);

  assert.equal(new Set(all).size, all.length);
  for (const uri of all) assert.equal(new URL(uri.replace(/\{.*\}/, "x")).protocol, "telemetry:");
});
