/** Tests of `core/reports/session_heads.ts`. */

import assert from "node:assert/strict";
import { readSessionHeads } from "../../../core/reports/session_heads.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readSessionHeads() has the latest first, also after one went on", async () => {
  await using home = await filledHome();
  const ids = () => readSessionHeads(home.db).map(({ sessionId }) => sessionId);
  const before = readSessionHeads(home.db);
  assert.deepEqual(ids(), ["alpha", "zeta", "beta", "gamma", "delta"]);

  await home.tell(makePrompt({ session: "delta", id: "new", at: NOON + 3_000_000 }));

  assert.deepEqual(ids(), ["delta", "alpha", "zeta", "beta", "gamma"]);
  assert.equal(before[0]!.sessionId, "alpha");
});
