/** Tests of `core/reports/dearest_sessions.ts`. */

import assert from "node:assert/strict";
import { readDearestSessions } from "../../../core/reports/dearest_sessions.ts";
import { makePrompt, makeResponse } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("readDearestSessions() has the dearest first, those of equal cost by id", async () => {
  const model = "claude-opus-4-5";
  const answer = (session: string, id: string, output: number) =>
    makeResponse({ session, id, model, output });
  await using home = await filledHome([
    answer("cheap", "m1", 100),
    answer("b", "m2", 200),
    answer("a", "m3", 200),
    makePrompt({ session: "free", id: "p1" }),
  ]);
  const ids = () => readDearestSessions(home.db).map(([id]) => id);
  assert.deepEqual(ids(), ["a", "b", "cheap"]);

  await home.tell(answer("cheap", "m4", 900));

  assert.deepEqual(ids(), ["cheap", "a", "b"]);
  assert.ok(readDearestSessions(home.db)[0]![1] > 0);
});
