/** Tests of the pages in a real browser, and of many listeners, served by the binary. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openPage } from "../web/open_browser.ts";
import { openLiveSocket } from "./live_socket.ts";

const MOVES_WITHIN_MS = 30_000;
const LISTENERS = 200;
const RSS_MB_MAX = 220;
const FIRST_PAGE_BYTES_MAX = 100_000;

Deno.test({
  name: "blueplane serve shows an overview that is small, moves, and leads to what there is",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    using machine = tempMachine();
    const transcript = new Transcript(machine.claude).prompt().response({ output: 10 });
    new Transcript(machine.claude, { session: 2, cwd: "/home/ada/mill" }).prompt();
    const { server, url } = await startServe(machine);
    await using _server = server;
    await using browser = await openPage(url);
    const { page, problems } = browser;
    page.setDefaultTimeout(MOVES_WITHIN_MS);
    await page.locator('[data-live="on"]').waitFor();
    await number(page, "user_prompts", "2");
    await number(page, "tokens_output", "10");
    match(await page.title(), /Blueplane/i);
    const sent = await bytesSent(page);
    ok(sent > 10_000 && sent <= FIRST_PAGE_BYTES_MAX, `${sent} bytes`);

    transcript.prompt().response({ tool: "Edit", output: 32 });
    await number(page, "user_prompts", "3");
    await number(page, "tokens_output", "42");
    await page.locator('[data-section="running"]', { hasText: "Edit" }).waitFor();
    transcript.result();
    await page.locator('[data-section="tools"]', { hasText: "Edit" }).waitFor();
    await page.locator('[data-section="sessions"]', { hasText: "engine" }).waitFor();

    await page.getByLabel("Project").selectOption("mill");
    await number(page, "user_prompts", "1");
    match(page.url(), /project=mill/);
    await page.locator(".pages a[aria-current]").press("Enter");
    match(page.url(), /project=mill/);
    for (const address of await addresses(page)) {
      equal((await fetch(new URL(address, url))).status, 200, address);
    }
    deepEqual(problems, []);

    equal((await server.stop("SIGTERM")).code, 0);
  },
});

Deno.test("blueplane serve tells two hundred listeners at once, within its memory", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  const { server, url } = await startServe(machine);
  await using _server = server;
  await using all = new AsyncDisposableStack();
  const sockets = await Promise.all(
    Array.from({ length: LISTENERS }, (_, i) => openLiveSocket(url, i % 2 ? "all" : "24h")),
  );
  for (const socket of sockets) all.use(socket);

  transcript.prompt();
  await until("all were told", () => sockets.every(({ data }) => data.user_prompts === 2));

  const texts = new Set(sockets.map(({ messages }) => messages.at(-1)));
  ok(texts.size <= 2, "one text for each thing that is asked");
  if (Deno.build.os === "linux") ok(rssMb(server.pid) <= RSS_MB_MAX, `${rssMb(server.pid)} MB`);
  equal(server.stderr, "");
});

async function number(page: Page, metric: string, value: string): Promise<void> {
  await page.locator(`[data-metric="${metric}"]`, { hasText: new RegExp(`^≥?${value}$`) })
    .waitFor();
}

/** What the page and all that it loads take on the wire. */
async function bytesSent(page: Page): Promise<number> {
  return await page.evaluate(`[...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource")].reduce((sum, e) => sum + e.transferSize, 0)`);
}

/** Where the page leads to. */
async function addresses(page: Page): Promise<string[]> {
  const all = await page.evaluate(
    `[...document.querySelectorAll("a[href^='/']")].map((a) => a.getAttribute("href"))`,
  ) as string[];
  return [...new Set(all)];
}

function rssMb(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
  return Number(kb) / 1000;
}
