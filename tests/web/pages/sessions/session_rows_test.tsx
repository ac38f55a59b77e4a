/** Tests of `web/pages/sessions/session_rows.tsx`. */

import assert from "node:assert/strict";
import { reportSessions } from "../../../../core/reports/sessions_report.ts";
import { readListQuery } from "../../../../web/pages/sessions/list_query.ts";
import { SessionRows } from "../../../../web/pages/sessions/session_rows.tsx";
import { keptNowhere } from "../../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("SessionRows() holds what the report says, each session with its page", async () => {
  await using home = await filledHome();

  const html = await render(home, "period=all&id=alpha");

  assert.match(
    html,
    /<a href="\/sessions\/alpha\?period=all&amp;id=alpha" title="alpha"><code>alpha</,
  );
  assert.match(html, />blueplane</);
  assert.match(html, /<time datetime="2026-03-01T12:01:40.000Z"[^>]*>58 min ago</);
  const cells = [...html.matchAll(/<td class="number[^"]*">(?:<time[^>]*>)?([^<]*)/g)]
    .map(([, cell]) => cell);
  assert.deepEqual(cells.slice(1, 6), ["2 min", "2", "5", "1", "1"]);
  assert.equal(cells.at(-1), "≥$0.004");
});

Deno.test("SessionRows() sorts by a column, and once more the other way", async () => {
  await using home = await filledHome();
  const head = async (search: string, title: string) =>
    new RegExp(`<th scope="col"[^>]*><a href="([^"]*)">${title}`).exec(
      await render(home, search),
    )![1];

  const all = "/sessions?period=all&amp;sort=";
  assert.equal(await head("period=all&offset=1", "Cost"), `${all}cost`);
  assert.equal(await head("period=all&sort=cost", "Cost"), `${all}cost&amp;order=asc`);
  assert.equal(await head("period=all&sort=cost&order=asc", "Cost"), `${all}cost`);
  assert.equal(await head("period=all", "Project"), `${all}project`);
  assert.equal(
    await head("period=all&sort=project", "Project"),
    `${all}project&amp;order=desc`,
  );
  assert.match(await render(home, "period=all&sort=cost"), /aria-sort="descending"/);
});

Deno.test("SessionRows() shows a dash for what is not known, and says if none is", async () => {
  await using home = await filledHome([keptNowhere()]);

  assert.match(await render(home, "period=all"), /<td class="number">–<\/td><\/tr>/);
  assert.match(await render(home, "period=all&id=none"), /No sessions match/);
});

Deno.test("SessionRows() says where to look, when nothing was read yet", async () => {
  await using home = await filledHome([]);

  assert.match(await render(home, "period=1h"), /No sessions yet/);
});

async function render(home: FilledHome, search: string): Promise<string> {
  const request = await pageRequest(home, `/sessions?${search}`);
  const query = readListQuery(request);
  const { sessions } = reportSessions(home.db, query);
  return String(<SessionRows request={request} query={query} sessions={sessions} />);
}
