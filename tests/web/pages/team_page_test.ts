/** Tests of `web/pages/team_page.tsx`. */

import assert from "node:assert/strict";
import { filledHome } from "../../helpers/filled_home.ts";
import { TEAM } from "../../helpers/team_document.ts";
import { ask, webContext } from "../open_web.ts";

const CLIENT = { "blueplane-client": "test", "content-type": "application/json" };

Deno.test("teamPage() shows what a file holds, and refuses others", async () => {
  await using home = await filledHome([]);
  const open = (body: string, headers: Record<string, string> = CLIENT) =>
    ask(webContext(home), "/team", { method: "POST", headers, body });

  const page = await (await ask(webContext(home), "/team")).text();
  const shown = await open(JSON.stringify(TEAM));
  const other = await open('{"schema":"blueplane.export/1"}');

  assert.match(page, /<input type="file" [^>]*data-opens/);
  assert.equal(shown.status, 200);
  assert.match(await shown.text(), /^<p>Made on 2026-03-21 of 4 files: 2 counted/);
  assert.equal(other.status, 400);
  assert.match((await other.json()).detail, /Cannot open the file: it is no aggregate of a team/);
  assert.equal((await open("{")).status, 400);
  assert.equal((await open(JSON.stringify(TEAM), {})).status, 403);
  assert.equal((await open(`"${"x".repeat(9 << 20)}"`)).status, 413);
});
