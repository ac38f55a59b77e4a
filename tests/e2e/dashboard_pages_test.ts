/**
 * Every page of the dashboard can be read by everybody, and gone through by keys alone; served by
 * the binary.
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { runBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { TEAM } from "../helpers/team_document.ts";
import { type DashboardStage, openDashboard, seeNumber, violations } from "./dashboard_stage.ts";

/** Stops of the tab key until anything of a page is reached at the latest. */
const TABS_MAX = 60;
const WIDE = { width: 1280, height: 900 };
/** What can be otherwise on the same page, when it is dark and narrow. */
const DARK_RULES = ["color-contrast", "target-size", "scrollable-region-focusable"];

Deno.test({
  name: "blueplane serve shows every page to everybody, and lets keys do all on it",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    using machine = tempMachine();
    await using stage = await openDashboard(machine, "/?period=all");
    const { page, problems } = stage;
    await seeNumber(page, "tool_uses", "15");

    for (const path of pathsOf(stage)) {
      await t.step(`${nameOf(path)} offends nobody, and fits`, () => lookAt(stage, path));
    }
    await t.step("keys pass the navigation, and go from page to page", () => tryWays(stage));
    await t.step("keys go along a chart, hide a series and choose a day", () => tryCharts(stage));
    await t.step("keys search a session, and go from turn to turn", () => trySession(stage));
    await t.step("keys dismiss, restore, mute and unmute findings", async () => {
      await tryFindings(stage);
      const { stdout } = await runBinary(machine, ["insights", "--json", "--no-sync"]);
      deepEqual(JSON.parse(stdout).hidden, { dismissed: 0, muted: 0 });
    });
    await t.step("keys unfold a table, and choose a file's format", () => tryForms(stage));
    deepEqual(problems.filter((text) => !/status of 40[04]/.test(text)), []);
  },
});

function pathsOf({ engine }: DashboardStage): string[] {
  const session = `/sessions/${engine.sessionId}`;
  return [
    "/?period=all",
    "/sessions",
    session,
    "/sessions/posted",
    `${session}/similar`,
    "/sessions/nothing-like-it",
    "/acceptance?period=all",
    "/tools?period=all",
    "/insights",
    "/team",
    "/data",
    "/settings",
    "/no-such-page",
  ];
}

/** The address without what differs from run to run. */
function nameOf(path: string): string {
  return path.replace(/[\da-f]{8}-[-\da-f]+/, "engine");
}

/** Wide and light, then narrow and dark: what is written stands out in both, by its colours. */
async function lookAt({ page, url }: DashboardStage, path: string): Promise<void> {
  await page.goto(`${url}${path}`);
  if (path === "/team") await openTeam(page);
  if (path.startsWith("/?period")) await page.locator(".u-over").waitFor();
  deepEqual(await violations(page), []);
  const width = "document.documentElement.scrollWidth";
  equal(await page.evaluate(width), WIDE.width);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 900 });
  equal(await page.evaluate(width), 360);
  deepEqual(await violations(page, DARK_RULES), []);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
}

async function openTeam(page: Page): Promise<void> {
  const file = (text: string) => ({
    name: "team.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.setInputFiles("[data-opens]", file("{}"));
  await page.getByText("Cannot open the file: it is no aggregate of a team").waitFor();
  await page.setInputFiles("[data-opens]", file(JSON.stringify(TEAM)));
  await page.getByText("Made on 2026-03-21").waitFor();
  equal(await page.evaluate("localStorage.length + sessionStorage.length"), 0);
}

/** Presses the tab key until what has the focus is so. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < TABS_MAX; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) {
      return;
    }
  }
  ok(false, `the tab key does not reach ${selector}`);
}

async function tryWays({ page, url }: DashboardStage): Promise<void> {
  await page.goto(`${url}/?period=all`);
  await tabTo(page, ".skip");
  await page.keyboard.press("Enter");
  equal(await page.evaluate("document.activeElement.id"), "content");
  for (
    const name of ["sessions", "acceptance", "tools", "insights", "team", "data", "settings"]
  ) {
    await page.evaluate("document.activeElement.blur()");
    await tabTo(page, `.pages a[href^="/${name}"]`);
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/${name}\\b`));
    await page.locator('.pages [aria-current="page"]', { hasText: new RegExp(name, "i") })
      .waitFor();
  }
}

async function tryCharts({ page, url }: DashboardStage): Promise<void> {
  await page.goto(`${url}/?period=7d&measure=responses`);
  const readout = page.locator('[data-section="usage"] .readout');
  await page.locator(".u-over").waitFor();
  await tabTo(page, '[role="application"]');
  await page.keyboard.press("End");
  await readout.filter({ hasText: /opus.* \d/ }).waitFor();
  await page.keyboard.press("Home");
  await readout.filter({ hasNotText: /opus/ }).waitFor();
  await page.locator(".legend button").first().focus();
  await page.keyboard.press("Space");
  equal(await page.locator('.legend [aria-pressed="false"]').count(), 1);

  await page.goto(`${url}/?period=all`);
  equal(await page.locator('.calendar a[tabindex="0"]').count(), 1);
  await page.locator('.calendar a[tabindex="0"]').focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await page.locator(".chip", { hasText: /^on \d{4}-\d\d-\d\d/ }).waitFor();
  await seeNumber(page, "tool_uses", "2");
  await tabTo(page, ".chip");
  await page.keyboard.press("Enter");
  await seeNumber(page, "tool_uses", "15");
}

async function trySession({ page, url, engine }: DashboardStage): Promise<void> {
  await page.goto(`${url}/sessions`);
  await tabTo(page, '[name="id"]');
  await page.keyboard.type(engine.sessionId.slice(0, 8));
  await page.keyboard.press("Enter");
  await page.locator("h2", { hasText: "1 session" }).waitFor();
  await tabTo(page, "tbody a");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/sessions/${engine.sessionId}`));
  await page.locator('[data-live="on"]').waitFor();
  await tabTo(page, ".lane a");
  await page.keyboard.press("ArrowLeft");
  const focused = "document.activeElement.getAttribute('aria-label')";
  match(await page.evaluate(focused) as string, /^Turn 1,/);
  await page.keyboard.press("Enter");
  await page.locator("#turn-1:target").waitFor();
}

async function tryFindings({ page, url }: DashboardStage): Promise<void> {
  await page.goto(`${url}/insights`);
  const articles = page.locator("article.finding");
  const id = await articles.first().getAttribute("aria-labelledby");
  const article = page.locator(`article[aria-labelledby="${id}"]`);
  const press = async (name: RegExp) => {
    await article.getByRole("button", { name }).focus();
    await page.keyboard.press("Enter");
  };
  await press(/^Dismiss/);
  await article.waitFor({ state: "detached" });
  await page.locator("[data-said]", { hasText: "Dismissed." }).waitFor();
  await page.getByRole("link", { name: /1 dismissed/ }).press("Enter");
  await press(/^Restore/);
  await press(/^Mute/);
  await page.locator('[data-section="muted"] button').first().press("Enter");
  await page.locator('[data-section="muted"]:empty').waitFor({ state: "attached" });
}

async function tryForms({ page, url }: DashboardStage): Promise<void> {
  await page.goto(`${url}/data`);
  await tabTo(page, '[data-section="export"] [name="format"]');
  await page.keyboard.type("csv");
  equal(await page.locator('[data-section="export"] [name="format"]').inputValue(), "csv");
  await page.locator('[data-section="privacy"] summary').focus();
  await page.keyboard.press("Enter");
  equal(await page.locator('[data-section="privacy"] details[open]').count(), 1);
  await page.goto(`${url}/settings`);
  await tabTo(page, '[data-section="catalogue"] summary');
  await page.keyboard.press("Space");
  equal(await page.locator('[data-section="catalogue"] details[open]').count(), 1);
}
