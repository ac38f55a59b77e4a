/**
 * Every page that is open moves by itself, says when it cannot, and catches up with a server that
 * was killed and started again; served by the binary.
 */

import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { type DashboardStage, openDashboard, seeNumber } from "./dashboard_stage.ts";

/** The pages that move, by name. */
type Tabs = Readonly<Record<typeof NAMES[number], Page>>;

const NAMES = [
  "overview",
  "sessions",
  "session",
  "acceptance",
  "tools",
  "insights",
  "data",
] as const;

Deno.test({
  name: "blueplane serve moves every page, also after it was killed and came back",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    using machine = tempMachine();
    await using stage = await openDashboard(machine, "/");
    const { engine, server, url, problems } = stage;
    await seeNumber(stage.page, "tool_uses", "13");
    const tabs = await openTabs(stage);

    await t.step("a line that is written moves all of them", async () => {
      const storage = await textOf(tabs.data, "storage");
      engine.prompt().response({ tool: "Edit", output: 32 }).result();
      await seeNumber(tabs.overview, "tool_uses", "14");
      await see(tabs.overview, "running", engine.sessionId.slice(0, 8));
      await tabs.sessions.locator("tr", { hasText: "engine" }).locator("td", { hasText: /^11$/ })
        .waitFor();
      await seeNumber(tabs.session, "user_prompts", "3");
      await see(tabs.session, "turns", "Edit");
      await see(tabs.acceptance, "by", "75.0 %");
      await seeNumber(tabs.acceptance, "acceptance_rate", "75.0 %");
      await seeNumber(tabs.tools, "tool_uses", "14");
      await until(
        "the data page moved",
        async () => await textOf(tabs.data, "storage") !== storage,
      );
      deepEqual(problems, []);
    });

    await t.step("without a server, all say that they are out of date", async () => {
      await server.stop("SIGKILL");
      for (const name of NAMES) {
        await tabs[name].locator('[data-live="stale"]', { hasText: "not live since" }).waitFor();
      }
    });

    await t.step("with a server again, all catch up with what they missed", async () => {
      engine.prompt().response({ tool: "Edit" }).result();
      const fresh = new Transcript(machine.claude, { session: 3 }).prompt();
      for (let i = 0; i < 6; i++) fresh.response({ tool: "Glob" }).result({ isError: true });
      const again = await startServe(machine, ["--port", new URL(url).port]);
      await using _again = again.server;
      for (const name of NAMES) await tabs[name].locator('[data-live="on"]').waitFor();
      await seeNumber(tabs.overview, "tool_uses", "21");
      await see(tabs.sessions, "sessions", fresh.sessionId.slice(0, 8));
      await seeNumber(tabs.session, "user_prompts", "4");
      await see(tabs.acceptance, "by", "80.0 %");
      await see(tabs.tools, "calls", "Glob");
      await see(tabs.insights, "findings", "Glob");
      await see(tabs.data, "storage", /sessions\s*4\D/);
    });
  },
});

async function openTabs({ page, url, engine }: DashboardStage): Promise<Tabs> {
  const open = async (path: string) => {
    const tab = await page.context().newPage();
    await tab.goto(`${url}${path}`);
    await tab.locator('[data-live="on"]').waitFor();
    return tab;
  };
  return {
    overview: page,
    sessions: await open("/sessions"),
    session: await open(`/sessions/${engine.sessionId}`),
    acceptance: await open("/acceptance"),
    tools: await open("/tools"),
    insights: await open("/insights"),
    data: await open("/data"),
  };
}

async function textOf(page: Page, section: string): Promise<string> {
  return await page.locator(`[data-section="${section}"]`).innerText();
}

/** Waits until a part of a page holds something. */
async function see(page: Page, section: string, text: string | RegExp): Promise<void> {
  await page.locator(`[data-section="${section}"]`, { hasText: text }).waitFor();
}
