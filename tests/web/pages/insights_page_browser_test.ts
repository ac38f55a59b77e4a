/** The pages of findings and data in a real browser: what they change is changed. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { encodeEvent } from "../../../core/event.ts";
import { DeadLetters } from "../../../pipeline/dead_letters.ts";
import { startWeb } from "../../../web/web_server.ts";
import { makePrompt, NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome, knownEvents } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { openPage } from "../open_browser.ts";
import { webContext } from "../open_web.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };

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

Deno.test("insightsPage() has no button that does nothing, when no scripts run", async () => {
  await using home = await openHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/insights`, { javaScriptEnabled: false });

  assert.equal(await browser.page.locator(".write:visible").count(), 0);
  await browser.page.locator("summary", { hasText: "By command" }).first().click();
  assert.ok(await browser.page.getByText(/blueplane insights dismiss [0-9a-f]{8}/).count() > 0);
});

Deno.test("insightsPage() leads keys on from a dismissed finding to the next", async () => {
  const story = new Story("one", { at: NOON }).prompt()
    .times(8, (one) => one.call("Bash", { outcome: "failed" }));
  await using home = await filledHome(story.events);
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/insights`);
  const { page } = browser, buttons = page.getByRole("button", { name: "Dismiss" });
  assert.equal(await buttons.count(), 2);

  await buttons.first().focus();
  await page.keyboard.press("Enter");
  await buttons.nth(1).waitFor({ state: "detached" });

  assert.equal(await page.evaluate("document.activeElement.textContent"), "Dismiss");
  assert.deepEqual(browser.problems, []);
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

Deno.test("dataPage() says that all data goes where nothing is chosen to delete", async () => {
  const sessions = ["a", "b"];
  const events = Array.from(
    { length: 1200 },
    (_, i) => makePrompt({ id: `p${i}`, session: sessions[i % 2]!, at: NOON + i }),
  );
  await using home = await filledHome(events);
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/data`);
  const { page } = browser;
  const form = page.locator("[data-purge]"), look = form.getByRole("button", { name: /^See/ });
  const remove = form.getByRole("button", { name: /^Delete/ });

  await look.click();
  await page.getByText("ALL data: 1,200 events of 2 sessions would go", { exact: true })
    .waitFor();
  const asked = new Promise<string>((resolve) =>
    page.once("dialog", async (dialog) => {
      await dialog.dismiss();
      resolve(dialog.message());
    })
  );
  await remove.click();
  assert.match(await asked, /^Delete ALL data: 1,200 events of 2 sessions, everywhere\?/);
  await form.getByLabel("Platform").selectOption("claude_code");
  await look.click();
  await page.getByText("1,200 events of 2 sessions would go", { exact: true }).waitFor();

  assert.equal(await remove.textContent(), "Delete 1,200 events of 2 sessions…");
  assert.deepEqual(browser.problems, []);
});
