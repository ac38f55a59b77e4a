/** Tests of `web/pages/session/growth.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { Growth } from "../../../../web/pages/session/growth.tsx";
import { type FilledHome, filledHome } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";

Deno.test("Growth() ends at what the session cost, of a fork too", async () => {
  const past = new Story("old").prompt().response({ id: "m1", output: 1000 } as never);
  await using home = await filledHome(past.events);

  assert.match(render(home, "old"), /Cost so far: \$0.03 at the end/);
  assert.match(render(home, "old"), /Tokens so far: 1,000 at the end/);
});

Deno.test("Growth() says what is not known", async () => {
  await using home = await filledHome(
    new Story("s1").prompt().response({ tokens: "not_kept" }).events,
  );

  assert.match(render(home, "s1"), /Cost so far: not known/);
});

function render(home: FilledHome, id: string): string {
  const { session, activity } = reportSession(home.db, id)!;
  return String(<Growth session={session} activity={activity} />);
}
