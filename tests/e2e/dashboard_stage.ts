/**
 * The dashboard of a home in which there is something for every filter, served by the binary and
 * looked at in a real browser. The sessions are
 *
 * - `engine`, of now, by Opus: Edit ok, eight Bash failed, Edit refused; 2 prompts;
 * - `mill`, two days before, by Haiku: Edit ok, Read ok; 1 prompt;
 * - `posted`, of now, of the other assistant: three calls; 1 prompt.
 */

import axe from "axe-core";
import type { Page } from "playwright-core";
import { type Machine, type Running, startServe } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { openPage } from "../web/open_browser.ts";

/** Long enough for a machine that has much else to do. */
export const WITHIN_MS = 60_000;

/** What a person answers to an edit that is not wanted, as the client writes it. */
export const REFUSAL = "The user doesn't want to proceed with this tool use. The tool use was " +
  "rejected (eg. if it was a file edit, the new_string was NOT written to the file).";

const DAY_MS = 86_400_000;
const HAIKU = "claude-haiku-4-5-20251001";

/** A running dashboard. Disposing it closes the browser and ends the server. */
export interface DashboardStage extends AsyncDisposable {
  readonly url: string;
  readonly server: Running;
  /** The session `engine`, which goes on when lines are added. */
  readonly engine: Transcript;
  readonly mill: Transcript;
  readonly page: Page;
  /** What any tab complained of. */
  readonly problems: readonly string[];
}

/** Opens it, with the page of an address. */
export async function openDashboard(machine: Machine, path: string): Promise<DashboardStage> {
  const engine = writeEngine(machine), mill = writeMill(machine);
  await using stack = new AsyncDisposableStack();
  const { server, url } = await startServe(machine);
  stack.use(server);
  await postSession(url);
  const browser = stack.use(await openPage(`${url}${path}`));
  browser.page.context().setDefaultTimeout(WITHIN_MS);
  const parts = stack.move();
  return {
    url,
    server,
    engine,
    mill,
    page: browser.page,
    problems: browser.problems,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function writeEngine({ claude }: Machine): Transcript {
  const engine = new Transcript(claude).prompt().response({ tool: "Edit", output: 10 }).result();
  for (let i = 0; i < 8; i++) engine.response({ tool: "Bash" }).result({ isError: true });
  return engine.prompt().response({ tool: "Edit" })
    .result({ content: REFUSAL, isError: true, toolUseResult: "User rejected tool use" });
}

function writeMill({ claude }: Machine): Transcript {
  const startedAt = (Math.floor(Date.now() / DAY_MS) - 2) * DAY_MS + DAY_MS / 2;
  return new Transcript(claude, { session: 2, cwd: "/home/ada/mill", startedAt })
    .prompt().response({ tool: "Edit", model: HAIKU }).result()
    .response({ tool: "Read", model: HAIKU }).result();
}

/** A session of the other assistant, as another program tells it. */
async function postSession(url: string): Promise<void> {
  const at = Date.now() - 60_000;
  const event = (type: string, seconds: number, payload: object) => ({
    event_id: `${type}-${seconds}`,
    timestamp: new Date(at + seconds * 1000).toISOString(),
    platform: "cursor",
    session_id: "posted",
    event_type: type,
    metadata: { project_hash: "8bbfa69a57647bbb" },
    payload,
  });
  const calls = [1, 2, 3].flatMap((i) => [
    event("tool_use", 10 * i, { tool: "Grep", tool_use_id: `call_${i}` }),
    event("tool_result", 10 * i + 1, { tool: "Grep", tool_use_id: `call_${i}`, outcome: "ok" }),
  ]);
  await postEvents(url, [event("user_prompt", 0, { characters: 5 }), ...calls]);
}

/** Tells events as another program does; they are durable then. */
export async function postEvents(url: string, events: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/events`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Blueplane-Client": "test" },
    body: JSON.stringify(events),
  });
  if (response.status !== 202) throw new Error(`Cannot post: it is ${response.status}`);
  await response.body?.cancel();
}

/** Waits until a number of the page is so. */
export async function seeNumber(page: Page, metric: string, value: string): Promise<void> {
  const text = new RegExp(`^≥?${value.replace(".", "\\.")}$`);
  await page.locator(`[data-metric="${metric}"]`, { hasText: text }).first().waitFor();
}

/**
 * What axe finds on a page: a line for each broken rule.
 *
 * @param rules only these, and not in folded parts; by default all, in all parts
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const isOpen = rules === undefined;
  await page.evaluate(
    `document.querySelectorAll("details").forEach((one) => one.open = ${isOpen})`,
  );
  await page.evaluate(axe.source);
  const options = JSON.stringify(isOpen ? {} : { runOnly: rules });
  const { violations } = await page.evaluate(
    `axe.run(document, ${options})`,
  ) as axe.AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
}
