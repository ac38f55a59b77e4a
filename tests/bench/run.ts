/**
 * Runs every bench and prints one table: what was measured, what it ought to be.
 *
 * With `dist/blueplane` there, processes are that binary; else this Deno runs main.ts, which
 * starts slower.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { benchAdvice } from "./advice_bench.ts";
import { benchCursor } from "./cursor_bench.ts";
import { benchFastPath } from "./fast_path_bench.ts";
import { benchHook } from "./hook_bench.ts";
import { benchImport } from "./import_bench.ts";
import { benchInsights } from "./insights_bench.ts";
import { benchLive } from "./live_bench.ts";
import { benchMcp } from "./mcp_bench.ts";
import { benchMemory } from "./memory_bench.ts";
import { benchPages } from "./pages_bench.ts";
import { benchRedis } from "./redis_bench.ts";
import { benchReports } from "./reports_bench.ts";
import type { BenchRow } from "./row.ts";
import { benchSlowGroups } from "./slow_groups_bench.ts";
import { benchStart, benchStatusline } from "./start_bench.ts";
import { benchWatch } from "./watch_bench.ts";

async function main(): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane-bench-" });
  try {
    const command = programCommand();
    console.log(`program: ${command.length === 1 ? "dist/blueplane" : "deno run main.ts"}`);
    const rows = [
      ...await benchStart(folder, command),
      ...await benchHook(folder, command),
      ...await benchFastPath(folder),
      ...await benchSlowGroups(folder),
      ...await benchInsights(folder),
      ...await benchMcp(folder, command),
      ...await benchAdvice(folder),
      ...await benchReports(folder),
      ...await benchPages(folder, command),
      ...await benchRedis(folder),
      ...await benchMemory(folder),
      ...await benchImport(folder, command),
      ...await benchStatusline(folder, command),
      ...await benchWatch(folder, command),
      ...await benchLive(folder, command),
      ...await benchCursor(folder),
    ];
    console.log(table(rows));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function programCommand(): string[] {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const binary = `${root}dist/blueplane${Deno.build.os === "windows" ? ".exe" : ""}`;
  try {
    if (Deno.statSync(binary).isFile) return [binary];
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return [Deno.execPath(), "run", "-A", `${root}main.ts`];
}

/** The rows as a Markdown table, as the README has it. */
function table(rows: readonly BenchRow[]): string {
  return [
    "| what | measured | target | |",
    "| --- | --- | --- | --- |",
    ...rows.map(({ name, measured, target, met }) =>
      `| ${name} | ${measured} | ${target} | ${met ? "met" : "missed"} |`
    ),
  ].join("\n");
}

if (import.meta.main) await main();
