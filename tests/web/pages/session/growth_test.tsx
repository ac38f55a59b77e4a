/** Tests of `web/pages/session/growth.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { Growth } from "../../../../web/pages/session/growth.tsx";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { makeEvent, makePrompt, makeResponse, NOON } from "../../../helpers/events.ts";
import { Story } from "../../../helpers/story.ts";

/** What a fork copies, told by a session. */
function shared(session: string) {
  return [
    makePrompt({ id: "p1", session, at: NOON }),
    makeResponse({ id: "m1", session, at: NOON + 1000, output: 1000 }),
  ];
}

Deno.test("Growth() ends at what the session cost, of a fork too", async () => {
  const later = { session: "new", at: NOON + 60_000 };
  await using home = await filledHome([
    makeEvent("activity", { id: "n1", session: "old" }, { native_at: NOON }),
    ...shared("old"),
    ...shared("new"),
    makeEvent("activity", { id: "n2", session: "new" }, { native_at: NOON + 30_000 }),
    makePrompt({ ...later, id: "p2" }),
    makeResponse({ ...later, id: "m2", at: NOON + 61_000, output: 2000 }),
  ]);

  assert.equal(reportSession(home.db, "new")!.session.forked_from, "old");
  assert.match(render(home, "old"), /Cost so far: \$0.03 at the end/);
  assert.match(render(home, "old"), /Tokens so far: 1,000 at the end/);
  assert.match(render(home, "new"), /Cost so far: \$0.05 at the end/);
  assert.match(render(home, "new"), /Tokens so far: 2,000 at the end/);
});

Deno.test("Growth() marks tokens that may be more, as it does the cost", async () => {
  const of = { session: "s1", stop: null };
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "s1", at: NOON }),
    makeResponse({ ...of, id: "m1", at: NOON + 1000, output: 1000 }),
  ]);

  assert.match(render(home, "s1"), /Cost so far: ≥\$0.03 at the end/);
  assert.match(render(home, "s1"), /Tokens so far: ≥1,000 at the end/);
});

Deno.test("Growth() says what is not known", async () => {
  await using home = await filledHome(
    new Story("s1").prompt().response({ tokens: "not_kept" }).events,
  );

  assert.match(render(home, "s1"), /Cost so far: not known/);
});

function render(home: FilledHome, id: string): string {
  const { session, activity } = reportSession(home.db, id)!;
  return String(<Growth session={session} activity={activity} busy={[]} />);
}
