/** The page of a team in a real browser: a file is opened, shown to everybody, and not kept. */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import axe from "axe-core";
import { startWeb } from "../../../web/web_server.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { TEAM } from "../../helpers/team_document.ts";
import { openPage } from "../open_browser.ts";
import { webContext } from "../open_web.ts";

Deno.test("teamPage() opens a file on a desk and on a phone, for everybody", async () => {
  await using home = await filledHome([]);
  await using web = startWeb(webContext(home), { host: "127.0.0.1", port: 0 });
  await using browser = await openPage(`${web.url}/team`);
  const { page } = browser;
  const file = (text: string, name: string) => ({
    name,
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });

  await page.setInputFiles("[data-opens]", file(JSON.stringify(TEAM), "team.json"));
  await page.getByText("Made on 2026-03-21").waitFor();
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)");
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate("axe.run()") as { violations: { id: string }[] };
    assert.deepEqual(violations.map(({ id }) => id), []);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
  }
  assert.equal(await page.evaluate("localStorage.length + sessionStorage.length"), 0);
  assert.deepEqual(browser.problems, []);

  await page.setInputFiles("[data-opens]", file("{}", "other.json"));
  await page.getByText("Cannot open the file: it is no aggregate of a team").waitFor();
  assert.equal(await page.locator("[data-opened] *").count(), 0);
});
