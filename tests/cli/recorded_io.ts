/** An {@linkcode Io} that keeps what is written to it, and commands run in it in this process. */

import type { Io, TextOutput } from "../../cli/io.ts";
import type { Right } from "../../cli/rights.ts";
import { run } from "../../cli/run.ts";
import { type Clock, systemClock } from "../../core/clock.ts";
import type { Machine, Run } from "../helpers/run_blueplane.ts";

/** What differs from a pipe in a clean environment. */
export interface RecordedOptions {
  /** Changes of the machine's environment; undefined takes a name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** What is piped in. */
  readonly stdin?: string | ReadableStream<Uint8Array>;
  /** What is typed, at a terminal. */
  readonly typed?: string;
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** An {@linkcode Io} with what was written. */
export interface RecordedIo extends Io {
  readonly stdout: RecordedOutput;
  readonly stderr: RecordedOutput;
  /** Does what Ctrl+C does. */
  interrupt(signal?: "SIGINT" | "SIGTERM"): void;
  /** Does what an error does that nobody catches. */
  crash(): void;
  /** Does what a key does. */
  press(key: string): void;
  /** What was given up, in that order; the test's own process keeps it. */
  readonly givenUp: readonly Right[];
  /** How many listen for either. */
  listeners(): number;
}

/** A stream that keeps what it gets. */
export class RecordedOutput implements TextOutput {
  text = "";
  /** Set it to be who reads and goes away. */
  isCut = false;
  readonly isTerminal: boolean;
  readonly #columns: number;
  readonly #rows: number;

  constructor({ isTerminal = false, columns = 100, rows = 24 }: RecordedOptions = {}) {
    this.isTerminal = isTerminal;
    this.#columns = columns;
    this.#rows = rows;
  }

  columns(): number {
    return this.#columns;
  }

  rows(): number {
    return this.#rows;
  }

  isBroken(): boolean {
    return this.isCut;
  }

  write(text: string): void {
    this.text += text;
  }
}

/** Makes one. */
export function recordedIo(
  machine: Machine,
  args: readonly string[],
  options: RecordedOptions = {},
): RecordedIo {
  const env: Record<string, string | undefined> = { ...machine.env, ...options.env };
  const callbacks = new Set<(signal: "SIGINT" | "SIGTERM") => void>();
  const crashes = new Set<() => void>();
  const keys = new Set<(key: string) => void>();
  const givenUp: Right[] = [];
  return {
    givenUp,
    giveUp: (rights) => void givenUp.push(...rights),
    args,
    program: ["/usr/bin/blueplane"],
    env: (name) => env[name],
    clock: options.clock ?? systemClock,
    stdin: () => {
      const { stdin = "" } = options;
      return typeof stdin === "string" ? new Blob([stdin]).stream() : stdin;
    },
    typed: () => options.typed === undefined ? undefined : new Blob([options.typed]).stream(),
    stdout: new RecordedOutput(options),
    stderr: new RecordedOutput(options),
    onInterrupt(callback) {
      callbacks.add(callback);
      return { [Symbol.dispose]: () => void callbacks.delete(callback) };
    },
    interrupt(signal = "SIGINT") {
      for (const callback of callbacks) callback(signal);
    },
    onKey(callback) {
      keys.add(callback);
      return { [Symbol.dispose]: () => void keys.delete(callback) };
    },
    onCrash(callback) {
      crashes.add(callback);
      return { [Symbol.dispose]: () => void crashes.delete(callback) };
    },
    crash() {
      for (const callback of crashes) callback();
    },
    onResize: () => ({ [Symbol.dispose]() {} }),
    onStop: () => ({ [Symbol.dispose]() {} }),
    press(key) {
      for (const callback of keys) callback(key);
    },
    listeners: () => callbacks.size + keys.size + crashes.size,
  };
}

/** One whose user presses Ctrl+C as soon as that is listened to. */
export function interruptedIo(machine: Machine): RecordedIo {
  const io = recordedIo(machine, []);
  return {
    ...io,
    onInterrupt(callback) {
      queueMicrotask(() => callback("SIGINT"));
      return io.onInterrupt(callback);
    },
  };
}

/** Runs a command to its end, in this process. */
export async function runHere(
  machine: Machine,
  args: readonly string[],
  options: RecordedOptions = {},
): Promise<Run> {
  const io = recordedIo(machine, args, options);
  const code = await run(io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}
