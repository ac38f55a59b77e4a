/** Tests of `web/pages/session/findings.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { Findings, readFindings } from "../../../../web/pages/session/findings.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";
import { pageRequest } from "../../open_web.ts";

function failing(session: string): Story {
  return new Story(session).prompt().times(
    12,
    (of) => of.response().call("Bash", { outcome: "failed", error: "timeout" }),
  );
}

Deno.test("Findings() tells what was found here, and how often in all", async () => {
  await using home = await filledHome(["s1", "s2"].flatMap((id) => failing(id).events));
  const request = await pageRequest(home, "/sessions/s1"), report = reportSession(home.db, "s1")!;

  const found = readFindings(home.db, report);
  const html = String(<Findings request={request} report={report} />);

  assert.ok(found.length > 0);
  assert.deepEqual(found.map(({ id }) => id), report.insights.map(({ id }) => id));
  assert.ok(found.every(({ sessions, session_id }) => sessions === 2 && session_id === "s1"));
  assert.equal(html.match(/<article/g)?.length, found.length);
  assert.match(html, /&quot;sessions&quot;:2/);
});

Deno.test("Findings() says that nothing was found", async () => {
  await using home = await filledHome();
  const request = await pageRequest(home, "/sessions/zeta");
  const report = reportSession(home.db, "zeta")!;

  assert.match(String(<Findings request={request} report={report} />), /Nothing was found\./);
});
