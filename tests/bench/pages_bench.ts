/**
 * The pages of the dashboard over a million events: each one over loopback, from the program that
 * a user runs, while the database changes; and what the first page weighs with all that it loads.
 *
 * @module
 */

import { openWriter } from "../../core/open_writer.ts";
import { findProgram, parts } from "../../tools/parts.ts";
import { openPage } from "../web/open_browser.ts";
import { startBenchServer } from "./bench_server.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";

const RUNS = 5;
const WITHIN_MS = 200, FIRST_PAGE_KB = 100;
const LONG = "period=all";

/** Runs the bench on the database that the bench of reports has left; `command` is the program. */
export async function benchPages(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const home = `${folder}/pages`, claude = `${home}/claude`;
  Deno.mkdirSync(`${claude}/projects`, { recursive: true });
  Deno.mkdirSync(`${home}/home`);
  Deno.copyFileSync(`${folder}/reports.db`, `${home}/home/telemetry.db`);
  await using started = await startBenchServer(home, command);
  const { url } = started;
  const listed = await (await fetch(`${url}/api/v1/sessions?limit=1`)).json();
  const rows: BenchRow[] = [];
  for (const [name, path] of pagesOf(listed.sessions[0].session_id)) {
    const times = await timesOf(`${url}${path}`, `${home}/home/telemetry.db`);
    const row = `Pages: ${name}, 1,000,000 events`;
    rows.push(atMost(`${row}, p50`, percentile(times, 0.5), WITHIN_MS, "ms"));
    rows.push(atMost(`${row}, p95`, percentile(times, 0.95), WITHIN_MS, "ms"));
  }
  return [...rows, ...await weigh(url)];
}

/** Every page, and those that tell of periods over all of the time as well. */
function pagesOf(session: string): readonly (readonly [name: string, path: string])[] {
  return [
    ["Overview", "/"],
    ["Overview of all", `/?${LONG}`],
    ["Sessions", "/sessions"],
    ["Sessions by cost", `/sessions?${LONG}&sort=cost`],
    ["Session", `/sessions/${session}`],
    ["similar sessions", `/sessions/${session}/similar`],
    ["Acceptance", "/acceptance"],
    ["Acceptance of all", `/acceptance?${LONG}`],
    ["Tools", "/tools"],
    ["Tools of all", `/tools?${LONG}`],
    ["Insights", "/insights"],
    ["Data", "/data"],
    ["Settings", "/settings"],
  ];
}

/** How long a whole answer takes; what is kept until something changes is not to count. */
async function timesOf(url: string, database: string): Promise<number[]> {
  using writer = openWriter(database);
  const change = writer.prepare("update made_with set value = value where name = 'times'");
  const times: number[] = [];
  for (let run = -1; run < RUNS; run++) {
    change.run();
    const begun = performance.now();
    const response = await fetch(url);
    await response.text();
    if (!response.ok) throw new Error(`Cannot bench a page: status ${response.status}`);
    // The first answer prepares its statements.
    if (run >= 0) times.push(performance.now() - begun);
  }
  return times;
}

/** The first page as a browser gets it, with its styles and scripts. */
async function weigh(url: string): Promise<BenchRow[]> {
  if (!findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "")) return [];
  await using browser = await openPage(url);
  await browser.page.locator('[data-live="on"]').waitFor();
  const bytes = await browser.page.evaluate(`
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .reduce((sum, { transferSize }) => sum + transferSize, 0)`) as number;
  return [atMost("Pages: first page with all that it loads", bytes / 1000, FIRST_PAGE_KB, "kB")];
}
