/**
 * The pages of tools, findings, data and settings in a real browser: everybody can read them, and
 * what they change is changed.
 */

import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { openWriter } from "../../../core/database.ts";
import { encodeEvent } from "../../../core/event.ts";
import { reportInsights } from "../../../core/reports/insights_report.ts";
import { DeadLetters } from "../../../pipeline/dead_letters.ts";
import { startWeb } from "../../../web/web_server.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome, knownEvents } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { openPage } from "../open_browser.ts";
import { webContext } from "../open_web.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };
const PATHS = ["/tools?period=all", "/insights", "/data", "/settings"];

/** Known events, a finding, and a letter that can be handled. */
async function openHome(): Promise<FilledHome> {
  const story = new Story("stubborn", { at: NOON }).prompt()
    .times(8, (one) => one.call("Bash", { outcome: "failed" }));
  const home = await filledHome([...knownEvents(), ...story.events]);
  using db = openWriter(home.path);
  const letters = new DeadLetters(db, home.clock);
  const body = encodeEvent(makePrompt({ id: "dead", session: "dead", at: NOON }));
  letters.add(
    { stream: "telemetry:events", group: "processors" },
    { id: "1", body, attempts: 3 },
    new TypeError("Cannot read it: it is gone"),
  );
  return home;
}

for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]] as const) {
  Deno.test(`insightsPage() and its kin can be read by everybody, ${width} wide`, async () => {
    await using home = await openHome();
    await using web = startWeb(webContext(home), LOOPBACK);
    await using browser = await openPage(`${web.url}/`, { width, colorScheme });
    const { page } = browser;

    for (const path of PATHS) {
      await page.goto(web.url + path);
      await page.locator('[data-live="on"]').waitFor();
      await page.evaluate(
        "document.querySelectorAll('details').forEach((one) => one.open = true)",
      );
      assert.deepEqual(await violations(page), [], path);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width, path);
    }
    assert.deepEqual(browser.problems, []);
  });
}

Deno.test("insightsPage() dismisses, restores, mutes and unmutes, by keyboard too", async () => {
  await using home = await openHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/insights`);
  const { page } = browser;
  const [one] = reportInsights(home.db, { limit: 0 }).insights;
  const article = page.locator(`article[aria-labelledby="finding-${one!.id}"]`);

  await article.getByRole("button", { name: /^Dismiss/ }).focus();
  await page.keyboard.press("Enter");
  await article.waitFor({ state: "detached" });
  await page.locator("[data-said]", { hasText: "Dismissed." }).waitFor();
  await page.getByRole("link", { name: "Show 1 dismissed, too" }).click();
  await article.getByRole("button", { name: /^Restore/ }).click();
  await article.getByRole("button", { name: /^Mute/ }).click();
  await page.locator('[data-section="muted"]').getByRole("button").click();
  await page.locator('[data-section="muted"]:empty').waitFor({ state: "attached" });

  assert.equal(reportInsights(home.db, { limit: 0 }).insights[0]!.state, "open");
  assert.deepEqual(browser.problems, []);
});

Deno.test("insightsPage() has no button that does nothing, when no scripts run", async () => {
  await using home = await openHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/insights`, { javaScriptEnabled: false });

  assert.equal(await browser.page.locator(".write:visible").count(), 0);
  await browser.page.locator("summary", { hasText: "By command" }).first().click();
  assert.ok(await browser.page.getByText(/blueplane insights dismiss [0-9a-f]{8}/).count() > 0);
});

Deno.test("dataPage() replays a dead letter, and drops one only when that is meant", async () => {
  await using home = await openHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/data`);
  const { page } = browser;
  const letters = page.locator('[data-section="dlq"]');

  page.once("dialog", (dialog) => dialog.dismiss());
  await letters.getByRole("button", { name: "Drop all" }).click();
  assert.equal(await letters.locator("tbody tr").count(), 1);
  await letters.getByRole("button", { name: "Replay letter 1" }).click();
  await letters.getByText("None: everything could be handled.").waitFor();

  const row = home.db.prepare("select count(*) as n from sessions where session_id = 'dead'")
    .get();
  assert.equal(row?.n, 1);
  assert.deepEqual(browser.problems, []);
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(", ")))`,
  ) as string[];
}
