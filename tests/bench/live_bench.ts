/**
 * How soon a line that was written is seen: by a listener and on the page; and what many listeners
 * weigh.
 *
 * @module
 */

import { beginSession, Dice, promptLine, transcriptPath } from "../../tools/made_up_session.ts";
import { findProgram, parts } from "../../tools/parts.ts";
import { openLiveSocket } from "../e2e/live_socket.ts";
import { openPage } from "../web/open_browser.ts";
import { startBenchServer } from "./bench_server.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";

const LINES = 60;
const EVERY_MS = 350;
const LISTENERS = 200;

/** Runs the bench in a folder of its own; `command` is the program. */
export async function benchLive(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const home = `${folder}/live`, claude = `${home}/claude`;
  Deno.mkdirSync(`${claude}/projects`, { recursive: true });
  await using started = await startBenchServer(home, command);
  const { server, url } = started;
  const write = lineWriter(claude);
  const rows = [...await toListener(url, write), ...await toPage(url, write)];
  await using all = new AsyncDisposableStack();
  for (let i = 0; i < LISTENERS; i++) all.use(await openLiveSocket(url));
  for (let i = 0; i < LINES; i++) {
    write();
    await pause();
  }
  if (Deno.build.os === "linux") {
    rows.push(atMost(`Live: memory with ${LISTENERS} listeners`, rssMb(server.pid), 220, "MB"));
  }
  return rows;
}

async function toListener(url: string, write: () => number): Promise<BenchRow[]> {
  await using socket = await openLiveSocket(url);
  const samples: number[] = [];
  for (let i = 0; i < LINES; i++) {
    const count = socket.messages.length, begun = performance.now();
    write();
    while (socket.messages.length === count && performance.now() - begun < 5000) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    samples.push(performance.now() - begun);
    await pause();
  }
  return rowsOf("Live: line written → listener", samples);
}

/** The page notes itself when its number changes: both clocks are this machine's. */
async function toPage(url: string, write: () => number): Promise<BenchRow[]> {
  if (!findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "")) return [];
  await using browser = await openPage(`${url}/?period=all`);
  const { page } = browser;
  await page.locator('[data-live="on"]').waitFor();
  await page.evaluate(`globalThis.seen = [];
    globalThis.count = () =>
      Number(document.querySelector('[data-metric="user_prompts"]').innerText.replace(",", ""));
    new MutationObserver(() =>
      seen.push([performance.timeOrigin + performance.now(), count()])
    ).observe(document.body, { childList: true, subtree: true });`);
  const before = await page.evaluate("count()") as number, written: number[] = [];
  for (let i = 0; i < LINES; i++) {
    written.push(write());
    await pause();
  }
  await pause();
  const seen = await page.evaluate("seen") as [at: number, count: number][];
  const samples = written.map((at, i) =>
    (seen.find(([, count]) => count > before + i)?.[0] ?? Infinity) - at
  );
  return rowsOf("Live: line written → page", samples);
}

function rowsOf(name: string, samples: readonly number[]): BenchRow[] {
  return [
    atMost(`${name}, p50`, percentile(samples, 0.5), 150, "ms"),
    atMost(`${name}, p95`, percentile(samples, 0.95), 400, "ms"),
  ];
}

/** Appends a prompt. @returns when, in milliseconds since 1970 */
function lineWriter(claude: string): () => number {
  const session = beginSession(new Dice(11), Date.now());
  const path = transcriptPath(`${claude}/projects`, session);
  Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  return () => {
    session.at = Date.now();
    const line = promptLine(session), at = performance.timeOrigin + performance.now();
    Deno.writeTextFileSync(path, line, { append: true });
    return at;
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}

function rssMb(pid: number): number {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))!;
  return Number(kb) / 1000;
}
