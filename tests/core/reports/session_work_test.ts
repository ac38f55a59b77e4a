/** Tests of `core/reports/session_work.ts`. */

import assert from "node:assert/strict";
import { readSessionWork } from "../../../core/reports/session_work.ts";
import { makePrompt } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const WHERE = { platform: "claude_code" };

Deno.test("readSessionWork() tells what was waited for, and phases that took time", async () => {
  const story = new Story("worked").prompt().call("Bash", { tookMs: 3000 }).wait(3000)
    .call("Read", { outcome: "none" }).response();
  const still = makePrompt({ id: "p", session: "still" });
  await using home = await filledHome([...story.events, still]);

  assert.deepEqual(readSessionWork(home.db, { ...WHERE, session_id: "worked" }), {
    waited_for_ms: { Bash: 3000, model: 3000 },
    phase_shares: { explore: 0.166667, run: 0.666667, answer: 0.166667 },
  });
  assert.deepEqual(readSessionWork(home.db, { ...WHERE, session_id: "still" }), {
    waited_for_ms: null,
    phase_shares: {},
  });
});
