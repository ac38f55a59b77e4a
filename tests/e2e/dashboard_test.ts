/** Tests of the page in a real browser, served by the binary. */

import { deepEqual, equal, match } from "node:assert/strict";
import { type Browser, chromium } from "playwright-core";
import { findProgram, missingPartText, parts } from "../../tools/parts.ts";
import { startServe, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const MOVES_WITHIN_MS = 5000;

async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "");
  if (executablePath === undefined) throw new Error(missingPartText("chromium"));
  // Its own sandbox cannot be had by root, as whom tests run in containers.
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

Deno.test({
  name: "blueplane serve shows a page whose numbers move by themselves",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt().response({ output: 10 });
    const { server, url } = await startServe(machine);
    await using _server = server;
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
      page.setDefaultTimeout(MOVES_WITHIN_MS);
      await page.goto(url);
      await page.locator('[data-live="on"]').waitFor();
      const number = (metric: string, value: string) =>
        page.locator(`[data-metric="${metric}"]`, { hasText: new RegExp(`^${value}$`) })
          .waitFor();
      await number("user_prompts", "1");
      await number("tokens_output", "10");

      transcript.prompt().response({ tool: "Edit", output: 32 }).result();

      await number("user_prompts", "2");
      await number("tokens_output", "42");
      await number("tool_uses", "1");
      await page.locator('[data-section="tools"]', { hasText: "Edit" }).waitFor();
      await page.locator('[data-section="sessions"]', { hasText: "engine" }).waitFor();
      match(await page.title(), /Blueplane/i);
      deepEqual(problems, []);
      equal((await server.stop("SIGTERM")).code, 0);
      await page.locator('[data-live="stale"]').waitFor();
    } finally {
      await browser.close();
    }
  },
});
