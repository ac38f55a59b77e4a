/** Sessions, one session and acceptance in a real browser, served by the binary. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { Page } from "playwright-core";
import { startServe, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openPage } from "../web/open_browser.ts";

const MOVES_WITHIN_MS = 30_000;

Deno.test({
  name: "blueplane serve shows sessions, goes into one while it runs, and tells of acceptance",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt()
      .response({ tool: "Edit", output: 10 }).result();
    new Transcript(machine.claude, { session: 2, cwd: "/home/ada/mill" }).prompt()
      .response({ output: 5 });
    const { server, url } = await startServe(machine);
    await using _server = server;
    await using browser = await openPage(`${url}/sessions`);
    const { page, problems } = browser;
    page.setDefaultTimeout(MOVES_WITHIN_MS);

    await page.locator("h2", { hasText: "2 sessions" }).waitFor();
    await page.getByRole("link", { name: "Output" }).click();
    await page.waitForURL(/sort=tokens/);
    deepEqual(await page.locator("tbody tr td:nth-child(2)").allInnerTexts(), ["engine", "mill"]);
    const csv = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const answer = await fetch(`${url}${csv}`);
    match(answer.headers.get("content-type")!, /^text\/csv/);
    equal((await answer.text()).trim().split("\n").length, 3);

    await page.locator("tbody a").first().click();
    await page.locator('[data-live="on"]').waitFor();
    await number(page, "tool_uses", "1");
    await page.locator('[data-section="decisions"]', { hasText: "accepted" }).waitFor();
    transcript.prompt().response({ tool: "Grep", output: 7 });
    await number(page, "tool_uses", "2");
    await page.locator('[data-section="turns"]', { hasText: "Grep" }).waitFor();
    match(await page.locator(".lanes").innerText(), /Turns\s+Model\s+Edit/);

    await page.getByRole("link", { name: "Acceptance" }).click();
    await number(page, "acceptance_rate", "100.0 %");
    await page.getByRole("link", { name: "kind of file" }).click();
    await page.locator("h2", { hasText: "By kind of file" }).waitFor();
    deepEqual(problems, []);
    equal((await server.stop("SIGTERM")).code, 0);
  },
});

async function number(page: Page, metric: string, value: string): Promise<void> {
  await page.locator(`[data-metric="${metric}"]`, { hasText: new RegExp(`^≥?${value}$`) })
    .waitFor();
}
