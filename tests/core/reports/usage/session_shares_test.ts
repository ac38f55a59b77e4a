/** Tests of `core/reports/usage/session_shares.ts`. */

import assert from "node:assert/strict";
import { readSessionUsage } from "../../../../core/reports/usage/session_shares.ts";
import { ask, usageHome } from "../usage_story.ts";

Deno.test("readSessionUsage() tells sessions by platform and depth, and their files", async () => {
  await using home = await usageHome();
  const { db, query, words } = ask(home);

  assert.deepEqual(readSessionUsage(db, query, words), {
    shares: {
      projects: 2,
      platforms: { claude_code: 2 },
      depths: { under_10: 1, under_50: 1, under_200: 0, over_200: 0 },
    },
    files_edited: 2,
    files_churned: 0,
  });
});
