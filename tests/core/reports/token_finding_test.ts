/** Tests of `core/reports/token_finding.ts`. */

import assert from "node:assert/strict";
import { tokenFinding } from "../../../core/reports/token_finding.ts";
import { keptNowhere, makeResponse } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("tokenFinding() is well where every response tells its tokens", async () => {
  await using home = await filledHome();
  await using empty = await filledHome([]);

  assert.equal(tokenFinding(home.db).severity, "ok");
  assert.deepEqual(tokenFinding(empty.db).numbers, { messages: 0, messages_without_tokens: 0 });
});

Deno.test("tokenFinding() counts responses of an assistant that keeps none", async () => {
  await using home = await filledHome([keptNowhere()]);

  const { severity, title } = tokenFinding(home.db);

  assert.deepEqual([severity, title], [
    "note",
    "1 of 1 responses came without tokens, and so without cost",
  ]);
});

Deno.test("tokenFinding() counts responses that came without usage", async () => {
  await using home = await filledHome([
    makeResponse({ id: "a", input: 10, output: 5 }),
    makeResponse({ id: "b", stop: null }),
  ]);

  const { severity, title } = tokenFinding(home.db);

  assert.deepEqual([severity, title], [
    "note",
    "1 of 2 responses came without tokens, and so without cost",
  ]);
});
