/**
 * The Worker's entry: runs one command of this program, and gives what it says.
 *
 * @module
 */

import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../core/clock.ts";
import type { Io, TextOutput } from "./io.ts";
import type { OwnCall, OwnRun } from "./own_command.ts";
import { run } from "./run.ts";

/** A stream that nobody sees before the end. */
class KeptOutput implements TextOutput {
  readonly isTerminal = false;
  readonly #parts: string[] = [];

  get text(): string {
    return this.#parts.join("");
  }

  columns(): number {
    return 80;
  }

  rows(): number {
    return 24;
  }

  isBroken(): boolean {
    return false;
  }

  write(text: string): void {
    this.#parts.push(text);
  }
}

async function main(): Promise<void> {
  const stdout = new KeptOutput(), stderr = new KeptOutput();
  const never = () => ({ [Symbol.dispose]() {} });
  const io: Io = {
    ...(workerData as OwnCall),
    env: (name) => Deno.env.get(name),
    clock: systemClock,
    stdin: () => new Blob().stream(),
    typed: () => undefined,
    stdout,
    stderr,
    onInterrupt: never,
    onKey: never,
    onCrash: never,
    onResize: never,
    // They are the whole process's, which may need them when the command is done.
    rights: () => [],
    giveUp() {},
  };
  const code = await run(io);
  const answer: OwnRun = { code, stdout: stdout.text, stderr: stderr.text };
  parentPort!.postMessage(answer);
}

if (parentPort) await main();
