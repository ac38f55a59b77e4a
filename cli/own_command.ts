/**
 * A command of our own in a thread of its own: what takes long does not hold up who asks for it,
 * and who may start no program can ask for it, too.
 *
 * @module
 */

import { Worker } from "node:worker_threads";
import type { Io } from "./io.ts";

/** What the thread is started with. */
export type OwnCall = Pick<Io, "program" | "args">;

/** How it ended. */
export interface OwnRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const WITHIN_MS = 600_000;

/** Runs it to its end. @throws {Error} when it broke, or takes far too long */
export async function runOwnCommand(
  { program }: Pick<Io, "program">,
  words: readonly string[],
): Promise<OwnRun> {
  const data: OwnCall = { program, args: words };
  const worker = new Worker(workerUrl(), { workerData: data });
  const { promise, resolve, reject } = Promise.withResolvers<OwnRun>();
  const ended = new Promise<void>((resolve) => worker.on("exit", () => resolve()));
  worker.on("message", resolve);
  worker.on("error", () => reject(new Error("Cannot run the command: its thread broke")));
  worker.on("exit", () => reject(new Error("Cannot run the command: its thread ended")));
  const late = () => reject(new Error("Cannot run the command: it takes too long"));
  const timer = setTimeout(late, WITHIN_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
    await ended;
  }
}

/** The Worker's file stands beside this one, or at its place in a bundle. */
function workerUrl(): URL {
  const file = import.meta.url.endsWith(".ts")
    ? "./command_worker.ts"
    : "./cli/command_worker.js";
  return new URL(file, import.meta.url);
}
