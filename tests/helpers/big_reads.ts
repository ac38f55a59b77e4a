/** What holds of every large read, whatever its size: the tests of CI and the soak ask alike. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { sizeOfAll, writeBigLine } from "./big_transcripts.ts";
import { type Machine, runBinary, type Running, startBinary } from "./run_blueplane.ts";

/** All that `blueplane sync` may take, however long a line is. It is 120 MB for 300 MB. */
const MEMORY_MAX = 200 * 1024 * 1024;
const LOOK_EVERY_MS = 5;

/** A line of this many megabytes takes bounded memory, and its neighbours are counted. */
export async function holdBigLine(machine: Machine, megabytes: number): Promise<void> {
  writeBigLine(machine.claude, megabytes);
  await using sync = startBinary(machine, ["sync", "--json"]);

  const memory = await peakMemory(sync);

  equal((await sync.ended).code, 0, sync.stderr);
  ok(memory > 0 && memory < MEMORY_MAX, `${memory} bytes`);
  equal(JSON.parse(sync.stdout).platforms.claude_code.bytes, sizeOfAll(machine.claude));
  equal((await totals(machine)).user_prompts, 2);
}

/**
 * A long read that is interrupted goes on where it stopped: all runs together read each byte once.
 *
 * @param stop waits for the moment at which the nth run is interrupted
 */
export async function holdInterrupted(
  machine: Machine,
  rounds: number,
  stop: (sync: Running, round: number) => Promise<void>,
): Promise<Record<string, unknown>> {
  const bytes: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    await using sync = startBinary(machine, ["sync", "--json"]);
    await stop(sync, round);
    const { code } = await sync.stop("SIGINT");
    equal(code, 130, sync.stdout + sync.stderr);
    bytes.push(JSON.parse(sync.stdout).platforms.claude_code.bytes);
  }
  const rest = await runBinary(machine, ["sync", "--json"]);

  deepEqual({ code: rest.code, stderr: rest.stderr }, { code: 0, stderr: "" });
  bytes.push(JSON.parse(rest.stdout).platforms.claude_code.bytes);
  equal(bytes.reduce((sum, n) => sum + n, 0), sizeOfAll(machine.claude), bytes.join(" + "));
  ok(bytes.every((n) => n > 0), bytes.join(" + "));
  return await totals(machine);
}

async function totals(machine: Machine): Promise<Record<string, unknown>> {
  const { stdout } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);
  return JSON.parse(stdout).totals;
}

/** The most that a process takes of the memory, until it ends: as Linux tells it. */
export async function peakMemory({ pid, ended }: Running): Promise<number> {
  let peak = 0, hasEnded = false;
  ended.then(() => hasEnded = true);
  while (!hasEnded) {
    peak = Math.max(peak, memoryOf(pid));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return peak;
}

/** Whether a process has a file open, as Linux tells it. */
export function hasOpen(pid: number, path: string): boolean {
  const folder = `/proc/${pid}/fd`;
  return [...Deno.readDirSync(folder)].some(({ name }) => {
    try {
      return Deno.readLinkSync(`${folder}/${name}`) === path;
    } catch (error) {
      // It was closed meanwhile.
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });
}

function memoryOf(pid: number): number {
  try {
    const [, kilobytes = "0"] =
      /VmHWM:\s*(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`)) ?? [];
    return Number(kilobytes) * 1024;
  } catch (error) {
    // It has ended meanwhile.
    if (error instanceof Deno.errors.NotFound || isGone(error)) return 0;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ESRCH";
}
