/**
 * Sessions, one session and acceptance in a real browser: everybody can read them, by keys too,
 * and one that goes on moves by itself. All share a home, a server and a browser.
 */

import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { startWeb } from "../../../web/web_server.ts";
import { makePrompt, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { openPage } from "../open_browser.ts";
import { webContext } from "../open_web.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };
const PATHS = [
  "/sessions?period=all",
  "/sessions/story",
  "/sessions/alpha",
  "/sessions/nothing-like-it",
  "/acceptance?period=all&by=model",
];

/** A session with something in every part of its page. */
function story(): Story {
  return new Story("story", { at: NOON - 3_600_000 }).prompt().response().call("Bash", {
    outcome: "failed",
    tookMs: 500,
  }).times(12, (of) => of.response().call("Bash", { outcome: "failed" }))
    .askedCall("Edit", { file: "a", added: 4, tookMs: 3000, durationMs: 100 })
    .wait(900_000).input("slash_command").response().call("Write", { outcome: "rejected" })
    .input("interruption");
}

Deno.test("sessionPage() and its like serve keys, eyes and screen readers", async (t) => {
  await using home = await filledHome();
  await home.tell(...story().events);
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/sessions?period=all`);
  const { page, problems } = browser;

  await t.step("a list is filtered, sorted and left for a session", () => useList(page));

  await t.step("keys go from turn to turn, and to its row", async () => {
    await page.goto(`${web.url}/sessions/story`);
    await page.locator(".lane a").last().focus();
    await page.keyboard.press("ArrowLeft");
    assert.match(await focused(page), /^Turn 1,/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#turn-1$/);
    await page.locator("#turn-1:target").waitFor();
  });

  await t.step("a session that goes on moves, and what was chosen stays", async () => {
    await page.goto(`${web.url}/sessions/alpha?decision=rejected`);
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
  });

  await t.step("a finding is dismissed", async () => {
    await page.goto(`${web.url}/sessions/story`);
    const findings = page.locator("article.finding");
    const before = await findings.count();
    assert.ok(before > 0);
    await page.getByRole("button", { name: /^Dismiss/ }).first().click();
    await findings.nth(before - 1).waitFor({ state: "detached" });
  });

  for (const [colorScheme, width] of [["light", 1280], ["dark", 360]] as const) {
    await t.step(`no page offends, when ${colorScheme} and ${width} wide`, async () => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of PATHS) {
        await page.goto(`${web.url}${path}`);
        for (const summary of await page.locator("summary").all()) await summary.click();
        assert.deepEqual(await violations(page), [], path);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width, path);
      }
    });
  }

  assert.deepEqual(problems.filter((text) => !text.includes("404")), []);
});

async function useList(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Cost" }).click();
  await page.waitForURL(/sort=cost/);
  assert.equal(await page.locator('th[aria-sort="descending"]').innerText(), "Cost ▼");
  await page.getByLabel("Id begins").fill("al");
  await page.getByLabel("Id begins").press("Enter");
  await page.waitForURL(/id=al/);
  assert.equal(await page.locator("tbody tr").count(), 1);
  await page.locator("tbody a").first().press("Enter");
  await page.waitForURL(/\/sessions\/alpha/);
  await page.locator('[data-live="on"]').waitFor();
}

function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''");
}

/** What axe finds, a line for each rule that is broken. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate("axe.run(document)") as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
}
