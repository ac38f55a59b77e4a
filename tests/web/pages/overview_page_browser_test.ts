/**
 * The overview in a real browser: it moves by itself, and keeps what its reader did. Each test has
 * a home, a server and a browser of its own.
 */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { startWeb } from "../../../web/web_server.ts";
import { makePrompt, makeResponse, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome, ONE, OPUS } from "../../helpers/filled_home.ts";
import { openPage } from "../open_browser.ts";
import { webContext } from "../open_web.ts";

const LOOPBACK = { host: "127.0.0.1", port: 0 };

Deno.test("overviewPage() is whole, when the browser runs no scripts", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/`, { javaScriptEnabled: false });

  await browser.page.getByRole("link", { name: "all", exact: true }).click();

  assert.equal(await numberIn(browser.page, "user_prompts"), "5");
  assert.equal(await browser.page.locator('[data-section="sessions"] tbody tr').count(), 5);
});

Deno.test("overviewPage() changes its numbers and lists by itself", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  await page.locator("summary").first().click();
  await page.evaluate("globalThis.isSamePage = true");
  // Until the feed has its line by itself, the server makes no list anew.
  const isFed = Promise.withResolvers<void>();
  await page.route(page.url(), (route) => isFed.promise.then(() => route.continue()));

  await home.tell(...moreEvents());

  await untilNumber(page, "user_prompts", "4");
  await untilNumber(page, "tool_uses", "8");
  await untilNumber(page, "tokens_output", "≥12.3k");
  await page.locator("[data-event]", { hasText: /Grep … fresh$/ }).first().waitFor();
  isFed.resolve();
  await page.locator('code[title="fresh"]').waitFor();
  await page.locator('[data-section="tools"]', { hasText: "Grep" }).waitFor();
  assert.equal(await page.evaluate("isSamePage"), true);
  assert.equal(await page.locator("details[open]").count(), 1);
  assert.deepEqual(browser.problems, []);
});

Deno.test("overviewPage() lists new choices by itself, but not while it may be open", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  const list = page.locator('select[name="model"]');
  const fresh = list.locator("option", { hasText: "claude-fresh-1" });
  await list.focus();

  const of = { session: "fresh", project: ONE, at: NOON + 3_000_000 };
  await home.tell(
    makePrompt({ ...of, id: "f-p1" }),
    makeResponse({ ...of, id: "f-m1", model: "claude-fresh-1", output: 5 }),
  );
  await page.locator('[data-section="models"]', { hasText: "claude-fresh-1" }).waitFor();
  assert.equal(await fresh.count(), 0);

  await list.blur();
  await home.tell(makePrompt({ ...of, id: "f-p2" }));
  await fresh.waitFor({ state: "attached" });
  assert.deepEqual(browser.problems, []);
});

Deno.test("overviewPage() puts what comes late to its place in the list", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  // The server makes no list anew.
  const isOver = Promise.withResolvers<void>();
  await page.route(page.url(), (route) => isOver.promise.then(() => route.continue()));
  const tell = async (id: string, minute: number) => {
    await home.tell(makePrompt({ id, session: id, at: NOON + minute * 60_000 }));
    await page.locator(".feed li", { hasText: id }).waitFor();
  };

  await tell("second", 40);
  await tell("third", 50);
  await tell("first", 30);

  const lines = await page.locator(".feed li").allInnerTexts();
  assert.deepEqual(
    lines.flatMap((line) => /(first|second|third)$/.exec(line)?.[1] ?? []),
    ["third", "second", "first"],
  );
  isOver.resolve();
});

Deno.test("overviewPage() lists what came between it and its socket", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser, isTold = Promise.withResolvers<void>();
  await page.routeWebSocket("**/ws/events*", async (socket) => {
    await isTold.promise;
    socket.connectToServer();
  });
  await page.reload();
  await page.locator('[data-live="on"]').waitFor();
  const isOver = Promise.withResolvers<void>();
  await page.route(page.url(), (route) => isOver.promise.then(() => route.continue()));
  await home.tell(makePrompt({ id: "between", session: "between", at: NOON + 40 * 60_000 }));

  isTold.resolve();

  await page.locator(".feed li", { hasText: "between" }).waitFor();
  isOver.resolve();
});

Deno.test("overviewPage() is made anew once more, when all has settled", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  const asked = [1, 2].map(() => Promise.withResolvers<void>());
  let count = 0;
  await page.route(page.url(), (route) => (asked[count++]?.resolve(), route.continue()));

  await home.tell(...moreEvents());

  // What is found in the news tells of itself by no number.
  await Promise.all(asked.map(({ promise }) => promise));
  await page.locator('[data-live="on"]').waitFor();
});

Deno.test("overviewPage() changes what stands beside a number with it", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  assert.equal(
    await page.locator('dd:has([data-metric="user_prompts"]) small').innerText(),
    "▲ 2",
  );

  await home.tell(...moreEvents());

  await untilNumber(page, "user_prompts", "4");
  await page.locator('dd:has([data-metric="user_prompts"]) small', { hasText: "▲ 3" }).waitFor();
});

Deno.test("overviewPage() shows the same text by script as from the server", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  await home.tell(...moreEvents());
  await untilNumber(page, "user_prompts", "4");

  const live = await page.locator("[data-metric]").allInnerTexts();
  await page.reload();

  assert.deepEqual(await page.locator("[data-metric]").allInnerTexts(), live);
});

Deno.test("overviewPage() lets its chart be gone along by keys, and series hidden", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h&measure=responses`);
  const { page } = browser;
  const chart = page.getByRole("application"), readout = page.locator(".readout");

  await chart.focus();
  for (const key of ["End", "ArrowLeft"]) await page.keyboard.press(key);
  assert.match(await readout.innerText(), /^1 Mar 12:00: .*opus.* 1, .*haiku.* 1$/);
  await page.getByRole("button", { name: /opus/ }).click();
  await page.keyboard.press("Shift+Tab");
  await chart.focus();
  for (const key of ["Home", "End", "ArrowLeft"]) await page.keyboard.press(key);

  assert.match(await readout.innerText(), /^1 Mar 12:00: [^,]*haiku[^,]* 1$/);
  await page.evaluate("document.activeElement.isOld = true");
  assert.equal(await page.locator('[aria-pressed="false"]').count(), 1);
  await home.tell(...moreEvents());
  await page.locator('[data-section="usage"] .readout', { hasText: "haiku" }).waitFor();
  await page.locator('[data-section="tools"]', { hasText: "Grep" }).waitFor();
  assert.equal(await page.locator('[aria-pressed="false"]').count(), 1);
  await page.locator('[data-focus="chart"]:focus').waitFor();
  assert.equal(await page.evaluate("document.activeElement.isOld"), undefined);
  await page.keyboard.press("ArrowRight");
  assert.match(await readout.innerText(), /^1 Mar 13:00: /);
  assert.deepEqual(browser.problems, []);
});

Deno.test("overviewPage() lets its chart be gone along by a finger", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h&measure=responses`, {
    width: 390,
    hasTouch: true,
  });
  const { page } = browser;
  const chart = page.locator(".u-over"), readout = page.locator(".readout");

  await chart.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await chart.boundingBox())!;
  await page.touchscreen.tap(x + width - 2, y + height / 2);
  const last = await readout.innerText();
  await page.touchscreen.tap(x + 2, y + height / 2);

  assert.match(last, /^1 Mar 13:00: /);
  assert.match(await readout.innerText(), /^28 Feb 1\d:00: /);
  assert.deepEqual(browser.problems, []);
});

Deno.test("overviewPage() keeps focus, scroll and open tables, when it moves", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=24h`, { width: 360 });
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  const year = page.locator('[data-section="year"]');
  await year.locator("summary").click();
  await page.evaluate("document.querySelector('.newest-first').scrollLeft = -120");
  await page.locator('[data-section="sessions"] a').first().focus();
  const before = await page.evaluate("[scrollY > 1000, document.activeElement.href]");

  await home.tell(...moreEvents());
  await page.locator('[data-section="sessions"] code[title="fresh"]').waitFor();

  assert.deepEqual(await page.evaluate("[scrollY > 1000, document.activeElement.href]"), before);
  assert.equal(await page.evaluate("document.querySelector('.newest-first').scrollLeft"), -120);
  assert.equal(await year.locator("details[open]").count(), 1);
});

Deno.test("overviewPage() keeps its tables within their boxes", async () => {
  await using home = await filledHome();
  await using web = startWeb(webContext(home), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=all`);

  const outside = await browser.page.evaluate(`[...document.querySelectorAll("section")]
    .filter((section) => section.scrollWidth > section.clientWidth)
    .map((section) => section.dataset.section)`);

  assert.deepEqual(outside, []);
});

Deno.test("overviewPage() shows a hostile label as text, and runs nothing of it", async () => {
  const hostile = `<img src="x" onerror="document.title = 'owned'">`;
  await using home = await filledHome();
  const labels = () => new Map([[ONE, hostile]]);
  await using web = startWeb(webContext(home, { labels }), LOOPBACK);
  await using browser = await openPage(`${web.url}/?period=all`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();

  await home.tell(...moreEvents());
  await page.locator('code[title="fresh"]').waitFor();

  assert.equal(await page.locator("img").count(), 0);
  assert.ok(await page.getByText(hostile).count() >= 3);
  assert.equal(await page.title(), "Overview · Blueplane");
  assert.deepEqual(browser.problems, []);
});

/** A session that began after the page was opened. */
function moreEvents() {
  const of = (id: string) => ({ id, session: "fresh", project: ONE, at: NOON + 3_000_000 });
  return [
    makePrompt(of("f-p1")),
    makeResponse({ ...of("f-m1"), model: OPUS, output: 12_000 }),
    makeToolUse({ ...of("f-t1"), use: "f-t1", tool: "Grep" }),
  ];
}

async function numberIn(page: Page, metric: string): Promise<string> {
  return await page.locator(`[data-metric="${metric}"]`).innerText();
}

async function untilNumber(page: Page, metric: string, text: string): Promise<void> {
  await page.locator(`[data-metric="${metric}"]`, { hasText: new RegExp(`^${text}$`) }).waitFor();
}
