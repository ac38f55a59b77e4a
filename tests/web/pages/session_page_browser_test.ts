/**
 * One session in a real browser: while it goes on it moves by itself, and what was chosen on its
 * page stays.
 */

import assert from "node:assert/strict";
import { startWeb } from "../../../web/web_server.ts";
import { makePrompt, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { openPage } from "../open_browser.ts";
import { webContext } from "../open_web.ts";

Deno.test("sessionPage() moves while its session goes on, and what was chosen stays", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), { host: "127.0.0.1", port: 0 });
  await using browser = await openPage(`${web.url}/sessions/alpha?decision=rejected`);
  const { page, problems } = browser;
  await page.locator('[data-live="on"]').waitFor();

  await home.tell(
    makePrompt({ id: "a-p9", session: "alpha", at: NOON + 3_000_000 }),
    makeToolUse({
      id: "a-t9",
      use: "a-t9",
      session: "alpha",
      tool: "Grep",
      at: NOON + 3_001_000,
    }),
  );

  await page.locator('[data-metric="tool_uses"]', { hasText: "6" }).waitFor();
  await page.locator('[data-section="turns"]', { hasText: "Grep" }).waitFor();
  assert.equal(await page.locator('[data-section="decisions"] tbody tr').count(), 1);
  assert.deepEqual(problems, []);
});
