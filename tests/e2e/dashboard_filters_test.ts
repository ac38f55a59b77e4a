/** Every choice on every page of the dashboard changes what its page shows, from the binary. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { type DashboardStage, openDashboard, seeNumber } from "./dashboard_stage.ts";

/** By page and choice, what is seen then. */
const CHOICES: readonly (readonly [
  path: string,
  choices: readonly (readonly [label: string, value: string, see: See])[],
])[] = [
  ["/?period=all", [
    ["Platform", "cursor", number("tool_uses", "3")],
    ["Project", "mill", number("tool_uses", "2")],
    ["Model", "claude-opus-4-6", number("tool_uses", "10")],
  ]],
  ["/sessions", [
    ["Platform", "cursor", title("1 session")],
    ["Project", "mill", title("1 session")],
    ["Model", "claude-opus-4-6", title("1 session")],
    ["Accepted at least", "1", title("1 session")],
  ]],
  ["/acceptance?period=all", [
    ["Platform", "claude_code", number("acceptance_rate", "66.7 %")],
    ["Project", "mill", number("acceptance_rate", "100.0 %")],
    ["Model", "claude-opus-4-6", number("acceptance_rate", "50.0 %")],
  ]],
  ["/tools?period=all", [
    ["Platform", "cursor", number("tool_uses", "3")],
    ["Project", "mill", number("tool_uses", "2")],
    ["Model", "claude-opus-4-6", number("tool_uses", "10")],
  ]],
  ["/insights", [
    ["Platform", "cursor", title("Findings")],
    ["Project", "engine", title(/^\d findings?$/)],
    ["Model", "claude-opus-4-6", title(/^\d findings?$/)],
  ]],
];

/** By page, rows of links of which each chooses something. */
const TABS: readonly (readonly [path: string, labels: readonly string[]])[] = [
  ["/?period=all", ["Period", "Measure", "Stacked by"]],
  ["/sessions", ["Period"]],
  ["/acceptance?period=all", ["Period", "By"]],
  ["/tools?period=all", ["Period", "What the map shows", "By what calls are told apart"]],
  ["/insights", ["Period", "Priority", "Type"]],
];

type See = (page: Page) => Promise<void>;

Deno.test({
  name: "blueplane serve filters every page by every choice, and shows all again",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    using machine = tempMachine();
    await using stage = await openDashboard(machine, "/?period=all");
    const { page, problems } = stage;
    await seeNumber(page, "tool_uses", "15");

    for (const [path, choices] of CHOICES) {
      await t.step(`the choices of ${path}`, () => tryChoices(stage, path, choices));
    }
    for (const [path, labels] of TABS) {
      await t.step(`the tabs of ${path}`, async () => {
        await page.goto(`${stage.url}${path}`);
        for (const label of labels) await tryTabs(page, label);
      });
    }
    await t.step("a period leaves out what was before it", () => tryPeriods(stage));
    await t.step("a list of sessions is sorted, and searched by id", () => trySessions(stage));
    await t.step("turns and decisions of a session are chosen", () => trySession(stage));
    deepEqual(problems, []);
  },
});

async function tryChoices(
  { page, url }: DashboardStage,
  path: string,
  choices: typeof CHOICES[number][1],
): Promise<void> {
  for (const [label, value, see] of choices) {
    await page.goto(`${url}${path}`);
    await choice(page, label).selectOption(value);
    await page.getByRole("link", { name: "Show all", exact: true }).waitFor();
    equal(await choice(page, label).inputValue(), value);
    await see(page);
    await goBackAndForth(page, choice(page, label), ["", value]);
  }
  await page.getByRole("link", { name: "Show all", exact: true }).click();
  await page.getByRole("link", { name: "Show all", exact: true }).waitFor({ state: "detached" });
  const [last] = choices.at(-1)!;
  equal(await choice(page, last).inputValue(), "");
}

function choice(page: Page, label: string) {
  return page.locator(`.filters label:has(span:text-is("${label}")) select`);
}

/** A field shows what the address says, wherever one goes, and on a page that was kept. */
async function goBackAndForth(
  page: Page,
  field: Locator,
  [before, after]: readonly [before: string, after: string],
): Promise<void> {
  await page.goBack();
  equal(await field.inputValue(), before);
  await field.evaluate(
    (one, value) => (one as unknown as { value: string }).value = value,
    after,
  );
  await page.evaluate(
    `dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`,
  );
  equal(await field.inputValue(), before);
  await page.goForward();
  equal(await field.inputValue(), after);
}

/** Goes through the links of a row; each becomes the current one. */
async function tryTabs(page: Page, label: string): Promise<void> {
  const row = page.getByRole("navigation", { name: label, exact: true });
  const names = await row.getByRole("link").allInnerTexts();
  if (label === "Period") deepEqual(names, ["1h", "24h", "7d", "30d", "all"]);
  for (const name of names) {
    await row.getByRole("link", { name, exact: true }).click();
    await row.locator("[aria-current]", { hasText: new RegExp(`^${name}$`) }).waitFor();
  }
}

async function tryPeriods({ page, url }: DashboardStage): Promise<void> {
  const period = async (name: string) =>
    await page.getByRole("navigation", { name: "Period" })
      .getByRole("link", { name, exact: true }).click();
  await page.goto(`${url}/tools`);
  await seeNumber(page, "tool_uses", "13");
  await period("7d");
  await seeNumber(page, "tool_uses", "15");
  await page.goto(`${url}/sessions`);
  await title("3 sessions")(page);
  await period("24h");
  await title("2 sessions")(page);
  await page.goto(`${url}/acceptance?period=24h`);
  await seeNumber(page, "acceptance_rate", "50.0 %");
  await period("all");
  await seeNumber(page, "acceptance_rate", "66.7 %");
  await page.goto(`${url}/?period=all`);
  await page.locator(".calendar a").first().click();
  await page.locator(".chip").waitFor();
  await seeNumber(page, "tool_uses", "2");
  await page.locator(".chip").click();
  await seeNumber(page, "tool_uses", "15");
}

async function trySessions({ page, url, engine, mill }: DashboardStage): Promise<void> {
  await page.goto(`${url}/sessions`);
  await page.getByLabel("Sort by").selectOption("tools");
  await page.locator('th[aria-sort="descending"]', { hasText: "Calls" }).waitFor();
  await goBackAndForth(page, page.getByLabel("Sort by"), ["recent", "tools"]);
  deepEqual(await projects(page), ["engine", "8bbfa69a", "mill"]);
  await page.getByRole("link", { name: "Calls" }).click();
  await page.locator('th[aria-sort="ascending"]', { hasText: "Calls" }).waitFor();
  deepEqual(await projects(page), ["mill", "8bbfa69a", "engine"]);
  await page.locator("tbody a").first().click();
  const beside = page.getByRole("navigation", { name: "Sessions beside this one" });
  for (const place of ["2 of 3", "3 of 3"]) {
    await beside.getByRole("link", { name: "Next" }).click();
    await beside.getByText(place).waitFor();
  }
  match(page.url(), new RegExp(`/sessions/${engine.sessionId}`));
  equal(await beside.getByRole("link", { name: "Next" }).count(), 0);
  await beside.getByRole("link", { name: "Previous" }).click();
  await beside.getByText("2 of 3").waitFor();
  await beside.getByRole("link", { name: "All sessions" }).click();
  await title("3 sessions")(page);
  deepEqual(await projects(page), ["mill", "8bbfa69a", "engine"]);
  await page.getByLabel("Id begins").fill(mill.sessionId.slice(0, 8));
  await page.getByLabel("Id begins").press("Enter");
  await title("1 session")(page);
  deepEqual(await projects(page), ["mill"]);
}

async function projects(page: Page): Promise<string[]> {
  return await page.locator("tbody tr td:nth-child(2)").allInnerTexts();
}

async function trySession({ page, url, engine }: DashboardStage): Promise<void> {
  await page.goto(`${url}/sessions/${engine.sessionId}`);
  match(await page.locator('[data-section="head"]').innerText(), /Claude Code 2\.1\.231/);
  const rows = (section: string) => page.locator(`[data-section="${section}"] tbody tr`);
  equal(await rows("turns").count(), 2);
  await page.getByRole("link", { name: "with failures 1" }).click();
  await page.waitForURL(/turn=failed/);
  equal(await rows("turns").count(), 1);
  await page.goto(`${url}/sessions/${engine.sessionId}`);
  await page.getByLabel("With tool").selectOption("Bash");
  await page.waitForURL(/tool=Bash/);
  await goBackAndForth(page, page.getByLabel("With tool"), ["", "Bash"]);
  equal(await rows("turns").count(), 1);
  equal(await rows("decisions").count(), 2);
  await page.getByRole("link", { name: "rejected 1" }).click();
  await page.waitForURL(/decision=rejected/);
  equal(await rows("decisions").count(), 1);
}

function number(metric: string, value: string): See {
  return (page) => seeNumber(page, metric, value);
}

function title(text: string | RegExp): See {
  const whole = typeof text === "string" ? new RegExp(`^${text}$`) : text;
  return (page) => page.locator("h2", { hasText: whole }).first().waitFor();
}
