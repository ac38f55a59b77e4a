/** Tests of the pages of tools, findings, data and settings, served by the binary. */

import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { findProgram, missingPartText, parts } from "../../tools/parts.ts";
import { runBinary, startServe, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const WITHIN_MS = 20_000;

async function openBrowser() {
  const executablePath = findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "");
  if (executablePath === undefined) throw new Error(missingPartText("chromium"));
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** Deletes all by the page: only after it was told what would go, and asked once more. */
async function assertDeletes(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Data", exact: true }).click();
  await page.getByLabel("Before").fill(new Date().toISOString().slice(0, 4) + "-01-01");
  await page.getByRole("button", { name: "See what would go" }).click();
  await page.getByText("0 events of 0 sessions would go").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Delete/ }).count(), 0);
  await page.getByLabel("Before").fill("");
  await page.getByRole("button", { name: "See what would go" }).click();
  await page.getByText(/^ALL data: \d\d events of 1 session would go$/).waitFor();
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("button", { name: /^Delete ALL data: \d\d events/ }).click();
  page.once("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: /^Delete ALL data: \d\d events/ }).click();
  await page.getByText(/^ALL data: \d\d events of 1 session deleted$/).waitFor();
}

Deno.test({
  name: "blueplane serve shows what was found, dismisses it, and sends an export",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt();
    for (let i = 0; i < 8; i++) transcript.response({ tool: "Bash" }).result({ isError: true });
    const { server, url } = await startServe(machine);
    await using _server = server;
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ acceptDownloads: true });
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
      page.setDefaultTimeout(WITHIN_MS);

      await page.goto(`${url}/tools?period=all`);
      await page.locator('[data-section="calls"] th', { hasText: /^Bash$/ }).waitFor();
      await page.getByRole("link", { name: "Insights" }).click();
      await page.locator("article").first().waitFor();
      const found = await page.locator("article").count();
      await page.getByRole("button", { name: /^Dismiss/ }).first().click();
      await page.getByRole("link", { name: /1 dismissed/ }).waitFor();
      assert.equal(await page.locator("article").count(), found - 1);
      const { stdout } = await runBinary(machine, ["insights", "--json", "--no-sync"]);
      assert.equal(JSON.parse(stdout).hidden.dismissed, 1);

      await page.getByRole("link", { name: "Data", exact: true }).click();
      await page.getByRole("button", { name: "Look at every byte now" }).click();
      await page.getByText("Nothing private was found").waitFor();
      await page.getByLabel("Format").selectOption("csv");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download" }).click(),
      ]);
      assert.match(download.suggestedFilename(), /^blueplane-sessions-\d{4}-\d\d-\d\d\.csv$/);
      const lines = Deno.readTextFileSync(await download.path()).trim().split("\n");
      assert.equal(lines.length, 2);

      await assertDeletes(page);
      const left = await runBinary(machine, ["sessions", "--json", "--no-sync"]);
      assert.deepEqual(JSON.parse(left.stdout).sessions, []);

      await page.getByRole("link", { name: "Settings" }).click();
      await page.getByRole("cell", { name: "Where serve listens" }).waitFor();
      assert.deepEqual(problems, []);
    } finally {
      await browser.close();
    }
    for (const format of ["parquet", "jsonl", "markdown"]) {
      const response = await fetch(`${url}/api/v1/export?format=${format}&what=events`);
      assert.equal(response.status, 200, format);
      assert.ok((await response.arrayBuffer()).byteLength > 100, format);
    }
    const gzipped = await fetch(`${url}/api/v1/sessions`);
    assert.match(gzipped.headers.get("etag")!, /^W\/"/);
    const held = { "If-None-Match": gzipped.headers.get("etag")! };
    await gzipped.body?.cancel();
    assert.equal((await fetch(`${url}/api/v1/sessions`, { headers: held })).status, 304);
  },
});
