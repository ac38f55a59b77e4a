/** However long names are, pages fit their window and numbers their cards; from the binary. */

import { deepEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { startServe, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openPage } from "../web/open_browser.ts";
import { seeNumber } from "./dashboard_stage.ts";

/** As long as a client lets one be. */
const TOOLS = [
  "mcp__plugin_playwright_playwright__browser_take_full_screenshot",
  "mcp__plugin_playwright_playwright__browser_take_full_screenreport",
];
const MODEL = "claude-sonnet-4-5-20250929-with-a-suffix-that-goes-on-and-on";
const PROJECTS = [
  "/home/ada/a/app",
  "/home/ada/b/app",
  "/home/ada/a_project_whose_name_has_no_place_to_break_alpha",
  "/home/ada/a_project_whose_name_has_no_place_to_break_beta",
];
const WIDTHS = [390, 800, 1280];

Deno.test({
  name: "blueplane serve shows names of any length, and all numbers beside them",
  // The browser's driver keeps timers and a connection of its own until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    using machine = tempMachine();
    const [first] = PROJECTS.map((cwd, i) => {
      const one = new Transcript(machine.claude, { session: i + 1, cwd }).prompt();
      for (const tool of TOOLS) {
        one.response({ tool, model: MODEL }).result().response({ tool, model: MODEL })
          .result({ isError: true });
      }
      // The last call goes on.
      return one.response({ tool: TOOLS[0]!, model: MODEL });
    });
    const { server, url } = await startServe(machine);
    await using _server = server;
    await using browser = await openPage(`${url}/?period=all`);
    const { page } = browser;
    await seeNumber(page, "tool_uses", String(5 * PROJECTS.length));

    const session = `/sessions/${first!.sessionId}`;
    const paths = [
      "/?period=all",
      "/?period=all&by=project",
      "/sessions",
      session,
      `${session}/similar`,
      ...["", "&by=model", "&by=project"].flatMap((by) => [
        `/acceptance?period=all${by}`,
        `/tools?period=all${by}`,
      ]),
      "/insights",
    ];
    for (const path of paths) {
      const name = path.replace(first!.sessionId, "first");
      await t.step(`${name} fits`, async () => {
        await page.goto(`${url}${path}`);
        const wide: string[] = [];
        for (const width of WIDTHS) wide.push(...await overflows(page, width));
        deepEqual(wide, []);
      });
    }
    await t.step("names that differ at their ends alone are told apart", async () => {
      for (const path of ["/?period=all", "/sessions"]) {
        await page.goto(`${url}${path}`);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          const ends = await endsOf(page);
          ok(ends.length >= PROJECTS.length);
          deepEqual(ends.filter(({ isSeen }) => !isSeen), [], `${path} at ${width}`);
        }
      }
    });
    deepEqual(browser.problems, []);
  },
});

/** What is wider than it may be, in both themes. */
async function overflows(page: Page, width: number): Promise<string[]> {
  const found = new Set<string>();
  await page.setViewportSize({ width, height: 900 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const wide = await page.evaluate(`
      [document.documentElement, ...document.querySelectorAll(".scroll, section, .feed li")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.closest("details"))
        .map((one) => one.ariaLabel ?? one.dataset.section ?? one.tagName)
    `) as string[];
    for (const one of wide) found.add(`${one}, ${colorScheme}, at ${width}`);
  }
  return [...found];
}

/** The last characters of each name in the list of sessions, and whether they are seen. */
async function endsOf(page: Page): Promise<{ end: string; isSeen: boolean }[]> {
  return await page.evaluate(`
    [...document.querySelectorAll('[data-section="sessions"] .clip')].map((clip) => {
      const range = document.createRange(), last = clip.lastChild;
      range.setStart(last, Math.max(0, last.length - 6));
      range.setEnd(last, last.length);
      const { right } = range.getBoundingClientRect();
      return { end: range.toString(), isSeen: right <= clip.getBoundingClientRect().right + 1 };
    })
  `) as { end: string; isSeen: boolean }[];
}
