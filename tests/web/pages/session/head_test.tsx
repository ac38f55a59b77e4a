/** Tests of `web/pages/session/head.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { SessionHead } from "../../../../web/pages/session/head.tsx";
import { type FilledHome, filledHome, ONE } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("SessionHead() tells what session it is, and its headline numbers", async () => {
  await using home = await filledHome();

  const html = await render(home, "alpha", ["zeta"]);

  assert.match(html, /<code class="whole">alpha<\/code>/);
  assert.match(html, /<a href="\/sessions\?project=blueplane">blueplane<\/a>/);
  assert.match(html, /1 command, 1 interruption/);
  assert.match(html, /<dt>Forks<\/dt><dd><a href="\/sessions\/zeta"><code>zeta</);
  assert.match(html, /data-metric="cost_usd" data-unit="usd" data-prefix="≥">≥\$0.004</);
  assert.match(html, /data-metric="acceptance_rate"[^>]*>66.7 %</);
  assert.match(html, /role="group" aria-label="Where the time went"/);
});

Deno.test("SessionHead() tells of a fork where it came from", async () => {
  await using home = await filledHome();

  assert.match(
    await render(home, "zeta"),
    /<code>alpha<\/code><\/a> with 1 prompt, 1 response and 1 call, which are counted there/,
  );
});

Deno.test("SessionHead() tells what a running session waits for", async () => {
  await using home = await filledHome();
  const request = await pageRequest(home, "/sessions/alpha");
  const report = reportSession(home.db, "alpha")!;
  const now = request.now, at = now - 120_000;
  const running = {
    session_id: "alpha",
    platform: "claude_code",
    project_id: null,
    last_at: at,
    tool: null as string | null,
    tool_at: null as number | null,
    cost_usd: null,
    cost_is_lower_bound: null,
    cost_coverage: null,
  };
  const shown = (of: typeof running) =>
    String(<SessionHead request={request} report={report} forks={[]} running={of} />);

  assert.match(shown(running), /<dt>Now<\/dt><dd>running, last 2 min ago</);
  assert.match(
    shown({ ...running, tool: "Bash", tool_at: at }),
    /waits for Bash, called 2 min ago</,
  );
  assert.doesNotMatch(await render(home, "alpha"), /<dt>Now/);
});

async function render(home: FilledHome, id: string, forks: readonly string[] = []) {
  const request = await pageRequest(home, `/sessions/${id}`);
  const report = reportSession(home.db, id, { labels: new Map([[ONE, "blueplane"]]) })!;
  return String(<SessionHead request={request} report={report} forks={forks} />);
}
