/** Tests of `web/pages/data/storage_facts.tsx`. */

import assert from "node:assert/strict";
import { reportStatus } from "../../../../core/reports/status_report.ts";
import { StorageFacts } from "../../../../web/pages/data/storage_facts.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";

const QUERY = { version: "1", server: null, databaseBytes: 2048 };

Deno.test("StorageFacts() tells what is stored and what waits", async () => {
  await using home = await filledHome();
  const status = reportStatus(home.db, QUERY);

  const html = String(
    <StorageFacts status={status} coverage={{ files_done: 1, files_total: 4 }} />,
  );

  assert.match(html, /<dt>sessions<\/dt><dd>5<\/dd>/);
  assert.match(html, /<dt>database<\/dt><dd>2\.0 kB|<dt>database<\/dt><dd>2/);
  assert.match(html, /<dt>files read<\/dt><dd>1 of 4<\/dd>/);
  assert.match(html, /<dt>coverage<\/dt><dd>25.0 %<\/dd>/);
  assert.match(html, /<dt>pressure<\/dt><dd>green<\/dd>/);
});

Deno.test("StorageFacts() says that a Redis which cannot be asked is not known", async () => {
  await using home = await filledHome();
  const status = reportStatus(home.db, { ...QUERY, redis: { events: null } });

  const html = String(<StorageFacts status={status} coverage={undefined} />);

  assert.match(html, /<dt>events waiting<\/dt><dd>–<\/dd>/);
  assert.match(html, /<dt>pressure<\/dt><dd>not known<\/dd>/);
});

Deno.test("StorageFacts() says so, before there is a database", () => {
  const html = String(
    <StorageFacts status={reportStatus(undefined, QUERY)} coverage={undefined} />,
  );

  assert.match(html, /Nothing is stored yet/);
});
