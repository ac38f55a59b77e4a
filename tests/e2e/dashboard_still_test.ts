/**
 * The dashboard without JavaScript, served by the binary: every page is whole, and its forms, tabs
 * and pagers do by themselves what scripts only make quicker.
 */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { runBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openPage } from "../web/open_browser.ts";
import { postEvents, WITHIN_MS } from "./dashboard_stage.ts";

/** By page, what must be read on it. */
const PAGES: readonly (readonly [path: string, ...texts: readonly string[]])[] = [
  ["/?period=all", "Cost over time", "Latest sessions", "claude-opus-4-6", "Tool calls"],
  ["/sessions", "61 sessions", "engine"],
  ["/acceptance?period=all", "Edits", "100.0 %"],
  ["/tools?period=all", "Bash", "Edit", "failed"],
  ["/insights?period=all", "finding", "Bash"],
  ["/team", "Open an aggregate", "team aggregate"],
  ["/data", "Sources", "Claude Code", "Export"],
  ["/settings", "web.port", "Where serve listens"],
];
/** More than one page of turns, and two of decisions. */
const TURNS = 45;
const SESSIONS = 60;

Deno.test({
  name: "blueplane serve is whole in a browser that runs no script",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    using machine = tempMachine();
    const engine = new Transcript(machine.claude);
    for (let i = 0; i < TURNS; i++) engine.prompt().response({ tool: "Edit" }).result();
    for (let i = 0; i < 8; i++) engine.response({ tool: "Bash" }).result({ isError: true });
    const { server, url } = await startServe(machine);
    await using _server = server;
    await postEvents(url, manySessions());
    await until("all sessions are known", async () => {
      const { stdout } = await runBinary(machine, ["sessions", "--json", "--limit", "1"]);
      return JSON.parse(stdout).total === SESSIONS + 1;
    });
    await using browser = await openPage(url, { javaScriptEnabled: false });
    const { page, problems } = browser;
    page.context().setDefaultTimeout(WITHIN_MS);

    await t.step("every page tells what it has to tell", async () => {
      for (
        const [path, ...texts] of [
          ...PAGES,
          [`/sessions/${engine.sessionId}`, "Timeline", "Turns", "Decisions"],
        ] as typeof PAGES
      ) {
        // What is derived last comes a moment later, and a still page has to be asked anew.
        await until(`${path} tells of ${texts.join(", ")}`, async () => {
          await page.goto(`${url}${path}`);
          const told = await page.locator("main").innerText();
          return texts.every((text) => told.includes(text));
        });
      }
    });
    await t.step("no button waits for a script", async () => {
      await page.goto(`${url}/data`);
      deepEqual(await page.locator(".write:visible").count(), 0);
    });
    await t.step("forms and tabs choose", () => tryChoices(page, url));
    await t.step("pagers go to the end and back", () => tryPagers(page, url, engine.sessionId));
    deepEqual(problems, []);
  },
});

/** Sessions of the other assistant, each with one prompt. */
function manySessions(): object[] {
  const at = Date.now() - 3_600_000;
  return Array.from({ length: SESSIONS }, (_, i) => ({
    event_id: `prompt-${i}`,
    timestamp: new Date(at + i * 1000).toISOString(),
    platform: "cursor",
    session_id: `told-${i}`,
    event_type: "user_prompt",
    metadata: {},
    payload: { characters: 5 },
  }));
}

async function tryChoices(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sessions`);
  await page.getByLabel("Platform").selectOption("claude_code");
  await page.getByRole("button", { name: "Show" }).first().click();
  await page.locator("h2", { hasText: /^1 session$/ }).waitFor();
  match(page.url(), /platform=claude_code/);
  await page.getByRole("link", { name: "Show all", exact: true }).click();
  await page.locator("h2", { hasText: /^61 sessions$/ }).waitFor();
  await page.getByLabel("Id begins").fill("told-5");
  await page.getByRole("button", { name: "Show" }).last().click();
  await page.locator("h2", { hasText: /^11 sessions$/ }).waitFor();
  await page.goto(`${url}/?period=all`);
  await page.getByRole("link", { name: "tokens", exact: true }).click();
  await page.locator("h2", { hasText: "Tokens over time" }).waitFor();
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "30d" })
    .click();
  await page.waitForURL(/measure=tokens.*period=30d|period=30d.*measure=tokens/);
  await page.locator(".calendar a").first().click();
  await page.locator(".chip").waitFor();
}

async function tryPagers(page: Page, url: string, session: string): Promise<void> {
  for (
    const [path, label, first, last, rows] of [
      ["/sessions", "Sessions", "1–50 of 61", "51–61 of 61", '[data-section="sessions"]'],
      [`/sessions/${session}`, "Turns", "1–40 of 45", "41–45 of 45", '[data-section="turns"]'],
      [
        `/sessions/${session}`,
        "Decisions",
        "1–25 of 45",
        "26–45 of 45",
        '[data-section="decisions"]',
      ],
    ] as const
  ) {
    await page.goto(`${url}${path}`);
    const pager = page.getByRole("navigation", { name: `${label}: pages` });
    const firstRow = page.locator(`${rows} tbody tr`).first();
    const text = await firstRow.innerText();
    await pager.getByText(first).waitFor();
    await pager.getByRole("link", { name: "Next" }).click();
    await pager.getByText(last).waitFor();
    equal(await pager.getByRole("link", { name: "Next" }).count(), 0);
    ok(await firstRow.innerText() !== text, label);
    await pager.getByRole("link", { name: "First" }).click();
    await pager.getByText(first).waitFor();
    await pager.getByRole("link", { name: "Last" }).click();
    await pager.getByText(last).waitFor();
    await pager.getByRole("link", { name: "Previous" }).click();
    await pager.getByText(first).waitFor();
  }
}
