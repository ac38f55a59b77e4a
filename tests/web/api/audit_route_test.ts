/** Tests of `web/api/audit_route.ts`. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

const FOUND = {
  at: Date.UTC(2026, 2, 1),
  clean: false,
  findings: [{ place: "logs/x.log", kind: "path", count: 2 }] as const,
  places: 3,
  bytes: 4,
  events: 5,
  ownWords: 6,
};

Deno.test("AUDIT_ROUTE() looks when our own client asks, and tells what was found", async () => {
  await using home = await filledHome([]);
  let looks = 0;
  const run = () => Promise.resolve((looks++, FOUND));
  const context = webContext(home, { audit: { last: undefined, run } });
  const post = (headers: Record<string, string>) =>
    ask(context, "/api/v1/privacy/audit", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: "{}",
    });

  assert.equal((await post({})).status, 403);
  assert.equal(looks, 0);
  assert.deepEqual(await (await post({ "Blueplane-Client": "test" })).json(), {
    schema: "blueplane.privacy_audit_summary/1",
    audited_at: "2026-03-01T00:00:00.000Z",
    clean: false,
    findings: FOUND.findings,
    places: 3,
    bytes: 4,
    events: 5,
    own_words: 6,
  });
});

Deno.test("AUDIT_ROUTE() says so, while another audit goes on", async () => {
  await using home = await filledHome([]);

  const response = await ask(webContext(home), "/api/v1/privacy/audit", {
    method: "POST",
    headers: { "Blueplane-Client": "test", "content-type": "application/json" },
    body: "{}",
  });

  assert.equal(response.status, 503);
});
