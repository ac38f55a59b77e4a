/**
 * Runs every bench, or those that are named, and prints one table: what was measured, what it
 * ought to be.
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

/** By name, in their order; each is given a folder of its own use and the program. */
const BENCHES: Readonly<
  Record<string, (folder: string, command: readonly string[]) => Promise<BenchRow[]>>
> = {
  start: benchStart,
  hook: benchHook,
  fast_path: benchFastPath,
  slow_groups: benchSlowGroups,
  insights: benchInsights,
  mcp: benchMcp,
  advice: benchAdvice,
  reports: benchReports,
  pages: benchPages,
  redis: benchRedis,
  memory: benchMemory,
  import: benchImport,
  statusline: benchStatusline,
  watch: benchWatch,
  live: benchLive,
  cursor: benchCursor,
};

/** Whose data another uses. */
const NEEDED: Readonly<Record<string, string>> = { pages: "reports" };

async function main(chosen: readonly string[]): Promise<void> {
  const unknown = chosen.find((name) => !(name in BENCHES));
  if (unknown !== undefined) {
    throw new Error(`Cannot bench ${unknown}: there are ${Object.keys(BENCHES).join(", ")}`);
  }
  const folder = Deno.makeTempDirSync({ prefix: "blueplane-bench-" });
  try {
    const command = programCommand();
    console.log(`program: ${command.length === 1 ? "dist/blueplane" : "deno run main.ts"}`);
    console.log("| what | measured | target | |\n| --- | --- | --- | --- |");
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (chosen.length > 0 && !chosen.some((one) => one === name || NEEDED[one] === name)) {
        continue;
      }
      for (const row of await bench(folder, command)) console.log(lineOf(row));
    }
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

/** A row of a Markdown table, as `docs/measured.md` has it. */
function lineOf({ name, measured, target, met }: BenchRow): string {
  return `| ${name} | ${measured} | ${target} | ${met ? "met" : "missed"} |`;
}

if (import.meta.main) await main(Deno.args);
