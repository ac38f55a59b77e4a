/** Tests of `web/api/export_route.ts`: an e2e test holds the file that the command makes. */

import assert from "node:assert/strict";
import type { ExportRequest } from "../../../web/web_context.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

async function exported(said: string) {
  await using home = await filledHome();
  const asked: ExportRequest[] = [];
  const exportFile = (request: ExportRequest) => {
    asked.push(request);
    return Promise.resolve({ bytes: 3, body: new Blob(["abc"]).stream() });
  };
  const response = await ask(webContext(home, { exportFile }), `/api/v1/export${said}`);
  return { asked, response, text: await response.text() };
}

Deno.test("EXPORT_ROUTE() asks for what the command takes, and sends a file", async () => {
  const said = "?what=conversations&format=csv&platform=claude&project=x&since=2026-01-01" +
    "&anonymize=true&model=";

  const { asked, response, text } = await exported(said);

  assert.deepEqual(asked, [{
    what: "conversations",
    format: "csv",
    anonymize: true,
    options: {
      platform: "claude_code",
      project: "x",
      session: undefined,
      model: undefined,
      period: undefined,
      since: "2026-01-01",
      until: undefined,
    },
  }]);
  assert.equal(text, "abc");
  assert.match(response.headers.get("content-type")!, /^text\/csv/);
  assert.equal(response.headers.get("content-length"), "3");
  assert.equal(
    response.headers.get("content-disposition"),
    'attachment; filename="blueplane-conversations-2026-03-01.csv"',
  );
  assert.equal(response.headers.get("cache-control"), "no-store");
});

Deno.test("EXPORT_ROUTE() asks for nothing that there is not", async () => {
  for (const said of ["?what=keys", "?format=exe", "?output=x", "?platform=x", "?period=2h"]) {
    const { asked, response } = await exported(said);
    assert.deepEqual([response.status, asked], [400, []], said);
  }
});
