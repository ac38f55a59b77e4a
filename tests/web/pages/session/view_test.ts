/** Tests of `web/pages/session/view.ts`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { chosenTurns, readView, type SessionView } from "../../../../web/pages/session/view.ts";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("readView() reads what of the session is asked for", async () => {
  await using home = await filledHome();
  const read = async (search: string) =>
    readView(await pageRequest(home, `/sessions/alpha?${search}`));

  assert.deepEqual(
    await read("turn=failed&tool=mcp:1a2b3c4d&turns_offset=40&decision=rejected"),
    {
      turn: "failed",
      tool: "mcp:1a2b3c4d",
      turnsOffset: 40,
      decision: "rejected",
      decisionsOffset: 0,
    },
  );
});

Deno.test("readView() shows the usual for what is in no list, which is said", async () => {
  await using home = await filledHome();
  const usual = readView(await pageRequest(home, "/sessions/alpha"));

  for (const search of ["turn=odd", "tool=a%20b", "decision=odd", "turns_offset=x"]) {
    const request = await pageRequest(home, `/sessions/alpha?${search}`);
    assert.deepEqual(readView(request), usual, search);
    assert.match(request.misread.join(), /^Cannot read '\w+' in the address: it is no/, search);
  }
});

Deno.test("chosenTurns() keeps the places that turns have among all", async () => {
  await using home = await filledHome();
  const report = reportSession(home.db, "alpha")!;
  const places = (choice: Partial<SessionView>) =>
    chosenTurns(report, { turn: undefined, tool: undefined, ...choice }).map(({ place }) =>
      place
    );

  assert.deepEqual(places({}), [1, 2, 3]);
  assert.deepEqual(places({ turn: "interrupted" }), [3]);
  assert.deepEqual(places({ turn: "failed" }), [2]);
  assert.deepEqual(places({ tool: "Write" }), [3]);
  assert.deepEqual(places({ tool: "toString" }), []);
  assert.deepEqual(places({ turn: "agents" }), []);
});
