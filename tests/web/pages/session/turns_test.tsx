/** Tests of `web/pages/session/turns.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import type { Subagent } from "../../../../core/reports/session_tree.ts";
import { isOfOneDay, Turns } from "../../../../web/pages/session/turns.tsx";
import { chosenTurns, readView } from "../../../../web/pages/session/view.ts";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { makePrompt, NOON } from "../../../helpers/events.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("Turns() tells what each turn did, with a place that can be gone to", async () => {
  await using home = await filledHome();

  const html = await render(home, "");

  assert.deepEqual([...html.matchAll(/id="turn-(\d)"/g)].map(([, place]) => place), [
    "1",
    "2",
    "3",
  ]);
  assert.match(html, /<span class="badge">command<\/span> Edit 2, Bash/);
  assert.match(html, /<span class="badge bad">broken off<\/span> Bash, Write/);
});

Deno.test("Turns() offers only choices that there are, and keeps the others", async () => {
  await using home = await filledHome();

  const html = await render(home, "?turn=failed&decision=rejected");

  assert.match(html, /href="\/sessions\/alpha\?decision=rejected#turns-title">all 3</);
  assert.match(html, /aria-current="true">with failures 1</);
  assert.doesNotMatch(html, /taken back|sub-agents/);
  assert.deepEqual([...html.matchAll(/id="turn-(\d)"/g)].map(([, place]) => place), ["2"]);
  assert.match(await render(home, "?tool=Read"), /No turns match this choice/);
});

Deno.test("Turns() offers nothing to choose from, where there is no choice", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "alpha", at: NOON }),
  ]);

  assert.doesNotMatch(await render(home, ""), /class="filters"/);
});

Deno.test("Turns() nests sub-agents under the turn that started them", async () => {
  await using home = await filledHome();
  const inner = { ...AGENT, type: "Explore", tool_calls: 2, subagents: [] };

  const html = await render(home, "", [{ ...AGENT, subagents: [inner] }]);

  assert.match(
    html,
    /<ul class="tree"><li>sub-agent: 3 calls, 1 failed, 4.0 s, \$0.50<ul class="tree"><li>Explore/,
  );
});

Deno.test("isOfOneDay() goes by this machine's calendar", () => {
  const of = (started_at: string | null, ended_at: string | null) =>
    isOfOneDay({ session: { started_at, ended_at } } as never);

  assert.equal(of("2026-03-01T12:00:00.000Z", "2026-03-01T12:30:00.000Z"), true);
  assert.equal(of("2026-03-01T12:00:00.000Z", "2026-03-03T12:30:00.000Z"), false);
  assert.equal(of(null, null), false);
});

const AGENT: Subagent = {
  type: "1c8bbfa69a576471",
  outcome: "ok",
  started_at: null,
  duration_ms: 4000,
  responses: 1,
  tool_calls: 3,
  failed: 1,
  tokens: null,
  cost_usd: 0.5,
  cost_is_lower_bound: false,
  subagents: [],
};

async function render(
  home: FilledHome,
  search: string,
  subagents: readonly Subagent[] = [],
): Promise<string> {
  const request = await pageRequest(home, `/sessions/alpha${search}`);
  const read = reportSession(home.db, "alpha")!, view = readView(request);
  const report = { ...read, turns: read.turns.map((turn) => ({ ...turn, subagents })) };
  const turns = chosenTurns(report, view);
  return String(
    <Turns
      request={request}
      report={report}
      view={view}
      total={turns.length}
      turns={turns}
      nameOf={(tool) => tool}
    />,
  );
}
