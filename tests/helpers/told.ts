/** What blueplane tells of transcripts, through its own command line in this process. */

import { equal } from "node:assert/strict";
import type { FullMetricsReport } from "../../core/reports/metrics_report.ts";
import type { Session } from "../../core/reports/sessions_report.ts";
import { type RecordedOptions, runHere } from "../cli/recorded_io.ts";
import { type Machine, tempMachine } from "./run_blueplane.ts";

/** All that reports say, without what tells of time and progress of the reading itself. */
export interface Told {
  readonly sessions: readonly Session[];
  readonly metrics: Omit<FullMetricsReport, "period" | "coverage" | "change">;
}

/** What a read gave, as `sync --json` tells it. */
export interface SyncTold {
  readonly files: number;
  readonly bytes: number;
  readonly events_new: number;
  readonly events_known: number;
  readonly lines_malformed: number;
  readonly lines_unknown: number;
}

/** Copies a folder with all that is in it. */
export function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    // A copy may be written to, whatever its original allows.
    else Deno.writeFileSync(`${to}/${name}`, Deno.readFileSync(`${from}/${name}`));
  }
}

/** A machine whose assistant left these transcripts. */
export function machineWith(projects: string): Machine {
  const machine = tempMachine();
  copyFolder(projects, `${machine.claude}/projects`);
  return machine;
}

/** Reads everything new. */
export async function syncHere(machine: Machine, options?: RecordedOptions): Promise<SyncTold> {
  return (await jsonOf(machine, ["sync", "--json"], options)).platforms.claude_code;
}

/** Asks for everything, from what is stored. */
export async function askHere(machine: Machine): Promise<Told> {
  const { sessions } = await jsonOf(machine, ["sessions", "-n", "0", "--json", "--no-sync"]);
  const { period: _, coverage: __, change: ___, ...metrics } = await jsonOf(machine, [
    "metrics",
    "-p",
    "all",
    "--json",
    "--no-sync",
  ]);
  return { sessions, metrics };
}

// deno-lint-ignore no-explicit-any -- a document as its reader sees it
async function jsonOf(machine: Machine, args: string[], options?: RecordedOptions): Promise<any> {
  const { code, stdout, stderr } = await runHere(machine, args, options);
  equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** Where two documents differ: `path: first | second`, so that a failure tells what is wrong. */
export function differences(first: unknown, second: unknown, path = ""): string[] {
  if (!isRecord(first) || !isRecord(second)) {
    const [a, b] = [JSON.stringify(first), JSON.stringify(second)];
    return a === b ? [] : [`${path}: ${a} | ${b}`];
  }
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].flatMap((name) => differences(first[name], second[name], `${path}/${name}`));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
