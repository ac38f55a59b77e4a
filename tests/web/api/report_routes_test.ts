/** Tests of `web/api/report_routes.ts`; `app_test.ts` holds them against the reports. */

import assert from "node:assert/strict";
import { reportSession } from "../../../core/reports/session_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, webContext } from "../open_web.ts";

Deno.test("REPORT_ROUTES() answer with a session in depth, as the command does", async () => {
  await using home = await filledHome();
  const context = webContext(home);

  const told = await (await ask(context, "/api/v1/sessions/alpha")).json();

  const query = {
    labels: context.labels(),
    servers: context.toolServers(),
    coverage: context.coverage(),
  };
  assert.deepEqual(told, JSON.parse(JSON.stringify(reportSession(home.db, "alpha", query))));
  assert.equal(told.session.project_label, "blueplane");
});

Deno.test("REPORT_ROUTES() answer with a session's turns, part by part", async () => {
  await using home = await filledHome();
  const get = async (rest: string) => {
    const response = await ask(webContext(home), `/api/v1/sessions/alpha/timeline${rest}`);
    return { json: await response.json(), link: response.headers.get("link")! };
  };

  const whole = await get(""), second = await get("?limit=1&offset=1");
  assert.deepEqual([whole.json.schema, whole.json.session_id], ["blueplane.timeline/1", "alpha"]);
  assert.equal(whole.json.turns.length, whole.json.total);
  assert.deepEqual(second.json.turns, whole.json.turns.slice(1, 2));
  assert.match(second.link, /timeline\?limit=1&offset=0>; rel="prev"/);
});

Deno.test("REPORT_ROUTES() sort and narrow down sessions, as the command does", async () => {
  await using home = await filledHome();
  const ids = async (said: string) => {
    const { sessions } = await (await ask(webContext(home), `/api/v1/sessions?${said}`)).json();
    return sessions.map(({ session_id }: { session_id: string }) => session_id);
  };

  assert.deepEqual(await ids("sort=started&limit=1"), ["alpha"]);
  assert.deepEqual(await ids("until=2026-02-20"), ["delta"]);
  assert.ok(!(await ids("min_acceptance=0.9")).includes("alpha"));
});

Deno.test("REPORT_ROUTES() say that there is no such session", async () => {
  await using home = await filledHome();

  for (const rest of ["", "/timeline", "/similar"]) {
    const response = await ask(webContext(home), `/api/v1/sessions/nobody${rest}`);
    assert.equal(response.status, 404, rest);
    assert.equal((await response.json()).detail, "Cannot find this session");
  }
});
