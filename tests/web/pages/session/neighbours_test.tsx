/** Tests of `web/pages/session/neighbours.tsx`. */

import assert from "node:assert/strict";
import { sessionNumber } from "../../../../core/reports/session_ids.ts";
import { reportSessions } from "../../../../core/reports/sessions_report.ts";
import { Neighbours } from "../../../../web/pages/session/neighbours.tsx";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("Neighbours() leads on in the list as it was chosen, and back to it", async () => {
  await using home = await filledHome();
  const { sessions } = reportSessions(home.db, { sort: "cost", order: "asc" });
  const ids = sessions.map(({ session_id }) => session_id);
  const search = "?period=all&sort=cost&order=asc&turn=failed";

  const html = await render(home, ids[1]!, search);

  const list = "period=all&amp;sort=cost&amp;order=asc";
  assert.ok(html.includes(`<a href="/sessions?${list}">All sessions</a>`), html);
  assert.ok(html.includes(`<a href="/sessions/${ids[0]}?${list}" rel="prev">`), html);
  assert.ok(html.includes(`<a href="/sessions/${ids[2]}?${list}" rel="next">`), html);
  assert.match(html, new RegExp(`<span>2 of ${ids.length}</span>`));
});

Deno.test("Neighbours() ends where the list does, and without it", async () => {
  await using home = await filledHome();

  const first = await render(home, "alpha", "?period=all&id=alpha");
  const none = await render(home, "alpha", "?period=all&id=zeta");

  assert.match(first, /<span>1 of 1<\/span>/);
  assert.doesNotMatch(first, /rel=/);
  assert.match(first, /<span class="off" aria-hidden="true">/);
  assert.match(none, /All sessions/);
  assert.doesNotMatch(none, / of \d|rel=/);
});

async function render(home: FilledHome, id: string, search: string): Promise<string> {
  const request = await pageRequest(home, `/sessions/${id}${search}`);
  const number = sessionNumber(
    home.db,
    reportSessions(home.db, { idBegins: id }).sessions[0]!,
  );
  return String(<Neighbours request={request} number={number} />);
}
