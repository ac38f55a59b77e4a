/** Tests of `web/pages/session/decisions_table.tsx`. */

import assert from "node:assert/strict";
import type { ToldCost } from "../../../../core/cost_text.ts";
import { readSessionDecisions } from "../../../../core/reports/session_decisions.ts";
import { sessionNumber } from "../../../../core/reports/session_ids.ts";
import { readWords } from "../../../../core/words.ts";
import { DecisionsTable } from "../../../../web/pages/session/decisions_table.tsx";
import { readView } from "../../../../web/pages/session/view.ts";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("DecisionsTable() tells of each what it became, and by what that is known", async () => {
  await using home = await filledHome();

  const html = await render(home, "alpha", "");

  assert.match(html, /good">accepted<\/span><\/td><td class="not-phone">it ran where you could/);
  assert.match(html, /bad">rejected<\/span><\/td><td class="not-phone">you refused it</);
  assert.match(html, /\+5 −2/);
  assert.doesNotMatch(html, /not asked/);
  assert.match(await render(home, "alpha", "", true), /not asked/);
  assert.match(html, /aria-current="true">all 3<.*>accepted 2<.*>rejected 1</s);
});

Deno.test("DecisionsTable() shows what is chosen", async () => {
  await using home = await filledHome();

  const html = await render(home, "alpha", "?decision=rejected&turn=failed");

  assert.equal(html.match(/<tr>/g)?.length, 2);
  assert.match(html, /href="\/sessions\/alpha\?turn=failed#decisions-title">all 3</);
  assert.match(await render(home, "gamma", ""), /No edit was proposed/);
});

Deno.test("DecisionsTable() marks a cost that may be more as its session's is", async () => {
  await using home = await filledHome();

  const open = await render(home, "alpha", "", false, { cost_is_lower_bound: true });

  assert.match(open, />≥\$0\.\d+<\/td><\/tr>/);
  assert.doesNotMatch(await render(home, "alpha", ""), /≥/);
  const unknown = await render(home, "alpha", "", false, { cost_usd: null });
  assert.doesNotMatch(unknown, /\$/);
  assert.match(unknown, />–<\/td><\/tr>/);
});

async function render(
  home: FilledHome,
  id: string,
  search: string,
  arePermissionsKnown = false,
  whole: ToldCost = {},
): Promise<string> {
  const request = await pageRequest(home, `/sessions/${id}${search}`);
  const platform = id === "gamma" ? "cursor" : "claude_code", view = readView(request);
  const number = sessionNumber(home.db, { session_id: id, platform });
  const read = readSessionDecisions(home.db, number, readWords(home.db), {
    choice: view.decision,
  });
  return String(
    <DecisionsTable
      request={request}
      view={view}
      read={read}
      whole={whole}
      isOneDay
      arePermissionsKnown={arePermissionsKnown}
      nameOf={(tool) => tool}
    />,
  );
}
